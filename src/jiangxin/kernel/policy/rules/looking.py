"""One condition, read for one profile: what the record holds, the limit, the finding."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from jiangxin.kernel.policy.enums import Absence, Finding, Junction
from jiangxin.kernel.policy.rules.ages import age_on
from jiangxin.kernel.policy.rules.tree import (
    Condition,
    DatedValue,
    Leaf,
    Limit,
    Parameter,
    Scalar,
)
from jiangxin.kernel.policy.rules.vocabulary import COUNTED_IN_YEARS, MEANINGS

MET, NOT_MET = Finding.MET, Finding.NOT_MET


class Found(NamedTuple):
    """One condition as it was read.

    value: what the profile holds, in full years where the condition counts them; None
    when it holds nothing, or for a group. limit: that of the day; None for a group.
    dated: since when the limit is that, when a parameter gives it.
    """

    condition: Condition
    finding: Finding
    value: Scalar | None = None
    limit: Limit | None = None
    parts: tuple["Found", ...] = ()
    dated: DatedValue | None = None

    def unknown_attributes(self) -> Iterator[str]:
        """The attributes whose absence left this condition undecided."""
        if self.finding is Finding.UNKNOWN:
            if isinstance(self.condition, Leaf):
                yield self.condition.attribute
            for part in self.parts:
                yield from part.unknown_attributes()

    def leaves(self) -> Iterator["Found"]:
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


# Reads one condition of any profile, on the day it was made for.
Look = Callable[[Mapping[str, Any]], Found]


def look(condition: Condition, profile: Mapping[str, Any], on: date) -> Found:
    return looker(condition, on)(profile)


def looker(condition: Condition, on: date) -> Look:
    """Return the function that reads a condition on a day.

    What is the same for every profile, the limit of the day above all, is settled once.
    Raises LookupError as `value_on` does.
    """
    if isinstance(condition, Leaf):
        return _leaf_looker(condition, on)
    looks = [looker(member, on) for member in condition.members]
    junction = condition.junction

    def look_at_group(profile: Mapping[str, Any]) -> Found:
        parts = tuple([look_at(profile) for look_at in looks])
        finding = joined(junction, [part.finding for part in parts])
        return Found(condition, finding, parts=parts)

    return look_at_group


def joined(junction: Junction, findings: Collection[Finding]) -> Finding:
    """Return the finding of a group by those of its members, in three values."""
    decisive, other = (
        (Finding.MET, Finding.NOT_MET)
        if junction is Junction.ANY_OF
        else (Finding.NOT_MET, Finding.MET)
    )
    if decisive in findings:
        return decisive
    return Finding.UNKNOWN if Finding.UNKNOWN in findings else other


def _leaf_looker(leaf: Leaf, on: date) -> Look:
    attribute, holds = leaf.attribute, MEANINGS[leaf.comparison].holds
    limit = leaf.limit(on)
    dated = leaf.given.on(on) if isinstance(leaf.given, Parameter) else None
    is_in_years = leaf.comparison in COUNTED_IN_YEARS
    absent_means_none = leaf.absent_means is Absence.NONE
    absent = Finding.NOT_MET if absent_means_none else Finding.UNKNOWN
    without = Found(leaf, absent, None, limit, (), dated)

    def look_at_leaf(profile: Mapping[str, Any]) -> Found:
        value = profile[attribute]
        if value is None:
            return without
        finding = MET if holds(value, limit, on) else NOT_MET
        shown = age_on(value, on) if is_in_years else value
        return Found(leaf, finding, shown, limit, (), dated)

    return look_at_leaf


def is_met(condition: Condition, profile: Mapping[str, Any], on: date) -> bool:
    """Say whether a condition is met, and no more: for asking about many days."""
    if isinstance(condition, Leaf):
        value = profile[condition.attribute]
        holds = MEANINGS[condition.comparison].holds
        return value is not None and holds(value, condition.limit(on), on)
    every = all if condition.junction is Junction.ALL_OF else any
    return every(is_met(member, profile, on) for member in condition.members)
