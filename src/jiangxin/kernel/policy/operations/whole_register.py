"""Matching everybody: every night, after a policy changed, or when asked to."""

from collections.abc import Callable, Sequence
from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.kernel.policy.models import MatchRun
from jiangxin.kernel.policy.operations.matching import match_people
from jiangxin.kernel.policy.rules.tree import Policy


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
