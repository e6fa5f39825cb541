"""Drafts of policies: the list, one draft, and beginning one."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.ui.components import Act, Crumb, Fact, Tone
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.policy import permissions, registry
from jiangxin.kernel.policy.enums import DraftState
from jiangxin.kernel.policy.forms.drafts import PolicyBegin
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.operations import drafting, publishing
from jiangxin.kernel.policy.queries import drafts
from jiangxin.kernel.policy.registry.findings import finding_text
from jiangxin.kernel.policy.rules.linting import Lint
from jiangxin.kernel.policy.rules.plain import tree_of
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.views import draft_text
from jiangxin.kernel.policy.views.draft_rows import draft_crumbs, draft_url
from jiangxin.kernel.register.views.acts import ActPage, act_page

TONES: dict[str, Tone] = {
    DraftState.DRAFT: "info",
    DraftState.SUBMITTED: "wait",
    DraftState.RETURNED: "warn",
    DraftState.APPROVED: "ok",
    DraftState.IN_EFFECT: "ok",
    DraftState.REPLACED: "off",
    DraftState.DISCARDED: "off",
}

DRAFTED = gettext_lazy(
    "A draft. It serves nobody before it is approved and its day has come."
)
PURPOSES = {
    DraftState.IN_EFFECT: gettext_lazy("As it is in effect."),
    DraftState.REPLACED: gettext_lazy("As it was in effect before a later version."),
    DraftState.DISCARDED: gettext_lazy("A draft that was given up."),
}


@dataclass(frozen=True)
class DraftLine:
    draft: PolicyDraft
    title: str
    tone: Tone
    url: str


@login_required
@require_safe
def draft_list(request: Request) -> HttpResponse:
    permissions.check_see_drafts(request.actor)
    lines = [
        DraftLine(one, draft_text.title(one), TONES[one.state], draft_url(one))
        for one in drafts.open_drafts(visible_to=request.actor)
    ]
    act = Act(_("New policy"), reverse("policy:draft-new"), "plus")
    may_write = bool(request.actor.scopes(permissions.EDIT))
    context = {
        "lines": lines,
        "act": act if may_write else None,
        "crumbs": [Crumb(_("Policies"), reverse("policy:policy-list"))],
    }
    return page(request, "policy/draft_list.html", context)


@login_required
def draft_new(request: Request) -> HttpResponse:
    permissions.check_see_drafts(request.actor)
    form = PolicyBegin(request.POST or None)

    def begin(given: dict[str, Any]) -> PolicyDraft:
        return drafting.begin_policy(
            code=form.code(),
            tree=form.tree(),
            like=given["like"],
            actor=request.actor,
            now=request.now,
        )

    shown = ActPage(
        title=_("New policy"),
        submit=_("Begin"),
        done=_("The draft was begun."),
        back_url=reverse("policy:draft-list"),
        purpose=_("It is served to nobody before a second person has approved it."),
        crumbs=[
            Crumb(_("Policies"), reverse("policy:policy-list")),
            Crumb(_("Policies being written"), reverse("policy:draft-list")),
        ],
        fields={"policy.code_taken": "name", "policy.not_a_code": "name"},
    )
    return act_page(request, form, begin, shown, url_after=draft_url)


@login_required
@require_POST
def policy_change(request: Request, code: str) -> HttpResponse:
    draft = drafting.begin_change(code=code, actor=request.actor, now=request.now)
    return redirect(draft_url(draft))


@login_required
@require_POST
def policy_withdraw(request: Request, code: str) -> HttpResponse:
    draft = drafting.begin_withdrawal(code=code, actor=request.actor, now=request.now)
    return redirect(draft_url(draft))


@dataclass(frozen=True)
class FindingText:
    text: str
    label: str
    tone: Tone


@login_required
@require_safe
def draft_detail(request: Request, draft_id: int) -> HttpResponse:
    draft = drafts.get_draft(draft_id, visible_to=request.actor)
    on = max(draft.effective_on or today(request.now), today(request.now))
    policy = draft_text.policy_of(draft)
    findings = publishing.findings_of(draft, on)
    context = {
        "draft": draft,
        "tone": TONES[draft.state],
        "title": draft_text.title(draft),
        "purpose": PURPOSES.get(DraftState(draft.state), DRAFTED),
        "rows": draft_text.rows(tree_of(draft.text) if draft.text else {}, on),
        "findings": [_finding(one) for one in findings],
        "differences": draft_text.differences_of(draft, on),
        "facts": _facts(draft),
        "is_counted": policy is not None,
        "crumbs": draft_crumbs(draft)[:-1],
        **_acts(request, draft, policy, findings),
    }
    return page(request, "policy/draft_detail.html", context)


def _finding(one: Lint) -> FindingText:
    tone: Tone = "bad" if one.is_error else "warn"
    return FindingText(finding_text(one), str(one.code.label), tone)


def _acts(
    request: Request, draft: PolicyDraft, policy: Policy | None, findings: list[Lint]
) -> dict[str, object]:
    """What this reader may do next with the draft."""
    region = drafts.region_of(draft)
    is_author = request.actor.account_id in draft.authors
    may_write = permissions.can_edit(request.actor, region)
    is_submitted = draft.state == DraftState.SUBMITTED
    is_open = draft.state in drafts.EDITABLE and may_write
    is_whole = drafts.is_withdrawal(draft) or policy is not None
    may_approve = permissions.can_publish(request.actor, region) and not is_author
    return {
        "is_editable": is_open and not drafts.is_withdrawal(draft),
        "may_give_up": is_open,
        "may_submit": is_open
        and is_whole
        and not any(one.is_error for one in findings),
        "may_take_back": is_submitted and is_author and may_write,
        "may_approve": is_submitted and may_approve,
        "waits_for_other": is_submitted and is_author,
        "is_stale": _is_stale(draft),
    }


def _is_stale(draft: PolicyDraft) -> bool:
    """Whether another version took effect since this draft was begun."""
    served = {one.code: one.version for one in registry.policies()}
    is_open = draft.state in drafts.OPEN
    return is_open and bool(draft.based_on) and served.get(draft.code) != draft.based_on


def _facts(draft: PolicyDraft) -> list[Fact]:
    return [
        Fact(_("What becomes of it"), draft.get_kind_display()),
        Fact(_("Written by"), draft.author_label),
        Fact(_("Last changed at"), draft.changed_at),
        Fact(_("Takes effect on"), draft.effective_on or _("Not decided yet")),
        Fact(_("Reason"), draft.reason or _("Not given yet")),
        *([Fact(_("Answer of the approver"), draft.answer)] if draft.answer else []),
        *(
            [Fact(_("Approved by"), draft.approver_label)]
            if draft.approver_label
            else []
        ),
    ]
