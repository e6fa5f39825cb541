"""Policies in the simplest terms there are, for translating them to other engines.

Days become whole numbers and ages become days, so that an engine without a calendar
compares numbers; that is to the peers' advantage. An answer is one number, `NOT_SERVED`
or row and amount together, so that each engine evaluates one expression a policy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.policy.answers import A_ROW
from benchmarks.policy.policies import ON
from jiangxin.kernel.policy.enums import Comparison, Junction
from jiangxin.kernel.policy.rules.ages import latest_birth, months_before
from jiangxin.kernel.policy.rules.tree import (
    Amount,
    Condition,
    Group,
    Leaf,
    Policy,
    Share,
)


@dataclass(frozen=True)
class Test:
    """One attribute: at_least, at_most, between, one_of, none_of, within, not_within."""

    attribute: str
    how: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Joined:
    is_any: bool
    members: tuple["Test | Joined", ...]


@dataclass(frozen=True)
class Given:
    """What a row gives. share: of the wage, in hundredths of a per cent; else `fen`."""

    number: int
    when: tuple["Test | Joined", ...]
    fen: int = 0
    share: int = 0
    floor: int = 0
    cap: int = 0

    @property
    def base(self) -> int:
        return self.number * A_ROW


@dataclass(frozen=True)
class Plain:
    conditions: tuple[Test | Joined, ...]
    rows: tuple[Given, ...]


def plain(policy: Policy) -> Plain:
    return Plain(
        tuple(_condition(one) for one in policy.conditions),
        tuple(_row(number, one) for number, one in enumerate(policy.rows, 1)),
    )


def number_of(value: Any) -> Any:
    return value.toordinal() if isinstance(value, date) else value


def _condition(one: Condition) -> Test | Joined:
    if isinstance(one, Group):
        members = tuple(_condition(member) for member in one.members)
        return Joined(one.junction is Junction.ANY_OF, members)
    return _test(one)


def _test(one: Leaf) -> Test:  # noqa: PLR0911 -- one line a comparison
    limit = one.limit(ON)
    values = tuple(map(number_of, limit if isinstance(limit, tuple) else (limit,)))
    match one.comparison:
        case Comparison.EQUALS | Comparison.IS_TRUE | Comparison.ONE_OF:
            return Test(one.attribute, "one_of", values)
        case Comparison.STARTS_WITH_ONE_OF:
            return Test(one.attribute, "within", values)
        case Comparison.STARTS_WITH_NONE_OF:
            return Test(one.attribute, "not_within", values)
        case Comparison.AGE_AT_LEAST | Comparison.YEARS_SINCE_AT_LEAST:
            return Test(one.attribute, "at_most", (_born(values[0]),))
        case Comparison.AGE_AT_MOST | Comparison.YEARS_SINCE_AT_MOST:
            return Test(one.attribute, "at_least", (_born(values[0] + 1) + 1,))
        case Comparison.WITHIN_MONTHS:
            first = months_before(ON, values[0]).toordinal()
            return Test(one.attribute, "between", (first, ON.toordinal()))
    return Test(one.attribute, one.comparison.value, values)


def _born(years: int) -> int:
    return latest_birth(ON, years).toordinal()


def _row(number: int, row: Any) -> Given:
    when = tuple(_condition(one) for one in row.when)
    match row.gives:
        case Share() as share:
            floor, cap = share.limits(ON)
            return Given(number, when, 0, share.hundredths(ON), floor or 0, cap or 0)
        case Amount() as amount:
            return Given(number, when, amount.fen(ON))
    message = "a row of the benchmark gives money"
    raise TypeError(message)


def people(
    rows: Sequence[tuple[Any, ...]], keys: Sequence[str]
) -> list[dict[str, Any]]:
    """Return rows as the peers get them: ready dicts, days as numbers."""
    return [dict(zip(keys, map(number_of, row), strict=True)) for row in rows]
