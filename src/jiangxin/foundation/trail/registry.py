"""The event types that parts have declared."""

from django.utils.functional import Promise

from jiangxin.foundation.parts import parts
from jiangxin.foundation.trail.events import Event


def event_types() -> dict[str, type[Event]]:
    """Return all declared event types by key.

    Raises ValueError when two share a key: stored events could mean either.
    """
    collected: dict[str, type[Event]] = {}
    for item in (item for part in parts() for item in part.brings):
        if isinstance(item, type) and issubclass(item, Event):
            other = collected.setdefault(item.key, item)
            if other is not item:
                message = f"two event types are called {item.key!r}"
                raise ValueError(message)
    return collected


def event_type(key: str) -> type[Event] | None:
    """Return the type of stored events of this key, None when no part declares it."""
    return event_types().get(key)


def label_of(key: str) -> str | Promise:
    """Return what to call an event; its key when its part is no longer there."""
    known = event_type(key)
    return known.label if known else key
