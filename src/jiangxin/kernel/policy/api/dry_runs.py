"""A draft policy, from its text to its faults or its counts."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import EVERYWHERE, Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.policy.api.figures import yuan
from jiangxin.kernel.policy.api.list_schemas import (
    CountOut,
    DraftFaultOut,
    DryRunIn,
    DryRunOut,
    FindingOut,
    RowReachOut,
    StepOut,
)
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.operations import dry_run as on_register
from jiangxin.kernel.policy.permissions import VIEW
from jiangxin.kernel.policy.registry import read_draft
from jiangxin.kernel.policy.registry.findings import finding_text
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.rules.linting import lint
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.snapshot import whatif
from jiangxin.kernel.policy.snapshot.whatif import Step
from jiangxin.kernel.register.queries.visibility import people_visible_to

WHICH: tuple[Literal["adds", "drops"], ...] = ("adds", "drops")
# As the snapshot names of people.
MOST_NAMED = 100

CODE = re.compile(r"^code:\s*([a-z0-9_.]+)", re.MULTILINE)


class RegionNeeded(Refused):
    code = "policy.dry_run_needs_region"
    text = _(
        "A dry run counts the people of regions, and the roles of this account are "
        "held for organisations only. Use an account with a role for a region."
    )


def dry_run(draft: DryRunIn, *, actor: Actor, now: datetime) -> DryRunOut:
    """Raises RegionNeeded, NoSnapshot, NotInSnapshot."""
    found = CODE.search(draft.text)
    code = found[1] if found else ""
    try:
        policy = read_draft(draft.text, code)
    except PolicyFault as fault:
        return DryRunOut(
            is_readable=False,
            faults=[
                DraftFaultOut(line=fault.line, where=fault.where, problem=fault.problem)
            ],
            findings=[],
            code=code,
            version="",
            count=None,
        )
    return DryRunOut(
        is_readable=True,
        faults=[],
        findings=_findings(policy, draft.on or today(now)),
        code=policy.code,
        version=policy.version,
        count=_count(policy, draft, actor, now),
    )


def _findings(policy: Policy, on: date) -> list[FindingOut]:
    return [
        FindingOut(
            code=one.code.value,
            is_error=one.is_error,
            where=one.where,
            text=finding_text(one),
        )
        for one in lint(policy, on)
    ]


def _count(
    policy: Policy,
    draft: DryRunIn,
    actor: Actor,
    now: datetime,
) -> CountOut:
    """Before a policy is in force it is counted as of its first day."""
    on = max(draft.on or today(now), policy.in_force_from)
    if policy.subject is Subject.ORGANISATION:
        return _count_organisations(policy, draft, on, actor)
    within = _regions(actor)
    counted = whatif.what_if(policy, on=on, within=within)
    steps = whatif.funnel(policy, on=on, within=within)
    return CountOut(
        on=on,
        snapshot_on=counted.snapshot_on,
        register_size=counted.register,
        people=counted.people,
        amount=yuan(counted.fen),
        rows=[
            RowReachOut(row=each.row, people=each.people, amount=yuan(each.fen))
            for each in counted.rows
        ],
        adds=counted.adds,
        drops=counted.drops,
        funnel=_funnel(steps),
        added_ids=_moved(policy, "adds", draft, on, within, actor),
        dropped_ids=_moved(policy, "drops", draft, on, within, actor),
    )


def _count_organisations(
    policy: Policy, draft: DryRunIn, on: date, actor: Actor
) -> CountOut:
    """Counted in the register itself, of the organisations the actor may see."""
    counted = on_register.dry_run(policy, on=on, actor=actor)
    added, dropped = (
        on_register.moved_people(policy, which, on=on, actor=actor)
        if draft.with_people
        else []
        for which in WHICH
    )
    return CountOut(
        on=on,
        snapshot_on=None,
        register_size=counted.register,
        people=counted.people,
        amount=None,
        rows=[],
        adds=counted.adds,
        drops=counted.drops,
        funnel=_funnel(counted.steps),
        added_ids=added[:MOST_NAMED],
        dropped_ids=dropped[:MOST_NAMED],
    )


def _funnel(steps: Sequence[Step]) -> list[StepOut]:
    return [
        StepOut(
            says=say(each.condition.says) if each.condition else "",
            alone=each.alone,
            only=each.only,
        )
        for each in steps
    ]


def _moved(
    policy: Policy,
    which: Literal["adds", "drops"],
    draft: DryRunIn,
    on: date,
    within: tuple[str, ...],
    actor: Actor,
) -> list[int]:
    """Only people who are, by now, still where the actor may see them."""
    if not draft.with_people:
        return []
    ids = whatif.moved(policy, which, on=on, within=within)
    visible = people_visible_to(actor, VIEW).filter(pk__in=ids)
    return sorted(visible.values_list("pk", flat=True))


def _regions(actor: Actor) -> tuple[str, ...]:
    """Prefixes of the regions that are counted; () for everywhere."""
    scopes = actor.scopes(VIEW)
    if EVERYWHERE in scopes:
        return ()
    codes = tuple(scope.region_code for scope in scopes if scope.region_code)
    if not codes:
        raise RegionNeeded
    return codes
