"""Adding to the trail. There is no operation that changes or removes an event."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import (
    bulk_insert,
    for_database,
    in_batches,
    needs_transaction,
)
from jiangxin.foundation.trail.chain import (
    BEFORE_THE_FIRST,
    hash_of,
    head_of,
    payload_of,
)
from jiangxin.foundation.trail.events import Event, subject
from jiangxin.foundation.trail.models import TrailEvent

__all__ = ["record", "record_many", "subject"]

SUBJECTS_A_QUERY = 5_000
_COLUMNS = (
    "subject",
    "sequence",
    "kind",
    "payload",
    "actor_label",
    "actor_account_id",
    "at",
    "previous_hash",
    "hash",
)


@needs_transaction
def record(event: Event, *, subject: str, actor: Actor, at: datetime) -> TrailEvent:
    """Add one event to the subject's chain.

    On PostgreSQL it waits for others who are adding to the same chain to commit.
    """
    _hold(subject)
    last = TrailEvent.objects.of(subject).order_by("-sequence").first()
    sequence = last.sequence + 1 if last else 1
    previous = bytes(last.hash) if last else BEFORE_THE_FIRST
    payload = payload_of(event)
    return TrailEvent.objects.create(
        subject=subject,
        sequence=sequence,
        kind=event.key,
        payload=payload,
        actor_label=actor.label,
        actor_account_id=actor.account_id,
        at=at,
        previous_hash=previous,
        hash=hash_of(head_of(event, actor, at), subject, sequence, payload, previous),
    )


@needs_transaction
def record_many(
    event_type_rows: Iterable[tuple[str, Event]],
    *,
    actor: Actor,
    at: datetime,
    assume_new: bool = False,
) -> int:
    """Add many events, in order, each to the chain of the subject beside it.

    assume_new: the subjects were created in this transaction, so their chains are
    empty and need not be read; about 65,000 events a second then.
    Returns how many. Raises IntegrityError if a chain grew meanwhile or was not empty:
    lock the subjects first when others may write to them.
    """
    heads: dict[str, tuple[int, bytes]] = {}
    if not assume_new:
        event_type_rows = list(event_type_rows)
        heads = _heads({name for name, _event in event_type_rows})
    rows = _chained(event_type_rows, heads, actor, at)
    return bulk_insert(TrailEvent, _COLUMNS, rows)


def _chained(
    events: Iterable[tuple[str, Event]],
    heads: dict[str, tuple[int, bytes]],
    actor: Actor,
    at: datetime,
) -> Iterator[tuple[Any, ...]]:
    """Yield database rows, keeping `heads` at the last event of every chain."""
    moment = for_database(TrailEvent, "at")(at)
    label, account_id = actor.label, actor.account_id
    shared: dict[str, str] = {}
    written: Event | None = None
    payload = ""
    for name, event in events:
        kind = event.key
        if kind not in shared:
            shared[kind] = head_of(event, actor, at)
        last, previous = heads.get(name, (0, BEFORE_THE_FIRST))
        sequence = last + 1
        # Many subjects may share one event, which is then written down once.
        if event is not written:
            written, payload = event, payload_of(event)
        digest = hash_of(shared[kind], name, sequence, payload, previous)
        heads[name] = (sequence, digest)
        yield (
            name,
            sequence,
            kind,
            payload,
            label,
            account_id,
            moment,
            previous,
            digest,
        )


def _heads(subjects: set[str]) -> dict[str, tuple[int, bytes]]:
    """Return number and hash of the last event of those subjects that have any."""
    newest = (
        TrailEvent.objects.filter(subject=OuterRef("subject"))
        .order_by("-sequence")
        .values("sequence")[:1]
    )
    heads = {}
    for batch in in_batches(subjects, SUBJECTS_A_QUERY):
        last = TrailEvent.objects.filter(subject__in=batch, sequence=Subquery(newest))
        for name, sequence, digest in last.values_list("subject", "sequence", "hash"):
            heads[name] = (sequence, bytes(digest))
    return heads


def _hold(subject: str) -> None:
    """Keep others from adding to this chain until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('trail'), hashtext(%s))",
                [subject],
            )
