"""The next day on which an answer turns: when one will qualify, or will no longer.

An answer can only turn on few days: a birthday, an anniversary, a parameter's new value,
the first or last day of the policy, or a day on which the record itself turns. Those are
collected and each is asked in turn, so the answer is exact without asking every day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from jiangxin.kernel.policy.enums import Comparison
from jiangxin.kernel.policy.rules.ages import anniversary, first_day_past
from jiangxin.kernel.policy.rules.explaining import Explanation, explain, is_eligible
from jiangxin.kernel.policy.rules.tree import Limit, Parameter, Policy
from jiangxin.kernel.policy.rules.vocabulary import COUNTED_IN_YEARS

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """What the record says from a day on, until the next stretch starts."""

    start: date
    profile: Mapping[str, Any]


def next_turn(
    policy: Policy, stretches: Sequence[Stretch], until: date
) -> Explanation | None:
    """Return the first answer that is eligible if it is not now, or no longer if it is.

    "Now" is the start of the first stretch. None when nothing turns up to and on the
    day `until`.
    """
    first = stretches[0]
    was = is_eligible(policy, first.profile, first.start)
    ends = [later.start for _, later in pairwise(stretches)] + [until + DAY]
    for stretch, end in zip(stretches, ends, strict=True):
        days = {stretch.start, *turning_days(policy, stretch.profile)}
        for day in sorted(one for one in days if stretch.start <= one < end):
            if day > until:
                return None
            if is_eligible(policy, stretch.profile, day) is not was:
                return explain(policy, stretch.profile, day)
    return None


def turning_days(policy: Policy, profile: Mapping[str, Any]) -> Iterator[date]:
    """Yield every day on which the answer for an unchanged record could turn."""
    yield policy.in_force_from
    if policy.in_force_to:
        yield policy.in_force_to + DAY
    for leaf in policy.leaves():
        limits: list[Limit] = []
        if isinstance(leaf.given, Parameter):
            yield from (dated.start for dated in leaf.given.values)
            limits += [dated.value for dated in leaf.given.values]
        else:
            limits.append(leaf.given)
        value = profile[leaf.attribute]
        if isinstance(value, date):
            for limit in limits:
                if isinstance(limit, int):
                    yield from _days_of(leaf.comparison, value, limit)


def _days_of(comparison: Comparison, value: date, limit: int) -> Iterator[date]:
    if comparison in COUNTED_IN_YEARS:
        yield anniversary(value, limit)
        yield anniversary(value, limit + 1)
    elif comparison is Comparison.WITHIN_MONTHS:
        yield value
        yield first_day_past(value, limit)
    elif comparison is Comparison.WITHIN_DAYS:
        yield value
        yield value + DAY * (limit + 1)
