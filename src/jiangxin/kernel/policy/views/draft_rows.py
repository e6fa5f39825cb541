"""Editing a draft row by row: terms, conditions, groups, lines of the table, cases."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.policy.enums import Comparison, Junction, Period
from jiangxin.kernel.policy.forms.drafts import TermsForm, terms_of
from jiangxin.kernel.policy.forms.rows import (
    CaseForm,
    ConditionForm,
    GrantForm,
    GroupForm,
    wording_of,
)
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.operations import drafting
from jiangxin.kernel.policy.permissions import check_edit
from jiangxin.kernel.policy.queries.drafts import get_draft, region_of
from jiangxin.kernel.policy.registry.completeness import attributes_in
from jiangxin.kernel.policy.rules.plain import Path, Tree, at, path_of, tree_of
from jiangxin.kernel.policy.views import picking
from jiangxin.kernel.register.views.acts import ActPage, act_page

NEW = "new"
MOVES = {"up": -1, "down": 1}


def draft_url(draft: PolicyDraft) -> str:
    return reverse("policy:draft-detail", args=[draft.pk])


def draft_crumbs(draft: PolicyDraft) -> list[Crumb]:
    title = (tree_of(draft.text or draft.based_on_text).get("title") or {}).get(
        "zh-hans"
    )
    return [
        Crumb(_("Policies"), reverse("policy:policy-list")),
        Crumb(_("Policies being written"), reverse("policy:draft-list")),
        Crumb(title or draft.code, draft_url(draft)),
    ]


def to_edit(request: Request, draft_id: int) -> tuple[PolicyDraft, Tree]:
    """Return a draft that the actor may write on, and what it says."""
    draft = get_draft(draft_id, visible_to=request.actor)
    check_edit(request.actor, region_of(draft))
    return draft, tree_of(draft.text)


def placed(tree: Tree, path: Path, node: Any) -> Tree:
    """Return the tree with something put at a path; `new` at its end adds to a list."""
    changed = deepcopy(tree)
    *way, last = path
    around: Any = changed
    for number, step in enumerate(way):
        if isinstance(step, str) and isinstance(around, dict):
            # Lists are made where the first row is put.
            is_list = number == len(way) - 1 and step != "grants"
            around.setdefault(step, [] if is_list else {})
            if around[step] is None:
                around[step] = [] if is_list else {}
        around = _step(around, step)
    if last == NEW:
        around.append(node)
    else:
        _step(around, last)
        around[last] = node
    return changed


def _step(around: Any, step: str | int) -> Any:
    try:
        return around[step]
    except (KeyError, IndexError, TypeError) as missing:
        raise NotFound from missing


def standing(tree: Tree, path: Path) -> Tree:
    """Return what stands at a path; nothing where a new row is to stand."""
    if path[-1:] == (NEW,):
        return {}
    try:
        found = at(tree, path)
    except LookupError as missing:
        raise NotFound from missing
    return found if isinstance(found, dict) else {}


def row_page(
    request: Request,
    draft: PolicyDraft,
    form: forms.Form,
    make: Callable[[], Tree],
    *,
    title: Text,
    purpose: Text = "",
    template: str = "policy/draft_form.html",
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show a form about a part of the draft, and write what it made of the whole."""

    def save(given: dict[str, Any]) -> PolicyDraft:
        return drafting.change_draft(
            draft_id=draft.pk,
            revision=given["revision"],
            tree=make(),
            actor=request.actor,
            now=request.now,
        )

    shown = _shown(draft, title, purpose)
    return act_page(request, form, save, shown, template=template, extra=extra)


def _shown(draft: PolicyDraft, title: Text, purpose: Text) -> ActPage:
    return ActPage(
        title=title,
        submit=_("Save"),
        done=_("The draft was saved."),
        back_url=draft_url(draft),
        purpose=purpose,
        crumbs=draft_crumbs(draft),
    )


@login_required
def draft_terms(request: Request, draft_id: int) -> HttpResponse:
    draft, tree = to_edit(request, draft_id)
    initial = {**terms_of(tree), "revision": draft.revision}
    form = TermsForm(request.POST or None, initial=initial)
    return row_page(
        request,
        draft,
        form,
        lambda: picking.with_terms(tree, form.tree()),
        title=_("Terms of the policy"),
        purpose=_("What the document is, where and when it applies."),
    )


@login_required
def draft_condition(request: Request, draft_id: int, condition: str) -> HttpResponse:
    """One comparison: first the attribute and how it is compared, then the limit."""
    draft, tree = to_edit(request, draft_id)
    place = path_of(condition)
    node = standing(tree, place)
    chosen = picking.chosen(request, node)
    context = {"picker": picking.picker(tree, chosen), "path": condition}
    if chosen is None:
        crumbs = draft_crumbs(draft)
        shown = {**context, "draft": draft, "crumbs": crumbs}
        return page(request, "policy/draft_attribute.html", shown)
    form = condition_form(request, draft, place, node, chosen)
    return row_page(
        request,
        draft,
        form,
        lambda: placed(tree, place, form.tree()),
        title=_("Condition"),
        purpose=_("What must be so. People read the wording; the rest is computed."),
        template="policy/draft_condition.html",
        extra={**context, "draft": draft},
    )


