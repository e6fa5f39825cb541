"""The answer for one profile, with every condition's own verdict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiangxin.kernel.policy.enums import (
    Absence,
    Finding,
    Junction,
    Verdict,
    WhyNotApplicable,
)
from jiangxin.kernel.policy.rules.ages import age_on
from jiangxin.kernel.policy.rules.tree import (
    Condition,
    Leaf,
    Limit,
    Policy,
    Scalar,
)
from jiangxin.kernel.policy.rules.vocabulary import AGES, MEANINGS


@dataclass(frozen=True)
class Found:
    """One condition as it was read.

    value: what the profile holds, for an age condition the age; None when it holds
    nothing, or for a group. limit: that of the day; None for a group.
    """

    condition: Condition
    finding: Finding
    value: Scalar | None = None
    limit: Limit | None = None
    parts: tuple["Found", ...] = ()

    def unknown_attributes(self) -> Iterator[str]:
        """The attributes whose absence left this condition undecided."""
        if self.finding is Finding.UNKNOWN:
            if isinstance(self.condition, Leaf):
                yield self.condition.attribute
            for part in self.parts:
                yield from part.unknown_attributes()


@dataclass(frozen=True)
class Explanation:
    """What a policy says about one profile on one day, and why.

    missing: attributes to be recorded before it can be decided, when it cannot.
    """

    policy: Policy
    on: date
    verdict: Verdict
    found: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()
    why_not_applicable: WhyNotApplicable | None = None


def explain(policy: Policy, profile: Mapping[str, Any], on: date) -> Explanation:
    """Walk the policy over one profile as of a day.

    profile: a value for each attribute the policy names; None where the record holds
    none. The verdict is `eligible` exactly when every condition is met, so it agrees
    with SQL, where a missing value satisfies nothing.
    """
    if not policy.is_in_force(on):
        return _not_applicable(policy, on, WhyNotApplicable.NOT_IN_FORCE)
    region = profile[policy.region_attribute] if policy.region else ""
    if region is not None and not region.startswith(policy.region):
        return _not_applicable(policy, on, WhyNotApplicable.OTHER_REGION)

    found = tuple(_look(one, profile, on) for one in policy.conditions)
    findings = {one.finding for one in found}
    missing = [policy.region_attribute] if region is None else []
    for one in found:
        missing.extend(one.unknown_attributes())

    if Finding.NOT_MET in findings:
        return Explanation(policy, on, Verdict.NOT_ELIGIBLE, found)
    if missing:
        return Explanation(
            policy,
            on,
            Verdict.NEED_INFORMATION,
            found,
            missing=tuple(dict.fromkeys(missing)),
        )
    return Explanation(policy, on, Verdict.ELIGIBLE, found)


def _not_applicable(policy: Policy, on: date, why: WhyNotApplicable) -> Explanation:
    return Explanation(policy, on, Verdict.NOT_APPLICABLE, why_not_applicable=why)


def _look(condition: Condition, profile: Mapping[str, Any], on: date) -> Found:
    if isinstance(condition, Leaf):
        return _look_at_leaf(condition, profile, on)
    parts = tuple(_look(member, profile, on) for member in condition.members)
    findings = {part.finding for part in parts}
    return Found(condition, _joined(condition.junction, findings), parts=parts)


def _joined(junction: Junction, findings: set[Finding]) -> Finding:
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
    if value is None:
        absent_means_none = leaf.absent_means is Absence.NONE
        finding = Finding.NOT_MET if absent_means_none else Finding.UNKNOWN
        return Found(leaf, finding, None, limit)
    holds = MEANINGS[leaf.comparison].holds(value, limit, on)
    shown = age_on(value, on) if leaf.comparison in AGES else value
    return Found(leaf, Finding.MET if holds else Finding.NOT_MET, shown, limit)
