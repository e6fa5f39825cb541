"""From a draft to a policy in effect: dry run, submission, approval, versions."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.jobs import operations as jobs
from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import (
    Column,
    Listing,
    Search,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.policy import registry
from jiangxin.kernel.policy.enums import DraftState, Subject
from jiangxin.kernel.policy.forms.drafts import AnswerForm, SubmitForm
from jiangxin.kernel.policy.jobs import MATCH_ALL
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.operations import drafting, dry_run, publishing
from jiangxin.kernel.policy.permissions import VIEW
from jiangxin.kernel.policy.queries import drafts
from jiangxin.kernel.policy.registry.completeness import with_settled_cases
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.plain import path_of, text_of
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.views import draft_text, picking
from jiangxin.kernel.policy.views.draft_rows import (
    condition_form,
    draft_crumbs,
    draft_url,
    placed,
    standing,
    to_edit,
)
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.queries.visibility import (
    organisations_visible_to,
    people_visible_to,
)
from jiangxin.kernel.register.views.acts import ActPage, act_page

WHICH = {
    "adds": gettext_lazy("Newly served"),
    "drops": gettext_lazy("No longer served"),
}


def _number(person: Person) -> str:
    return str(person.pk)


MOVED = Listing(
    key="policy-moved",
    columns=[
        Column("name", gettext_lazy("Name"), sort=("name_pinyin",)),
        Column("person", gettext_lazy("Person number"), value=_number),
        Column("born", gettext_lazy("Year of birth"), value="birth_on.year"),
        Column("region", gettext_lazy("Region"), value="region_code"),
    ],
    filters=[Search(("name__contains", "name_pinyin__startswith"))],
    sort="name",
    noun=gettext_lazy("people"),
    is_personal=True,
)

MOVED_ORGANISATIONS = Listing(
    key="policy-moved-organisations",
    columns=[
        Column("name", gettext_lazy("Name"), sort=("name",)),
        Column("code", gettext_lazy("Code")),
        Column("kind", gettext_lazy("Kind"), "get_kind_display"),
        Column("region", gettext_lazy("Region"), "region.name"),
    ],
    filters=[Search(("name__contains", "code__startswith"))],
    sort="name",
    noun=gettext_lazy("organisations"),
)


@login_required
@require_safe
def draft_reach(request: Request, draft_id: int) -> HttpResponse:
    """The dry run: on the draft's page a few numbers, by itself a page."""
    draft = drafts.get_draft(draft_id, visible_to=request.actor)
    context = {
        "draft": draft,
        "title": draft_text.title(draft),
        "crumbs": draft_crumbs(draft),
        **_counted(request, draft_text.policy_of(draft), draft),
    }
    return page(request, "policy/draft_reach.html", context, fragment="numbers")


@login_required
@require_POST
def draft_condition_reach(
    request: Request, draft_id: int, condition: str
) -> HttpResponse:
    """What the draft would do with a condition as it is typed, before it is saved."""
    draft, tree = to_edit(request, draft_id)
    place = path_of(condition)
    node = standing(tree, place)
    chosen = picking.chosen(request, node)
    policy = None
    if chosen:
        form = condition_form(request, draft, place, node, chosen)
        if form.is_valid():
            whole = with_settled_cases(placed(tree, place, form.tree()))
            policy = _read(text_of(whole), draft)
    context = {"draft": draft, **_counted(request, policy, draft)}
    return page(
        request,
        "policy/draft_reach.html",
        context,
        fragment="policy/draft_reach.html#numbers",
    )


def _read(text: str, draft: PolicyDraft) -> Policy | None:
    try:
        return registry.read_draft(text, draft.code)
    except PolicyFault:
        return None


def _counted(
    request: Request, policy: Policy | None, draft: PolicyDraft
) -> dict[str, Any]:
    """Return the dry run, or why there is none."""
    if policy is None:
        return {"run": None, "problem": _("Counted once the draft is complete.")}
    on = max(draft.effective_on or today(request.now), today(request.now))
    try:
        run = dry_run.dry_run(policy, on=on, actor=request.actor)
    except Refused as refused:
        return {"run": None, "problem": refused.message}
    steps = [
        (say(one.condition.says) if one.condition else _("Region of the policy"), one)
        for one in run.steps
    ]
    unit = _("people") if policy.subject is Subject.PERSON else _("organisations")
    return {"run": run, "steps": steps, "problem": "", "unit": unit}


