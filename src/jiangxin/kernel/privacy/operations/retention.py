"""Deleting what was kept long enough."""

from dataclasses import dataclass
from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.parts import Erasure, brought
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.privacy.declared import period
from jiangxin.kernel.privacy.events import RetentionApplied


@dataclass(frozen=True)
class Erased:
    """How many of a kind were, or would be, deleted. before: when they were done with."""

    erasure: Erasure
    before: datetime
    days: int
    count: int


def apply_retention(*, is_dry_run: bool, actor: Actor, now: datetime) -> list[Erased]:
    """Delete what is due, by the periods in force today; kinds that are kept are left out.

    is_dry_run: count only. Each kind is deleted on its own: what was deleted before a
    break stays so, and the next run goes on.
    """
    outcomes = []
    for erasure in brought(Erasure):
        kept = period(erasure.retention, on=today(now))
        if kept.length is None or kept.days is None:
            continue
        before = now - kept.length
        act = erasure.count if is_dry_run else erasure.erase
        outcomes.append(Erased(erasure, before, kept.days, act(before)))
    deleted = {each.erasure.key: each.count for each in outcomes if each.count}
    if deleted and not is_dry_run:
        _note(deleted, actor, now)
    return outcomes


@opens_transaction
def _note(deleted: dict[str, int], actor: Actor, now: datetime) -> None:
    event = RetentionApplied(deleted=deleted)
    record(event, subject=subject("retention", "applied"), actor=actor, at=now)
