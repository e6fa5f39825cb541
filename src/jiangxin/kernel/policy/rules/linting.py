"""What is wrong with a policy that reads well: found by reasoning, without any data.

Errors keep a policy from being published, warnings are for its author to look at. What
is said holds for the day asked about, with the parameters and ages of that day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, product
from math import prod
from typing import Any

from jiangxin.kernel.policy.enums import Absence, Comparison, Junction, LintCode
from jiangxin.kernel.policy.rules.cases import CaseProblem, check_cases
from jiangxin.kernel.policy.rules.ranges import BOUNDS, Left, follows
from jiangxin.kernel.policy.rules.tree import (
    Condition,
    GrantRow,
    Leaf,
    Policy,
    Sentence,
)

# Ways of meeting all conditions that are looked at; beyond, nothing is said.
MOST_WAYS = 512

Way = tuple[Leaf, ...]


@dataclass(frozen=True)
class Lint:
    """One finding. where: the place in the file, such as `conditions[1].any_of[0]`.

    about: the conditions or rows it names. values: what else its sentence needs.
    """

    code: LintCode
    where: str
    about: tuple[Condition | GrantRow, ...] = ()
    values: tuple[Any, ...] = ()
    case: CaseProblem | None = None

    @property
    def is_error(self) -> bool:
        return self.code in ERRORS


ERRORS = frozenset(LintCode) - {LintCode.SAYS_NOTHING, LintCode.GAP, LintCode.OVERLAP}


def lint(policy: Policy, on: date) -> list[Lint]:
    """Return all findings, in the order of the file; the same on every run.

    Before the policy is in force it is looked at as of its first day.
    """
    day = max(on, policy.in_force_from)
    missing = [*_without_value(policy, day)]
    if missing:
        return missing
    found = [*_contradictions(policy, day)]
    if not found:
        found = [*_members(policy, day), *_nobody(policy, day)]
    if not any(one.is_error for one in found):
        found += [*_says_nothing(policy, day), *_rows(policy, day)]
    return [*found, *_case_findings(policy)]


def _without_value(policy: Policy, on: date) -> Iterator[Lint]:
    for one in policy.parameters():
        if one.on(on) is None:
            where = next(
                (place for place, leaf in _placed(policy) if leaf.given == one),
                "grants",
            )
            yield Lint(LintCode.NO_VALUE, where, values=(one, on))


def _placed(policy: Policy) -> Iterator[tuple[str, Leaf]]:
    for place, condition in enumerate(policy.conditions):
        yield from _places(condition, f"conditions[{place}]")
    for number, row in enumerate(policy.rows):
        for place, condition in enumerate(row.when):
            yield from _places(condition, f"grants.rows[{number}].when[{place}]")


def _places(condition: Condition, where: str) -> Iterator[tuple[str, Leaf]]:
    if isinstance(condition, Leaf):
        yield where, condition
        return
    for place, member in enumerate(condition.members):
        yield from _places(member, f"{where}.{condition.junction.value}[{place}]")


def _needed(policy: Policy) -> list[tuple[str, Leaf]]:
    """What always has to hold: everything that stands in no any-of."""
    return [
        (where, leaf)
        for where, leaf in _placed(policy)
        if where.startswith("conditions") and f"{Junction.ANY_OF.value}[" not in where
    ]


def _of_region(policy: Policy) -> Way:
    """The region as a condition like any other, so that it is reasoned about too."""
    if not policy.region:
        return ()
    nothing = Sentence("", "")
    return (
        Leaf(
            policy.region_attribute,
            Comparison.STARTS_WITH_ONE_OF,
            (policy.region,),
            nothing,
            "",
            Absence.UNKNOWN,
        ),
    )


def _left(leaves: Iterable[Leaf], on: date) -> dict[str, Left]:
    found: dict[str, Left] = {}
    for leaf in leaves:
        found[leaf.attribute] = found.get(leaf.attribute, Left()).narrowed(leaf, on)
    return found


def _is_impossible(leaves: Iterable[Leaf], on: date) -> bool:
    return any(left.is_empty for left in _left(leaves, on).values())


def _contradictions(policy: Policy, on: date) -> Iterator[Lint]:
    """Conditions on one attribute that cannot hold together, named at the last one."""
    seen: dict[str, list[Leaf]] = {
        leaf.attribute: [leaf] for leaf in _of_region(policy)
    }
    told = set()
    for where, leaf in _needed(policy):
        before = seen.setdefault(leaf.attribute, [])
        before.append(leaf)
        if leaf.attribute not in told and _is_impossible(before, on):
            told.add(leaf.attribute)
            about = tuple(one for one in before if one.clause or one.says.zh_hans)
            yield Lint(LintCode.CONTRADICTION, where, about)


def _members(policy: Policy, on: date) -> Iterator[Lint]:
    """Ways of an any-of that nobody can take, given all that has to hold besides."""
    around = [*_of_region(policy), *(leaf for _where, leaf in _needed(policy))]
    for place, condition in enumerate(policy.conditions):
        yield from _members_of(condition, f"conditions[{place}]", around, on)


def _members_of(
    condition: Condition, where: str, around: Sequence[Leaf], on: date
) -> Iterator[Lint]:
    if isinstance(condition, Leaf):
        return
    if condition.junction is Junction.ALL_OF:
        around = [*around, *_always(condition)]
    for place, member in enumerate(condition.members):
        here = f"{where}.{condition.junction.value}[{place}]"
        is_choice = condition.junction is Junction.ANY_OF
        if is_choice and _is_impossible([*around, *_always(member)], on):
            yield Lint(LintCode.UNREACHABLE, here, (member,))
        else:
            yield from _members_of(member, here, around, on)


def _always(condition: Condition) -> Iterator[Leaf]:
    """What has to hold for a condition to hold, without the choices in it."""
    if isinstance(condition, Leaf):
        yield condition
    elif condition.junction is Junction.ALL_OF or len(condition.members) == 1:
        for member in condition.members:
            yield from _always(member)


def _count(condition: Condition) -> int:
    if isinstance(condition, Leaf):
        return 1
    counts = [_count(member) for member in condition.members]
    return sum(counts) if condition.junction is Junction.ANY_OF else prod(counts)


def _ways(condition: Condition) -> Iterator[Way]:
    """Every choice of leaves that meets a condition."""
    if isinstance(condition, Leaf):
        yield (condition,)
    elif condition.junction is Junction.ANY_OF:
        for member in condition.members:
            yield from _ways(member)
    else:
        yield from _all_ways(condition.members)


def _all_ways(conditions: Sequence[Condition]) -> Iterator[Way]:
    for choice in product(*(list(_ways(one)) for one in conditions)):
        yield tuple(chain.from_iterable(choice))


def _can_be_met(
    conditions: Sequence[Condition], around: Iterable[Leaf], on: date
) -> bool:
    if prod(map(_count, conditions)) > MOST_WAYS:
        return True
    around = [*around]
    return any(not _is_impossible([*around, *way], on) for way in _all_ways(conditions))


def _nobody(policy: Policy, on: date) -> Iterator[Lint]:
    if not _can_be_met(policy.conditions, _of_region(policy), on):
        yield Lint(LintCode.NOBODY, "conditions", policy.conditions)


def _says_nothing(policy: Policy, on: date) -> Iterator[Lint]:
    """Conditions that hold for everybody who meets another on the same attribute."""
    needed = [("region", leaf) for leaf in _of_region(policy)] + _needed(policy)
    for where, leaf in _needed(policy):
        others = [
            one
            for there, one in needed
            if there != where and one.attribute == leaf.attribute
        ]
        if others and _left(others, on)[leaf.attribute].implies(leaf, on):
            shown = tuple(one for one in others if one.says.zh_hans)
            yield Lint(LintCode.SAYS_NOTHING, where, (leaf, *shown))


def _rows(policy: Policy, on: date) -> Iterator[Lint]:
    around = [*_of_region(policy), *(leaf for _where, leaf in _needed(policy))]
    for number, row in enumerate(policy.rows):
        where = f"grants.rows[{number}]"
        always = [*around, *chain.from_iterable(map(_always, row.when))]
        if not _can_be_met((*policy.conditions, *row.when), _of_region(policy), on):
            yield Lint(LintCode.ROW_NEVER, where, (row,))
            continue
        earlier = _covering(policy.rows[:number], _left(always, on), on)
        if earlier:
            yield Lint(LintCode.ROW_COVERED, where, (row, earlier))
    yield from _ranges(policy, _left(around, on), on)


def _covering(
    rows: Sequence[GrantRow], left: dict[str, Left], on: date
) -> GrantRow | None:
    """Return the earlier row that everybody left here is given already."""
    for row in rows:
        if all(
            isinstance(one, Leaf) and left.get(one.attribute, Left()).implies(one, on)
            for one in row.when
        ):
            return row
    return None


def _ranges(policy: Policy, around: dict[str, Left], on: date) -> Iterator[Lint]:
    """Gaps and partial overlaps, when every row is a range of one same attribute."""
    leaves = [one for row in policy.rows for one in row.when]
    attributes = {one.attribute for one in leaves if isinstance(one, Leaf)}
    is_one = all(
        len(row.when) == 1
        and isinstance(row.when[0], Leaf)
        and row.when[0].comparison in BOUNDS
        for row in policy.rows
    )
    if not policy.rows or not is_one or len(attributes) != 1:
        return
    whole = around.get(attributes.pop(), Left())
    ranges = [
        (whole.narrowed(leaf, on), row)
        for leaf, row in zip(leaves, policy.rows, strict=True)
        if isinstance(leaf, Leaf)
    ]
    ranges = [(left, row) for left, row in ranges if not left.is_empty]
    yield from _overlaps(ranges)
    yield from _gaps(whole, ranges)


Range = tuple[Left, GrantRow]


def _overlaps(ranges: Sequence[Range]) -> Iterator[Lint]:
    """Rows that share a part. One within the other is how tables are written."""
    for number, (later, row) in enumerate(ranges):
        for earlier, other in ranges[:number]:
            shared = earlier.within(later.low, later.high)
            kept = (shared.low, shared.high)
            wholes = {(earlier.low, earlier.high), (later.low, later.high)}
            if not shared.is_empty and kept not in wholes:
                where = f"grants.rows[{number}]"
                yield Lint(LintCode.OVERLAP, where, (other, row), kept)


def _gaps(whole: Left, ranges: Sequence[Range]) -> Iterator[Lint]:
    """Parts of what is left that no row takes."""
    if not ranges:
        return
    ordered = sorted(
        (left for left, _row in ranges),
        key=lambda left: (left.low is not None, left.low),
    )
    if ordered[0].low is not None and ordered[0].low != whole.low:
        yield _gap(ordered[0].low, whole.low, is_below=True)
    reached = ordered[0].high
    for left in ordered[1:]:
        if reached is None:
            return
        if left.low is not None and not follows(reached, left.low):
            yield Lint(LintCode.GAP, "grants.rows", (), (reached, left.low))
        if left.high is None or left.high > reached:
            reached = left.high
    if reached is not None and reached != whole.high:
        yield _gap(reached, whole.high, is_below=False)


def _gap(edge: Any, end: Any, *, is_below: bool) -> Lint:
    values = (end, edge) if is_below else (edge, end)
    return Lint(LintCode.GAP, "grants.rows", (), values)


def _case_findings(policy: Policy) -> Iterator[Lint]:
    """Faults of the worked cases; a parameter may have no value on a case's day."""
    try:
        problems = check_cases(policy)
    except LookupError as lack:
        yield Lint(LintCode.CASE_FAILS, "cases", values=(str(lack),))
        return
    for problem in problems:
        if problem.case is not None:
            where = f"cases[{policy.cases.index(problem.case)}]"
            yield Lint(LintCode.CASE_FAILS, where, case=problem)
        elif problem.leaf is not None:
            where = next(
                (place for place, leaf in _placed(policy) if leaf == problem.leaf), ""
            )
            yield Lint(LintCode.NO_CASES, where, (problem.leaf,), case=problem)
        else:
            where = f"grants.rows[{(problem.row or 1) - 1}]"
            yield Lint(LintCode.ROW_WITHOUT_CASE, where, case=problem)
