"""Shipping what is new, batch by batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.logs.models import LogTarget
from jiangxin.foundation.logs.registry import Entry, Log
from jiangxin.foundation.logs.settled import settled_up_to
from jiangxin.foundation.logs.targets import STANDARD_OUTPUT, Target, target_at
from jiangxin.foundation.parts import brought

EVENTS_A_BATCH = 500


class TargetUnreachable(Refused):
    code = "logs.target_unreachable"
    text = _(
        "%(address)s did not take the logs: %(problem)s. What it has stays; the next"
        " shipping goes on from there."
    )


class ShippedByAnother(Refused):
    code = "logs.shipped_by_another"
    text = _(
        "Logs are being shipped to %(address)s by somebody else just now. Wait until"
        " they are done."
    )


class LogBusy(Refused):
    code = "logs.log_busy"
    text = _(
        "A long transaction is still writing to the log, so what is new was not"
        " shipped. The next shipping takes it along."
    )


@dataclass
class Shipped:
    """What one shipping did: events of each log, new ones and those found there."""

    events: dict[str, int]


def ship(
    address: str,
    *,
    now: datetime,
    after_batch: Callable[[], object] = lambda: None,
) -> Shipped:
    """Take what is new of every log to a target and note how far it got.

    An event is noted only once the target has it, so none is left out. After a break a
    file gets no event twice; a syslog server may get the last batch again, and knows
    its events by `log` and `id`. Standard output gets all, each time.
    Raises UnknownLogTarget, TargetUnreachable, ShippedByAnother, LogBusy.
    """
    target = target_at(address)
    noted = _noted(address)
    shipped = Shipped({log.key: 0 for log in brought(Log)})
    try:
        noted.reached |= target.found_since(noted.size)
        for log in brought(Log):
            for batch in _batches(log, noted.reached.get(log.key, 0)):
                target.take(batch)
                shipped.events[log.key] += len(batch)
                noted.reached[log.key] = batch[-1].id
                _note(noted, target, now)
                after_batch()
    except OSError as problem:
        raise TargetUnreachable(address=address, problem=problem) from problem
    return shipped


def _batches(log: Log, reached: int) -> Iterator[list[Entry]]:
    """Yield what is new of a log, in the order of its numbers. Raises LogBusy."""
    last = settled_up_to(log.model)
    if last is None:
        raise LogBusy
    while reached < last:
        rows = log.rows().filter(pk__gt=reached, pk__lte=last).order_by("pk")
        batch = [
            Entry(log.key, row.pk, row.at, log.fields(row))
            for row in rows[:EVENTS_A_BATCH]
        ]
        if not batch:
            return
        yield batch
        reached = batch[-1].id


def _noted(address: str) -> LogTarget:
    if address == STANDARD_OUTPUT:
        return LogTarget(address=address)
    return LogTarget.objects.get_or_create(address=address)[0]


def _note(noted: LogTarget, target: Target, now: datetime) -> None:
    """Write down how far a target got. Raises ShippedByAnother."""
    if noted.address == STANDARD_OUTPUT:
        return
    seen, noted.batches = noted.batches, noted.batches + 1
    noted.size, noted.shipped_at = target.size, now
    is_ours = LogTarget.objects.filter(pk=noted.pk, batches=seen).update(
        reached=noted.reached,
        size=noted.size,
        batches=noted.batches,
        shipped_at=now,
    )
    if not is_ours:
        raise ShippedByAnother(address=noted.address)
