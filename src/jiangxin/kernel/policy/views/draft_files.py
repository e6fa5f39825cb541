"""Policies as files: handing one in to begin a draft, and taking one along."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request
from jiangxin.kernel.policy import permissions
from jiangxin.kernel.policy.forms.drafts import FileForm
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.operations import drafting
from jiangxin.kernel.policy.queries import drafts
from jiangxin.kernel.policy.registry import attribute, families, policy
from jiangxin.kernel.policy.rules.writing import write_policy
from jiangxin.kernel.policy.views.draft_rows import draft_url
from jiangxin.kernel.register.views.acts import ActPage, act_page


@login_required
def draft_upload(request: Request) -> HttpResponse:
    """Begin a draft with a file; what is wrong in it is told with line and field."""
    permissions.check_see_drafts(request.actor)
    form = FileForm(request.POST or None, request.FILES or None)

    def begin(given: dict[str, Any]) -> PolicyDraft:
        return drafting.begin_from_file(
            text=form.text,
            file=given["file"].name,
            actor=request.actor,
            now=request.now,
        )

    return act_page(
        request,
        form,
        begin,
        _uploading(),
        url_after=draft_url,
        template="policy/draft_upload.html",
    )


def _uploading() -> ActPage:
    return ActPage(
        title=_("Hand in a policy file"),
        submit=_("Begin with this file"),
        done=_("The draft was begun with the file."),
        back_url=reverse("policy:draft-list"),
        purpose=_("A new policy, or a new version of one that is served."),
        crumbs=[
            Crumb(_("Policies"), reverse("policy:policy-list")),
            Crumb(_("Policies being written"), reverse("policy:draft-list")),
        ],
        fields={"policy.file_has_fault": "file", "policy.no_such_part": "file"},
    )


@login_required
@require_safe
def policy_file(request: Request, code: str) -> HttpResponse:
    """The policy that is served, as a file in the house format."""
    permissions.check_view_policies(request.actor)
    return _file(write_policy(policy(code), attribute, families()), code)


@login_required
@require_safe
def draft_file(request: Request, draft_id: int) -> HttpResponse:
    draft = drafts.get_draft(draft_id, visible_to=request.actor)
    if not draft.text:
        raise NotFound
    return _file(draft.text, draft.code)


def _file(text: str, code: str) -> HttpResponse:
    name = code.split(".", maxsplit=1)[-1]
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.yaml"'},
    )
