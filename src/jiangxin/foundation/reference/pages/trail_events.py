"""trail-events.md: everything that can be recorded, and what is kept of it."""

from dataclasses import fields

from jiangxin.foundation.reference.markdown import code, in_both, table
from jiangxin.foundation.trail.events import Event
from jiangxin.foundation.trail.registry import event_types


def build() -> str:
    rows = (
        (code(key), in_both(kind.label), _fields(kind))
        for key, kind in sorted(event_types().items())
    )
    return table(["Key", "What happened", "Details kept"], rows)


def _fields(kind: type[Event]) -> str:
    return ", ".join(code(each.name) for each in fields(kind)) or "none"
