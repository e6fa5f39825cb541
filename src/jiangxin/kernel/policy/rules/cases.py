"""Worked cases: they must come out as written and stand on both sides of every limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from jiangxin.kernel.policy.enums import Comparison, Finding, Verdict
from jiangxin.kernel.policy.rules.explaining import Found, explain
from jiangxin.kernel.policy.rules.tree import Case, Leaf, Policy
from jiangxin.kernel.policy.rules.vocabulary import MEANINGS

AT_LEAST = (Comparison.AT_LEAST, Comparison.AGE_AT_LEAST)


@dataclass(frozen=True)
class CaseProblem:
    """A worked case that comes out otherwise, or a limit without one on each side."""

    case: Case | None
    leaf: Leaf | None
    answer: Verdict | None = None


def check_cases(policy: Policy) -> list[CaseProblem]:
    """Run a policy's cases and return what is wrong, nothing when all is well.

    A threshold of a whole number, an age or a date needs a case at the limit and one
    just beyond it; any other condition one that meets it and one that does not.
    """
    problems = []
    seen: dict[Leaf, list[Found]] = {leaf: [] for leaf in policy.leaves()}
    for case in policy.cases:
        answer = explain(policy, case.profile, case.on)
        if answer.verdict is not case.expect:
            problems.append(CaseProblem(case, None, answer.verdict))
        for found in answer.found:
            for leaf_found in _leaves(found):
                if isinstance(leaf_found.condition, Leaf):
                    seen[leaf_found.condition].append(leaf_found)
    problems += [
        CaseProblem(None, leaf)
        for leaf, found in seen.items()
        if not _shows_both_sides(leaf, found)
    ]
    return problems


def _leaves(found: Found) -> Iterator[Found]:
    if not found.parts:
        yield found
    for part in found.parts:
        yield from _leaves(part)


def _shows_both_sides(leaf: Leaf, found: list[Found]) -> bool:
    findings = {one.finding for one in found if one.value is not None}
    if not {Finding.MET, Finding.NOT_MET} <= findings:
        return False
    meaning = MEANINGS[leaf.comparison]
    if not meaning.is_threshold:
        return True
    values_by_limit: dict[object, set[object]] = {}
    for one in found:
        values_by_limit.setdefault(one.limit, set()).add(one.value)
    return any(
        values.issuperset(_edges(leaf.comparison, limit))
        for limit, values in values_by_limit.items()
    )


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
