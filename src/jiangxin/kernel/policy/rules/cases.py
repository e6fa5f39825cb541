"""Worked cases: they must come out as written and stand on both sides of every limit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from jiangxin.kernel.policy.enums import Comparison, Finding, Verdict
from jiangxin.kernel.policy.rules.ages import months_before
from jiangxin.kernel.policy.rules.explaining import explain
from jiangxin.kernel.policy.rules.granting import Granted
from jiangxin.kernel.policy.rules.looking import Found, look
from jiangxin.kernel.policy.rules.tree import Case, Leaf, Policy
from jiangxin.kernel.policy.rules.vocabulary import MEANINGS

AT_LEAST = (
    Comparison.AT_LEAST,
    Comparison.AGE_AT_LEAST,
    Comparison.YEARS_SINCE_AT_LEAST,
)

# Of the comparisons that look back, the first day that still counts.
FIRST_DAYS: dict[Comparison, Callable[[date, int], date]] = {
    Comparison.WITHIN_MONTHS: months_before,
    Comparison.WITHIN_DAYS: lambda on, days: on - timedelta(days),
}

# A comparison as one case reads it, and the day of the case.
Reading = tuple[Found, date]


@dataclass(frozen=True)
class CaseProblem:
    """What is wrong with the worked cases of a policy.

    A case that comes out otherwise: in its `answer`, or in what is given. A condition,
    `leaf`, whose limit lacks a case on one side. A `row` of the table, counted from 1,
    that no case is given.
    """

    case: Case | None
    leaf: Leaf | None
    answer: Verdict | None = None
    given: Granted | None = None
    row: int | None = None


def check_cases(policy: Policy) -> list[CaseProblem]:
    """Run a policy's cases and return what is wrong, nothing when all is well.

    A threshold of a whole number, an age or a date needs a case at the limit and one
    just beyond it; any other condition one that meets it and one that does not; each row
    of the table one that is given it.
    """
    problems = []
    seen: dict[Leaf, list[Reading]] = {leaf: [] for leaf in _all_leaves(policy)}
    rows: set[int | None] = set()
    for case in policy.cases:
        answer = explain(policy, case.profile, case.on)
        if answer.verdict is not case.expect:
            problems.append(CaseProblem(case, None, answer.verdict))
        elif answer.grant:
            rows.add(answer.grant.number)
            if not _is_as_written(case, answer.grant):
                problems.append(CaseProblem(case, None, given=answer.grant))
        for found in _all_found(policy, case):
            seen[cast("Leaf", found.condition)].append((found, case.on))
    problems += [
        CaseProblem(None, leaf)
        for leaf, found in seen.items()
        if not _shows_both_sides(leaf, found)
    ]
    problems += [
        CaseProblem(None, None, row=number)
        for number in range(1, len(policy.rows) + 1)
        if number not in rows
    ]
    return problems


def _is_as_written(case: Case, grant: Granted) -> bool:
    is_row = case.row is None or case.row == grant.number
    return is_row and (case.fen is None or case.fen == grant.fen)


def _all_leaves(policy: Policy) -> Iterator[Leaf]:
    yield from policy.leaves()
    for row in policy.rows:
        yield from row.leaves()


def _all_found(policy: Policy, case: Case) -> Iterator[Found]:
    """Every comparison as the case reads it; those of all rows when it is eligible."""
    answer = explain(policy, case.profile, case.on)
    conditions = [*answer.found]
    if answer.verdict is Verdict.ELIGIBLE:
        for row in policy.rows:
            conditions += [look(one, case.profile, case.on) for one in row.when]
    for found in conditions:
        yield from found.leaves()


def _shows_both_sides(leaf: Leaf, found: list[Reading]) -> bool:
    findings = {one.finding for one, _on in found if one.value is not None}
    if not {Finding.MET, Finding.NOT_MET} <= findings:
        return False
    if not MEANINGS[leaf.comparison].is_threshold:
        return True
    if leaf.comparison in FIRST_DAYS:
        return {0, -1} <= set(_days_past_the_first(leaf, found))
    values_by_limit: dict[object, set[object]] = {}
    for one, _on in found:
        values_by_limit.setdefault(one.limit, set()).add(one.value)
    return any(
        values.issuperset(_edges(leaf.comparison, limit))
        for limit, values in values_by_limit.items()
    )


def _days_past_the_first(leaf: Leaf, found: list[Reading]) -> Iterator[int]:
    """How long after the first day that counts each value lies."""
    for one, on in found:
        if isinstance(one.value, date) and isinstance(one.limit, int):
            first = FIRST_DAYS[leaf.comparison](on, one.limit)
            yield (one.value - first).days


def _edges(comparison: Comparison, limit: object) -> list[object]:
    """Return the last value that meets the limit and the first that does not."""
    if isinstance(limit, tuple):
        low, high = limit
        return [*_beside(low, -1), *_beside(high, 1)]
    return _beside(limit, -1 if comparison in AT_LEAST else 1)


def _beside(limit: object, step: int) -> list[object]:
    if isinstance(limit, date):
        return [limit, limit + timedelta(days=step)]
    if isinstance(limit, Decimal):
        return [limit]  # there is no next number
    return [limit, limit + step] if isinstance(limit, int) else []
