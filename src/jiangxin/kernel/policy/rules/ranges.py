"""What conditions leave of an attribute's values: enough to say that nothing is left.

Everything here errs on one side: what is called empty holds no value, and what is called
implied holds for every value, on the day asked about. Not everything that is empty or
implied is found.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from jiangxin.kernel.policy.enums import Comparison
from jiangxin.kernel.policy.rules.ages import latest_birth, months_before
from jiangxin.kernel.policy.rules.tree import Leaf
from jiangxin.kernel.policy.rules.vocabulary import MEANINGS

DAY = timedelta(days=1)
# More values than a list of exclusions ever names.
FEW = 64

Bounds = tuple[Any, Any]


@dataclass(frozen=True)
class Left:
    """Values that are left. None: no bound, no list. prefixes: of codes, any of them."""

    low: Any = None
    high: Any = None
    among: frozenset[Any] | None = None
    beside: frozenset[Any] = field(default=frozenset())
    prefixes: frozenset[str] | None = None
    not_prefixes: frozenset[str] = field(default=frozenset())

    @property
    def is_empty(self) -> bool:
        if self.low is not None and self.high is not None and self.low > self.high:
            return True
        if self.among is not None:
            return not any(map(self.holds, self.among))
        if self.prefixes is not None:
            return all(self._is_out(prefix) for prefix in self.prefixes)
        return bool(self.beside) and self._all_are_beside()

    def _is_out(self, prefix: str) -> bool:
        return prefix.startswith(tuple(self.not_prefixes))

    def _all_are_beside(self) -> bool:
        whole = isinstance(self.low, int) and isinstance(self.high, int)
        if not whole or self.high - self.low > FEW:
            return False
        return set(range(self.low, self.high + 1)) <= self.beside

    def holds(self, value: Any) -> bool:
        return (
            (self.low is None or value >= self.low)
            and (self.high is None or value <= self.high)
            and (self.among is None or value in self.among)
            and value not in self.beside
            and (self.prefixes is None or value.startswith(tuple(self.prefixes)))
            and not (self.not_prefixes and self._is_out(value))
        )

    def within(self, low: Any, high: Any) -> "Left":
        lows = [one for one in (self.low, low) if one is not None]
        highs = [one for one in (self.high, high) if one is not None]
        return replace(self, low=max(lows, default=None), high=min(highs, default=None))

    def only(self, values: Iterable[Any]) -> "Left":
        given = frozenset(values)
        return replace(self, among=given if self.among is None else self.among & given)

    def under(self, prefixes: Iterable[str]) -> "Left":
        given = frozenset(prefixes)
        if self.prefixes is None:
            return replace(self, prefixes=given)
        both = {
            max(one, other, key=len)
            for one in self.prefixes
            for other in given
            if one.startswith(other) or other.startswith(one)
        }
        return replace(self, prefixes=frozenset(both))

    def narrowed(self, leaf: Leaf, on: date) -> "Left":
        """Return what is left once a condition holds too."""
        limit: Any = leaf.limit(on)
        if leaf.comparison in BOUNDS:
            return self.within(*BOUNDS[leaf.comparison](limit, on))
        return NARROWS[leaf.comparison](self, limit)

    def without(self, values: Iterable[Any]) -> "Left":
        given = frozenset(values)
        if given & {True, False} and all(isinstance(one, bool) for one in given):
            return self.only({True, False} - given)
        return replace(self, beside=self.beside | given)

    def outside(self, prefixes: Iterable[str]) -> "Left":
        return replace(self, not_prefixes=self.not_prefixes | frozenset(prefixes))

    def implies(self, leaf: Leaf, on: date) -> bool:
        """Return whether every value that is left meets a condition."""
        limit: Any = leaf.limit(on)
        if self.among is not None:
            holds = MEANINGS[leaf.comparison].holds
            return all(holds(one, limit, on) for one in self.among if self.holds(one))
        if leaf.comparison in BOUNDS:
            low, high = BOUNDS[leaf.comparison](limit, on)
            return (low is None or (self.low is not None and self.low >= low)) and (
                high is None or (self.high is not None and self.high <= high)
            )
        if leaf.comparison is Comparison.STARTS_WITH_ONE_OF and self.prefixes:
            return all(one.startswith(limit) for one in self.prefixes)
        return False


# The lowest and the highest value that meets a comparison on a day; None for no bound.
BOUNDS: Mapping[Comparison, Callable[[Any, date], Bounds]] = {
    Comparison.AT_LEAST: lambda limit, _on: (limit, None),
    Comparison.AT_MOST: lambda limit, _on: (None, limit),
    Comparison.BETWEEN: lambda limit, _on: limit,
    **dict.fromkeys(
        (Comparison.AGE_AT_LEAST, Comparison.YEARS_SINCE_AT_LEAST),
        lambda years, on: (None, latest_birth(on, years)),
    ),
    **dict.fromkeys(
        (Comparison.AGE_AT_MOST, Comparison.YEARS_SINCE_AT_MOST),
        lambda years, on: (latest_birth(on, years + 1) + DAY, None),
    ),
    Comparison.WITHIN_MONTHS: lambda months, on: (months_before(on, months), on),
    Comparison.WITHIN_DAYS: lambda days, on: (on - timedelta(days), on),
}

NARROWS: Mapping[Comparison, Callable[[Left, Any], Left]] = {
    Comparison.EQUALS: lambda left, limit: left.only([limit]),
    Comparison.IS_TRUE: lambda left, limit: left.only([limit]),
    Comparison.ONE_OF: Left.only,
    Comparison.NOT_EQUALS: lambda left, limit: left.without([limit]),
    Comparison.NONE_OF: Left.without,
    Comparison.STARTS_WITH_ONE_OF: Left.under,
    Comparison.STARTS_WITH_NONE_OF: Left.outside,
}


def follows(high: Any, low: Any) -> bool:
    """Return whether no value lies between the end of one range and a later beginning."""
    if low <= high:
        return True
    if isinstance(high, date):
        return bool(low - high <= DAY)
    # There is always a number between two decimals.
    return isinstance(high, int) and not isinstance(low, Decimal) and low - high <= 1
