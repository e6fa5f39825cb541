"""One condition, read for one profile: what the record holds, the limit, the finding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True)
class Found:
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


def look(condition: Condition, profile: Mapping[str, Any], on: date) -> Found:
    if isinstance(condition, Leaf):
        return _look_at_leaf(condition, profile, on)
    parts = tuple(look(member, profile, on) for member in condition.members)
    findings = {part.finding for part in parts}
    return Found(condition, joined(condition.junction, findings), parts=parts)


def joined(junction: Junction, findings: set[Finding]) -> Finding:
    """Return the finding of a group by those of its members, in three values."""
    decisive, other = (
        (Finding.MET, Finding.NOT_MET)
        if junction is Junction.ANY_OF
        else (Finding.NOT_MET, Finding.MET)
    )
    if decisive in findings:
        return decisive
    return Finding.UNKNOWN if Finding.UNKNOWN in findings else other


def _look_at_leaf(leaf: Leaf, profile: Mapping[str, Any], on: date) -> Found:
    value = profile[leaf.attribute]
    limit = leaf.limit(on)
    dated = leaf.given.on(on) if isinstance(leaf.given, Parameter) else None
    if value is None:
        absent_means_none = leaf.absent_means is Absence.NONE
        finding = Finding.NOT_MET if absent_means_none else Finding.UNKNOWN
        return Found(leaf, finding, None, limit, dated=dated)
    holds = MEANINGS[leaf.comparison].holds(value, limit, on)
    shown = age_on(value, on) if leaf.comparison in COUNTED_IN_YEARS else value
    finding = Finding.MET if holds else Finding.NOT_MET
    return Found(leaf, finding, shown, limit, dated=dated)
