"""The answer for one profile, with every condition's own verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from jiangxin.kernel.policy.enums import (
    Finding,
    Junction,
    Verdict,
    WhyNotApplicable,
)
from jiangxin.kernel.policy.rules.granting import Grant, Granted, granter
from jiangxin.kernel.policy.rules.looking import Found, Look, is_met, looker
from jiangxin.kernel.policy.rules.tree import Group, Policy


class Explanation(NamedTuple):
    """What a policy says about one profile on one day, and why.

    missing: attributes to be recorded before it can be decided, when it cannot. grant:
    what is given, when it is eligible and the policy has a table.
    """

    policy: Policy
    on: date
    verdict: Verdict
    found: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()
    why_not_applicable: WhyNotApplicable | None = None
    grant: Granted | None = None

    def near_miss(self) -> tuple[Found, ...]:
        """Return the comparisons of which any one, if it held, would make it eligible.

        Empty unless exactly one condition fails and nothing else is open.
        """
        open_ones = [one for one in self.found if one.finding is not Finding.MET]
        if self.verdict is not Verdict.NOT_ELIGIBLE or len(open_ones) != 1:
            return ()
        return _ways(open_ones[0])


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

    prepared = _prepared(_Same(policy), on)
    found = tuple([look_at(profile) for look_at in prepared.looks])
    findings = [one.finding for one in found]
    if Finding.NOT_MET in findings:
        return Explanation(policy, on, Verdict.NOT_ELIGIBLE, found)
    if region is None or Finding.UNKNOWN in findings:
        missing = [policy.region_attribute] if region is None else []
        for one in found:
            missing.extend(one.unknown_attributes())
        return Explanation(
            policy,
            on,
            Verdict.NEED_INFORMATION,
            found,
            missing=tuple(dict.fromkeys(missing)),
        )
    grant = prepared.grant(profile)
    return Explanation(policy, on, Verdict.ELIGIBLE, found, grant=grant)


def is_eligible(policy: Policy, profile: Mapping[str, Any], on: date) -> bool:
    """Say whether the answer is `eligible`, and no more: for asking about many days."""
    if not policy.is_in_force(on):
        return False
    region = profile[policy.region_attribute] if policy.region else ""
    return (
        region is not None
        and region.startswith(policy.region)
        and all(is_met(one, profile, on) for one in policy.conditions)
    )


@dataclass(frozen=True)
class _Prepared:
    """What is the same for every profile that a policy is asked of on a day."""

    looks: tuple[Look, ...]
    grant: Grant


class _Same:
    """A policy as a key: itself, since comparing all that it holds takes too long."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __hash__(self) -> int:
        return id(self.policy)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.policy is other.policy


@lru_cache(maxsize=1024)
def _prepared(same: _Same, on: date) -> _Prepared:
    policy = same.policy
    looks = tuple(looker(condition, on) for condition in policy.conditions)
    return _Prepared(looks, granter(policy, on))


def _not_applicable(policy: Policy, on: date, why: WhyNotApplicable) -> Explanation:
    return Explanation(policy, on, Verdict.NOT_APPLICABLE, why_not_applicable=why)


def _ways(found: Found) -> tuple[Found, ...]:
    """Return the single comparisons that would turn this condition to met."""
    condition = found.condition
    if not isinstance(condition, Group):
        return (found,)
    open_parts = [part for part in found.parts if part.finding is not Finding.MET]
    if condition.junction is Junction.ALL_OF and len(open_parts) != 1:
        return ()
    return tuple(way for part in open_parts for way in _ways(part))
