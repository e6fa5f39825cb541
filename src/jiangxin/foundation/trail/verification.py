"""Walking the chains, to see what was changed, put in or taken out.

A chain shows by itself when an event was changed, inserted, or removed from its middle.
That its newest events are gone only shows against a checkpoint: a signed note of how
far all chains reached, in the database and, better, kept elsewhere on paper or disk.
Not detected: events removed before any checkpoint saw them, and a trail rewritten whole
by someone who also has the key ring and every kept checkpoint.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import connection
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.sealing import blind_index
from jiangxin.foundation.trail.chain import BEFORE_THE_FIRST, hash_of, head
from jiangxin.foundation.trail.models import TrailCheckpoint, TrailEvent

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold. sequence: 0 for the trail as a whole."""

    subject: str
    sequence: int
    problem: str | Promise


@dataclass
class VerifyReport:
    """What a walk saw. breaks: only filled when nobody is told of each at once."""

    event_count: int = 0
    subject_count: int = 0
    break_count: int = 0
    breaks: list[Break] = field(default_factory=list)
    checkpoint: TrailCheckpoint | None = None

    @property
    def is_sound(self) -> bool:
        return self.break_count == 0


def verify(
    *,
    subject: str = "",
    checkpoint: TrailCheckpoint | None = None,
    on_break: Callable[[Break], object] | None = None,
) -> VerifyReport:
    """Walk one chain, or all of them, in memory that does not grow with the trail.

    checkpoint: one kept elsewhere; otherwise the newest in the database is compared.
    It is not compared when only one chain is walked.
    """
    report = VerifyReport()
    tell = on_break or report.breaks.append
    events = TrailEvent.objects.order_by("subject", "sequence")
    if subject:
        events = events.of(subject)
    else:
        newest = TrailCheckpoint.objects.order_by("-last_id").first()
        report.checkpoint = checkpoint or newest
    reached = _Reach(report.checkpoint.last_id if report.checkpoint else 0)
    for found in _walk(events.iterator(ROWS_AT_ONCE), report, reached):
        report.break_count += 1
        tell(found)
    if report.checkpoint:
        for found in _compare(report.checkpoint, reached):
            report.break_count += 1
            tell(found)
    return report


@opens_transaction
def take_checkpoint(*, now: datetime) -> TrailCheckpoint:
    """Note how far all chains reach, sign it, and keep it in the database."""
    if connection.vendor == "postgresql":
        # Waits for those who are adding, so no lower number can still appear.
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(TrailEvent._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
    last_id = TrailEvent.objects.aggregate(last=Max("id"))["last"] or 0
    reached = _Reach(last_id)
    rows = TrailEvent.objects.order_by("subject", "sequence")
    for event in rows.only("id", "subject", "hash").iterator(ROWS_AT_ONCE):
        reached.add(event)
    checkpoint = TrailCheckpoint(
        taken_at=now,
        last_id=last_id,
        event_count=reached.event_count,
        digest=reached.digest(),
    )
    checkpoint.signature = _signature(checkpoint)
    checkpoint.save()
    return checkpoint


class _Reach:
    """A digest over the last event of every chain among the first `last_id` events."""

    def __init__(self, last_id: int) -> None:
        self.last_id = last_id
        self.event_count = 0
        self._newest: TrailEvent | None = None
        self._digest = sha256()

    def add(self, event: TrailEvent) -> None:
        """Take the next event, in order of subject and number."""
        if event.pk > self.last_id:
            return
        self.event_count += 1
        if self._newest and self._newest.subject != event.subject:
            self._close_chain()
        self._newest = event

    def digest(self) -> str:
        self._close_chain()
        self._newest = None
        return self._digest.hexdigest()

    def _close_chain(self) -> None:
        if self._newest:
            self._digest.update(self._newest.subject.encode() + b"\0")
            self._digest.update(bytes(self._newest.hash))


def _walk(
    events: Iterator[TrailEvent], report: VerifyReport, reached: _Reach
) -> Iterator[Break]:
    subject, sequence, previous = "", 0, BEFORE_THE_FIRST
    for event in events:
        if event.subject != subject:
            subject, sequence, previous = event.subject, 0, BEFORE_THE_FIRST
            report.subject_count += 1
        report.event_count += 1
        if problem := problem_of(event, sequence, previous):
            yield Break(event.subject, event.sequence, problem)
        sequence, previous = event.sequence, bytes(event.hash)
        reached.add(event)


def problem_of(
    event: TrailEvent, sequence: int, previous: bytes
) -> str | Promise | None:
    """Return why an event does not follow the one before it, by number and hash."""
    if event.sequence != sequence + 1:
        return _("the event before it is missing")
    if bytes(event.previous_hash) != previous:
        return _("it does not follow from the event before it")
    shared = head(event.kind, event.actor_label, event.actor_account_id, event.at)
    hashed = hash_of(shared, event.subject, event.sequence, event.payload, previous)
    if bytes(event.hash) != hashed:
        return _("its content was changed")
    return None


def _compare(checkpoint: TrailCheckpoint, reached: _Reach) -> Iterator[Break]:
    if checkpoint.signature != _signature(checkpoint):
        yield Break("", 0, _("the checkpoint was changed or signed with another key"))
    elif checkpoint.digest != reached.digest():
        yield Break("", 0, _("events the checkpoint had seen were changed or removed"))


def _signature(checkpoint: TrailCheckpoint) -> str:
    content = f"{checkpoint.last_id}:{checkpoint.event_count}:{checkpoint.digest}"
    return blind_index(content, purpose="trail.checkpoint")
