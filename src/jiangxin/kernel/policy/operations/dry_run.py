"""What a draft would do, were it in effect: counted, and named, but never written.

Asked of the snapshot where there is one, and otherwise of the register itself as long as
that is small. Only people whom the actor may see are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import OrganisationMatch, PolicyMatch
from jiangxin.kernel.policy.operations.profile_table import (
    PROFILES,
    dialect,
    profile_table,
)
from jiangxin.kernel.policy.permissions import VIEW
from jiangxin.kernel.policy.queries.profiles import attributes_of
from jiangxin.kernel.policy.rules.sql import predicate
from jiangxin.kernel.policy.rules.tree import Condition, Policy
from jiangxin.kernel.policy.snapshot import whatif
from jiangxin.kernel.policy.snapshot.store import NoSnapshot
from jiangxin.kernel.policy.snapshot.whatif import Step
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.queries.visibility import (
    covers_everything,
    organisations_visible_to,
    people_visible_to,
)

MOST_NAMED = 2_000
# So many people the database answers for within a second or two.
MOST_ASKED = 50_000

Which = Literal["adds", "drops"]


@dataclass(frozen=True)
class DryRun:
    """Of `register` people, or organisations, `people` would be served and `now` are.

    snapshot_on: of which day the snapshot is that was asked; None for the register.
    """

    register: int
    now: int
    people: int
    adds: int
    drops: int
    steps: tuple[Step, ...]
    snapshot_on: date | None


def dry_run(policy: Policy, *, on: date, actor: Actor) -> DryRun:
    """Count whom a draft serves, adds and drops, and take it apart by its conditions.

    Raises NoSnapshot, NotInSnapshot where the register is too large to be asked.
    """
    day = max(on, policy.in_force_from)
    within = _within(actor)
    if policy.subject is Subject.ORGANISATION:
        return _of_register(policy, day, actor)
    try:
        if within is not None:
            return _of_snapshot(policy, day, within)
    except (NoSnapshot, whatif.NotInSnapshot):
        if Person.objects.count() > MOST_ASKED:
            raise
    return _of_register(policy, day, actor)


def moved_people(policy: Policy, which: Which, *, on: date, actor: Actor) -> list[int]:
    """Return the numbers of those whom a draft adds or drops, at most MOST_NAMED.

    Raises as `dry_run`.
    """
    day = max(on, policy.in_force_from)
    within = _within(actor)
    if policy.subject is Subject.ORGANISATION:
        return _moved_in_register(policy, which, day, actor)
    try:
        if within is not None:
            return whatif.moved(policy, which, on=day, within=within, most=MOST_NAMED)
    except (NoSnapshot, whatif.NotInSnapshot):
        if Person.objects.count() > MOST_ASKED:
            raise
    return _moved_in_register(policy, which, day, actor)


@opens_transaction
def _moved_in_register(
    policy: Policy, which: Which, on: date, actor: Actor
) -> list[int]:
    seen = _seen(actor, policy.subject)
    held = _held(policy, seen)
    (chosen,) = _chosen([policy], on, seen)
    moved = chosen - held if which == "adds" else held - chosen
    return sorted(moved)[:MOST_NAMED]


def _within(actor: Actor) -> tuple[str, ...] | None:
    """The regions the actor may look at; None where it is organisations."""
    if covers_everything(actor, VIEW):
        return ()
    scopes = actor.scopes(VIEW)
    if not scopes or any(scope.organisation_code for scope in scopes):
        return None
    return tuple(scope.region_code for scope in scopes)


def _of_snapshot(policy: Policy, on: date, within: tuple[str, ...]) -> DryRun:
    found = whatif.what_if(policy, on=on, within=within)
    return DryRun(
        register=found.register,
        now=found.people - found.adds + found.drops,
        people=found.people,
        adds=found.adds,
        drops=found.drops,
        steps=tuple(whatif.funnel(policy, on=on, within=within)),
        snapshot_on=found.snapshot_on,
    )


@opens_transaction
def _of_register(policy: Policy, on: date, actor: Actor) -> DryRun:
    seen = _seen(actor, policy.subject)
    held = _held(policy, seen)
    apart = _apart(policy)
    asked = [policy, *(one for _condition, *pair in apart for one in pair)]
    chosen, *rest = _chosen(asked, on, seen)
    steps = [
        Step(condition, len(alone), len(others - chosen))
        for (condition, *_pair), alone, others in zip(
            apart, rest[::2], rest[1::2], strict=True
        )
    ]
    return DryRun(
        register=len(seen),
        now=len(held),
        people=len(chosen),
        adds=len(chosen - held),
        drops=len(held - chosen),
        steps=tuple(steps),
        snapshot_on=None,
    )


def _seen(actor: Actor, subject: Subject) -> list[int]:
    """Return the people, or organisations, that the actor may see."""
    if subject is Subject.ORGANISATION:
        return list(organisations_visible_to(actor, VIEW).values_list("pk", flat=True))
    return list(people_visible_to(actor, VIEW).values_list("pk", flat=True))


def _held(policy: Policy, seen: list[int]) -> set[int]:
    is_open = {"policy_code": policy.code, "valid_to__isnull": True}
    if policy.subject is Subject.ORGANISATION:
        served = OrganisationMatch.objects.filter(**is_open)
        return set(served.values_list("organisation", flat=True)) & set(seen)
    people = PolicyMatch.objects.filter(**is_open)
    return set(people.values_list("person", flat=True)) & set(seen)


def _chosen(policies: Sequence[Policy], on: date, seen: list[int]) -> list[set[int]]:
    """Return of each policy whom it would serve; all are asked of one table."""
    found = []
    subject = policies[0].subject
    with profile_table(attributes_of(policies), seen, on, subject) as cursor:
        for policy in policies:
            if not policy.conditions and not policy.region:
                found.append(set(seen))
                continue
            where = predicate(policy, on, dialect()).replace("%", "%%")
            cursor.execute(
                f"SELECT p.{subject.value}_id FROM {PROFILES} AS p WHERE {where}",  # noqa: S608 -- our own names
                [],
            )
            found.append({number for (number,) in cursor.fetchall()})
    return found


def _apart(policy: Policy) -> list[tuple[Condition | None, Policy, Policy]]:
    """Each condition, None for the region, with the policy of it alone and without it."""
    parts: list[tuple[Condition | None, Policy, Policy]] = []
    if policy.region:
        alone, others = replace(policy, conditions=()), replace(policy, region="")
        parts.append((None, alone, others))
    for place, one in enumerate(policy.conditions):
        rest = policy.conditions[:place] + policy.conditions[place + 1 :]
        alone = replace(policy, conditions=(one,), region="")
        parts.append((one, alone, replace(policy, conditions=rest)))
    return parts
