"""Reading the trail."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise

from jiangxin.foundation.actor import label_of
from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.foundation.trail.registry import event_types


@dataclass(frozen=True)
class Moment:
    """One event as a timeline shows it. lines: field name and value, in stored order."""

    at: datetime
    label: str | Promise
    actor_label: str
    lines: tuple[tuple[str, str], ...]


def events_of(subject: str) -> QuerySet[TrailEvent]:
    """The events of one subject, newest first."""
    return TrailEvent.objects.of(subject).order_by("-sequence")


def events_by(account_id: int) -> QuerySet[TrailEvent]:
    """What one account did, newest first."""
    return TrailEvent.objects.filter(actor_account_id=account_id).order_by("-at", "-id")


def moments(events: Iterable[TrailEvent]) -> Iterator[Moment]:
    """Yield events ready to be shown; those of parts no longer there by their key."""
    types = event_types()
    for event in events:
        known = types.get(event.kind)
        yield Moment(
            at=event.at,
            label=known.label if known else event.kind,
            actor_label=label_of(event.actor_account_id, event.actor_label),
            lines=tuple(_lines(event.payload)),
        )


def _lines(payload: str) -> Iterator[tuple[str, str]]:
    for name, value in json.loads(payload).items():
        if value not in (None, "", [], {}):
            yield (
                name,
                value
                if isinstance(value, str)
                else json.dumps(value, ensure_ascii=False),
            )
