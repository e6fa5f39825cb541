"""Matching everybody: every night, after a policy changed, or when asked to."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.kernel.policy.models import MatchRun
from jiangxin.kernel.policy.operations.matching import match_people
from jiangxin.kernel.policy.operations.on_snapshot import match_on_snapshot
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.models import Person


@opens_transaction
def match_everyone(
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    policies: Sequence[Policy] | None = None,
    report: Callable[[int, int], None] | None = None,
) -> MatchRun:
    """Bring the matches of the whole register up to date, as of today.

    report: told how many of how many policies are done.
    Raises NotOnThisDay when a run of a later day is kept: the clock went back.
    """
    return match_people(
        person_ids=None,
        on=today(now),
        actor=actor,
        now=now,
        reason=reason,
        policies=policies,
        report=report,
    )


def match_register(
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    report: Callable[[int, int], None] | None = None,
) -> MatchRun:
    """Match everybody with all policies where it is quicker: by the size of the register.

    Raises NotOnThisDay, SnapshotBusy.
    """
    way = match_on_snapshot if _is_large() else match_everyone
    return way(actor=actor, now=now, reason=reason, report=report)


def _is_large() -> bool:
    return Person.objects.count() >= settings.JIANGXIN_SNAPSHOT_FROM