@login_required
@answers_personal_list
def draft_people(request: Request, draft_id: int, which: str) -> HttpResponseBase:
    """Whom a draft adds or drops, of those the actor may see."""
    draft = drafts.get_draft(draft_id, visible_to=request.actor)
    policy = draft_text.policy_of(draft)
    if policy is None:
        raise NotFound
    on = max(draft.effective_on or today(request.now), today(request.now))
    numbers = dry_run.moved_people(
        policy, cast("dry_run.Which", which), on=on, actor=request.actor
    )
    is_about_people = policy.subject is Subject.PERSON
    rows: QuerySet[Any] = (
        people_visible_to(request.actor, VIEW).defer("phone", "id_number")
        if is_about_people
        else organisations_visible_to(request.actor, VIEW).select_related("region")
    )
    return listing_page(
        request,
        MOVED if is_about_people else MOVED_ORGANISATIONS,
        queryset=rows.filter(pk__in=numbers),
        title=WHICH[which],
        purpose=_("Were this draft in effect. Nothing has been changed."),
        empty=Empty(_("Nobody"), _("The draft changes nothing here."), icon="users"),
        crumbs=[
            *draft_crumbs(draft),
            Crumb(_("Dry run"), reverse("policy:draft-reach", args=[draft.pk])),
        ],
    )


@login_required
def draft_submit(request: Request, draft_id: int) -> HttpResponse:
    draft = drafts.get_draft(draft_id, visible_to=request.actor)
    initial = {
        "revision": draft.revision,
        "effective_on": draft.effective_on or today(request.now),
        "reason": draft.reason,
    }
    form = SubmitForm(request.POST or None, initial=initial)
    shown = ActPage(
        title=_("Submit for approval"),
        submit=_("Submit"),
        done=_("The draft waits for a second person."),
        back_url=draft_url(draft),
        crumbs=draft_crumbs(draft),
        fields={"policy.day_has_passed": "effective_on"},
    )

    def submit(given: dict[str, Any]) -> PolicyDraft:
        return publishing.submit_draft(
            draft_id=draft.pk, actor=request.actor, now=request.now, **given
        )

    return act_page(request, form, submit, shown)


@login_required
@require_POST
def draft_approve(request: Request, draft_id: int) -> HttpResponse:
    """Approve, and match everybody at once when the day has come."""
    seen = drafts.get_draft(draft_id, visible_to=request.actor)
    draft = publishing.approve_draft(
        draft_id=seen.pk,
        revision=picking.revision(request),
        actor=request.actor,
        now=request.now,
    )
    if draft.state == DraftState.IN_EFFECT:
        jobs.start(MATCH_ALL, {}, actor=request.actor, now=request.now)
        messages.success(request, _("In effect. Everybody is being matched."))
    else:
        messages.success(request, _("Approved. It takes effect on its day."))
    return redirect(draft_url(draft))


@login_required
def draft_return(request: Request, draft_id: int) -> HttpResponse:
    draft = drafts.get_draft(draft_id, visible_to=request.actor)
    form = AnswerForm(request.POST or None, initial={"revision": draft.revision})
    shown = ActPage(
        title=_("Return to the author"),
        submit=_("Return"),
        done=_("The draft was returned."),
        back_url=draft_url(draft),
        crumbs=draft_crumbs(draft),
    )

    def give_back(given: dict[str, Any]) -> PolicyDraft:
        return publishing.return_draft(
            draft_id=draft.pk, actor=request.actor, now=request.now, **given
        )

    return act_page(request, form, give_back, shown)


@login_required
@require_POST
def draft_give_up(request: Request, draft_id: int) -> HttpResponse:
    draft = drafts.get_draft(draft_id, visible_to=request.actor)
    drafting.give_up_draft(
        draft_id=draft.pk,
        revision=picking.revision(request),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("The draft was given up."))
    return redirect("policy:draft-list")
