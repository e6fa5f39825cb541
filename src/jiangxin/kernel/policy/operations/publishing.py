"""From a draft to a policy in effect: four eyes, a day, and a matching."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import SYSTEM, Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.policy import events, registry
from jiangxin.kernel.policy.enums import DraftState, LintCode
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.operations.drafting import (
    DraftIsClosed,
    locked,
    move,
    tell,
)
from jiangxin.kernel.policy.permissions import check_edit, check_publish
from jiangxin.kernel.policy.queries.drafts import (
    EDITABLE,
    is_withdrawal,
    region_of,
)
from jiangxin.kernel.policy.registry.completeness import missing_in
from jiangxin.kernel.policy.registry.findings import finding_text
from jiangxin.kernel.policy.rules.linting import Lint, lint
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.plain import tree_of


class DraftHasFaults(Refused):
    code = "policy.draft_has_faults"
    text = _("This policy cannot be published yet. %(first)s")


class NamedByOthers(Refused):
    code = "policy.named_by_others"
    text = _("Other policies do not fit this one any more: %(problem)s")


class DayHasPassed(Refused):
    code = "policy.day_has_passed"
    text = _("A policy takes effect today or later, not on %(on)s.")


class OwnDraft(Refused):
    code = "policy.own_draft"
    text = _("Whoever wrote on a draft does not approve it. Ask a second person.")


class NotSubmitted(Refused):
    code = "policy.not_submitted"
    text = _("This draft does not wait for approval: %(state)s.")


def findings_of(draft: PolicyDraft, on: date) -> list[Lint]:
    """Return what is wrong with a draft, were it in effect on a day."""
    if is_withdrawal(draft):
        return []
    missing = [
        Lint(LintCode.UNREADABLE, where, values=(sentence,))
        for where, sentence in missing_in(tree_of(draft.text))
    ]
    if missing:
        return missing
    try:
        policy = registry.read_draft(draft.text, draft.code)
    except PolicyFault as fault:
        is_name = fault.where.endswith("attribute")
        code = LintCode.UNKNOWN_ATTRIBUTE if is_name else LintCode.UNREADABLE
        problem = f"{fault.where}: {fault.problem}".removeprefix(": ")
        return [Lint(code, fault.where, values=(problem,))]
    return lint(policy, on)


@opens_transaction
def submit_draft(
    *,
    draft_id: int,
    revision: int,
    effective_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> PolicyDraft:
    """Hand a draft to a second person.

    Raises NotFound, NotPermitted, StalePage, DraftIsClosed, DayHasPassed,
    DraftHasFaults, NamedByOthers.
    """
    draft = locked(draft_id, revision)
    check_edit(actor, region_of(draft))
    if draft.state not in EDITABLE:
        raise DraftIsClosed(state=draft.get_state_display())
    if effective_on < today(now):
        raise DayHasPassed(on=effective_on)
    _check(draft, effective_on)
    draft.effective_on, draft.reason = effective_on, reason
    draft.authors = sorted({*draft.authors, actor.account_id or 0})
    move(draft, DraftState.SUBMITTED, actor, now)
    return draft


@opens_transaction
def return_draft(
    *, draft_id: int, revision: int, answer: str, actor: Actor, now: datetime
) -> PolicyDraft:
    """Hand a draft back, by its authors or by who was to approve it.

    Raises NotFound, NotPermitted, StalePage, NotSubmitted.
    """
    draft = locked(draft_id, revision)
    if actor.account_id in draft.authors:
        check_edit(actor, region_of(draft))
    else:
        check_publish(actor, region_of(draft))
    if draft.state != DraftState.SUBMITTED:
        raise NotSubmitted(state=draft.get_state_display())
    draft.answer = answer
    move(draft, DraftState.RETURNED, actor, now)
    return draft


@opens_transaction
def approve_draft(
    *, draft_id: int, revision: int, actor: Actor, now: datetime
) -> PolicyDraft:
    """Let a policy take effect on its day: at once when that has come.

    Everybody is matched by a job that the caller begins.
    Raises NotFound, NotPermitted, StalePage, NotSubmitted, OwnDraft, DraftHasFaults,
    NamedByOthers.
    """
    draft = locked(draft_id, revision)
    check_publish(actor, region_of(draft))
    if draft.state != DraftState.SUBMITTED:
        raise NotSubmitted(state=draft.get_state_display())
    if actor.account_id in draft.authors:
        raise OwnDraft
    draft.effective_on = max(draft.effective_on or today(now), today(now))
    _check(draft, draft.effective_on)
    draft.approver_label = actor.label
    draft.approved_at = now
    move(draft, DraftState.APPROVED, actor, now)
    if draft.effective_on <= today(now):
        _put_into_effect(draft, actor, now)
    return draft


@opens_transaction
def put_due_into_effect(*, now: datetime) -> list[str]:
    """Let everything take effect whose day has come; return the codes."""
    due = PolicyDraft.objects.select_for_update().filter(
        state=DraftState.APPROVED, effective_on__lte=today(now)
    )
    codes = []
    for draft in due.order_by("effective_on", "pk"):
        _put_into_effect(draft, SYSTEM, now)
        codes.append(draft.code)
    return codes


def _check(draft: PolicyDraft, on: date) -> None:
    """Raises DraftHasFaults, NamedByOthers."""
    errors = [one for one in findings_of(draft, on) if one.is_error]
    if errors:
        raise DraftHasFaults(first=finding_text(errors[0]))
    policy = (
        None if is_withdrawal(draft) else registry.read_draft(draft.text, draft.code)
    )
    try:
        registry.check_beside_others(draft.code, policy)
    except PolicyFault as fault:
        raise NamedByOthers(problem=str(fault)) from fault


@needs_transaction
def _put_into_effect(draft: PolicyDraft, actor: Actor, now: datetime) -> None:
    on = today(now)
    PolicyDraft.objects.filter(code=draft.code, state=DraftState.IN_EFFECT).update(
        state=DraftState.REPLACED, in_effect_to=on
    )
    draft.state = DraftState.IN_EFFECT
    draft.in_effect_from = on
    draft.save()
    version = ""
    if not is_withdrawal(draft):
        version = registry.read_draft(draft.text, draft.code).version
    took_effect = events.PolicyTookEffect(
        policy=draft.code, kind=draft.kind, version=version, on=on
    )
    tell(draft, took_effect, actor, now)
    registry.look_again()
