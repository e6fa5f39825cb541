"""Editing what a policy goes with: exclusions, a shared ceiling, a quota."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _

from jiangxin.foundation.web import Request
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.forms.limits import CeilingForm, ExclusionForm, QuotaForm
from jiangxin.kernel.policy.rules.plain import Tree, path_of
from jiangxin.kernel.policy.views.draft_rows import (
    placed,
    row_page,
    standing,
    to_edit,
)
from jiangxin.kernel.policy.views.picking import in_order


@login_required
def draft_exclusion(request: Request, draft_id: int, exclusion: str) -> HttpResponse:
    """Other policies that are not given beside this one."""
    draft, tree = to_edit(request, draft_id)
    place = path_of(exclusion)
    form = ExclusionForm(
        request.POST or None,
        initial={**standing(tree, place), "revision": draft.revision},
        code=draft.code,
        subject=Subject(tree.get("subject") or Subject.PERSON),
    )
    return row_page(
        request,
        draft,
        form,
        lambda: _ordered(placed(tree, place, form.tree())),
        title=_("Not together with"),
        purpose=_("Policies of which nobody gets two, and which of them is given."),
    )


@login_required
def draft_ceiling(request: Request, draft_id: int) -> HttpResponse:
    draft, tree = to_edit(request, draft_id)
    node = tree.get("ceiling") or {}
    most = node.get("at_most")
    named = most.get("parameter") if isinstance(most, dict) else None
    initial = {
        **node,
        "amount": None if named else most,
        "parameter": named or "",
        "revision": draft.revision,
    }
    form = CeilingForm(request.POST or None, initial=initial)
    return row_page(
        request,
        draft,
        form,
        lambda: _with(tree, "ceiling", form.tree()),
        title=_("Shared ceiling"),
        purpose=_("The most that several policies give one person together."),
    )


@login_required
def draft_quota(request: Request, draft_id: int) -> HttpResponse:
    draft, tree = to_edit(request, draft_id)
    initial = {**(tree.get("quota") or {}), "revision": draft.revision}
    form = QuotaForm(request.POST or None, initial=initial, draft=tree)
    return row_page(
        request,
        draft,
        form,
        lambda: _with(tree, "quota", form.tree()),
        title=_("Quota"),
        purpose=_("How many are served in a time, and who comes first."),
    )


def _with(tree: Tree, key: str, node: Tree | None) -> Tree:
    """Return the draft with a term of its own, or without it."""
    changed: dict[str, Any] = {**tree, key: node}
    if node is None:
        del changed[key]
    return _ordered(changed)


def _ordered(tree: Tree) -> Tree:
    return {key: tree[key] for key in in_order(tree)}
