"""What is left of quotas, whoever was served."""

from collections.abc import Sequence
from datetime import date

from jiangxin.kernel.policy.models import QuotaTaken
from jiangxin.kernel.policy.rules.periods import begins_on
from jiangxin.kernel.policy.rules.settling import Remaining, remaining
from jiangxin.kernel.policy.rules.tree import Policy


def period_of(policy: Policy, on: date) -> date:
    """Return the day on which the period of a policy's quota begins."""
    if policy.quota is None:
        return policy.in_force_from
    return begins_on(policy.quota.period, on, first=policy.in_force_from)


def remaining_of(policies: Sequence[Policy], on: date) -> dict[str, Remaining]:
    """Return what is left of each quota in the period of a day, by code.

    Policies without a quota are left out; without any, nothing is asked.
    """
    limited = {one.code: one for one in policies if one.quota}
    if not limited:
        return {}
    rows = QuotaTaken.objects.filter(policy_code__in=limited)
    taken = {(one.policy_code, one.begins_on): one for one in rows}
    left = {}
    for code, one in limited.items():
        found = taken.get((code, period_of(one, on)))
        if one.quota:
            left[code] = remaining(
                one.quota,
                people=found.people if found else 0,
                fen=found.fen if found else 0,
            )
    return left