def condition_form(
    request: Request,
    draft: PolicyDraft,
    place: Path,
    node: Tree,
    chosen: picking.Chosen,
) -> ConditionForm:
    return ConditionForm(
        request.POST or None,
        initial={**picking.initial(node, chosen), "revision": draft.revision},
        one=chosen.attribute,
        family=chosen.family,
        comparison=Comparison(chosen.comparison),
        is_optional=place[0] == "grants",
    )


@login_required
def draft_group(request: Request, draft_id: int, condition: str) -> HttpResponse:
    draft, tree = to_edit(request, draft_id)
    place = path_of(condition)
    node = standing(tree, place)
    junction = next((one for one in Junction.values if one in node), Junction.ANY_OF)
    initial = {
        **wording_of(node),
        "junction": junction,
        "revision": draft.revision,
    }
    form = GroupForm(
        request.POST or None, initial=initial, is_optional=place[0] == "grants"
    )

    def make() -> Tree:
        members = node.get(junction) or []
        made = {form.cleaned_data["junction"]: members, **form.wording()}
        return placed(tree, place, made)

    return row_page(
        request,
        draft,
        form,
        make,
        title=_("Group of conditions"),
        purpose=_("Conditions of which any, or all, must hold. Add them afterwards."),
    )


@login_required
def draft_grant(request: Request, draft_id: int, line: str) -> HttpResponse:
    """One line of the table of what is given."""
    draft, tree = to_edit(request, draft_id)
    place = path_of(line)
    node = standing(tree, place)
    period = (tree.get("grants") or {}).get("period") or Period.ONCE.value
    initial = {**picking.grant_initial(node, period), "revision": draft.revision}
    form = GrantForm(request.POST or None, initial=initial)

    def make() -> Tree:
        kept = {key: node[key] for key in ("when", "share") if key in node}
        changed = placed(tree, place, {**kept, **form.tree()})
        rows = changed["grants"]["rows"]
        changed["grants"] = {
            "period": form.cleaned_data["period"] or period,
            "rows": rows,
        }
        return {key: changed[key] for key in picking.in_order(changed)}

    return row_page(
        request,
        draft,
        form,
        make,
        title=_("Line of the table"),
        purpose=_(
            "What is given, to the first line whose conditions are met. Add its "
            "conditions afterwards; a line without any is for everybody else."
        ),
    )


@login_required
def draft_case(request: Request, draft_id: int, case: str) -> HttpResponse:
    """One worked case; its answer may be worked out, and is then looked at again."""
    draft, tree = to_edit(request, draft_id)
    place = path_of(case)
    node = standing(tree, place)
    rows = len((tree.get("grants") or {}).get("rows") or [])
    form = CaseForm(
        request.POST or None,
        initial={**picking.case_initial(node, request.now), "revision": draft.revision},
        keys=attributes_in(tree),
        rows=rows,
    )
    worked_out = ""
    if "work_out" in request.POST and form.is_valid():
        form, worked_out = picking.worked_out(form, draft, tree)
    elif request.POST and not request.POST.get("expect"):
        form.add_error("expect", _("Say what the document answers."))
    return row_page(
        request,
        draft,
        form,
        lambda: placed(tree, place, form.tree()),
        title=_("Worked case"),
        purpose=_("A person on a day, and what the document answers."),
        template="policy/draft_case.html",
        extra={"worked_out": worked_out},
    )


@login_required
@require_POST
def draft_move(request: Request, draft_id: int, row: str) -> HttpResponse:
    """Move a row up or down in its list, or take it out."""
    draft, tree = to_edit(request, draft_id)
    *way, last = path_of(row)
    rows = standing_list(tree, tuple(way))
    if not isinstance(last, int) or last >= len(rows):
        raise NotFound
    act = request.POST.get("act", "")
    if act == "remove":
        del rows[last]
    elif act in MOVES and 0 <= last + MOVES[act] < len(rows):
        rows.insert(last + MOVES[act], rows.pop(last))
    drafting.change_draft(
        draft_id=draft.pk,
        revision=picking.revision(request),
        tree=tree,
        actor=request.actor,
        now=request.now,
    )
    return redirect(draft_url(draft))


def standing_list(tree: Tree, path: Path) -> list[Any]:
    try:
        found = at(tree, path)
    except LookupError as missing:
        raise NotFound from missing
    if not isinstance(found, list):
        raise NotFound
    return found
