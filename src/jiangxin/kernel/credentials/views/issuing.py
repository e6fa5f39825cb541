"""Issuing at the desk: one credential, its certificate, and what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request
from jiangxin.kernel.credentials import operations, permissions
from jiangxin.kernel.credentials.enums import IssueStatus
from jiangxin.kernel.credentials.forms import IssueChange, Reprint
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.queries import get_credential, get_issue
from jiangxin.kernel.credentials.views.listing import credential_url, holder_of
from jiangxin.kernel.register.views.acts import ActPage, act_page

# From which states, by which operation, under which name.
MOVES: dict[str, tuple[tuple[IssueStatus, ...], Callable[..., object], Text, str]] = {
    "suspend": (
        (IssueStatus.VALID,),
        operations.suspend_issue,
        gettext_lazy("Suspend this issue"),
        "clock",
    ),
    "resume": (
        (IssueStatus.SUSPENDED,),
        operations.resume_issue,
        gettext_lazy("Let this issue count again"),
        "refresh",
    ),
    "revoke": (
        (IssueStatus.VALID, IssueStatus.SUSPENDED),
        operations.revoke_issue,
        gettext_lazy("Revoke this issue"),
        "circle-x",
    ),
}


@login_required
@require_POST
def credential_issue(request: Request, credential_id: int) -> HttpResponse:
    credential = get_credential(credential_id, visible_to=request.actor)
    permissions.check_issue_credential(request.actor, credential)
    try:
        operations.issue_credential(
            credential_id=credential.pk, actor=request.actor, now=request.now
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It is issued. Make the certificate to hand out."))
    return redirect(credential_url(credential))


@login_required
def issue_print(request: Request, issue_id: int) -> HttpResponse:
    """Make the certificate; from the second copy on, ask for the reason."""
    issue = get_issue(issue_id, visible_to=request.actor)
    permissions.check_issue_credential(request.actor, issue.credential)
    form = Reprint(request.POST if "reason" in request.POST else None)
    if request.method == "POST" and (form.is_valid() or not issue.prints):
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        try:
            made = operations.print_certificate(
                issue_id=issue.pk, reason=reason, actor=request.actor, now=request.now
            )
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(credential_url(issue.credential))
        return pdf(made, f"certificate-{issue.public_id}.pdf")
    shown = ActPage(
        title=_("Make another copy"),
        purpose=_("Made %(count)s times so far. The copy says which one it is.")
        % {"count": issue.prints},
        submit=_("Make the certificate"),
        done="",
        back_url=credential_url(issue.credential),
        crumbs=_crumbs(issue, _("Make another copy")),
    )
    return act_page(request, form, lambda _given: None, shown)


@login_required
@require_safe
def issue_document(request: Request, issue_id: int) -> HttpResponse:
    """The signed credential as a file, for a wallet or another verifier."""
    issue = get_issue(issue_id, visible_to=request.actor)
    permissions.check_issue_credential(request.actor, issue.credential)
    name = f"credential-{issue.public_id}.json"
    return HttpResponse(
        issue.document,
        content_type="application/vc+json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
def issue_move(request: Request, issue_id: int, issue_act: str) -> HttpResponse:
    """Suspend, resume or revoke."""
    issue = get_issue(issue_id, visible_to=request.actor)
    if issue_act not in MOVES:
        raise NotFound
    permissions.check_revoke_credential(request.actor, issue.credential)
    _statuses, operation, label, _icon = MOVES[issue_act]
    return _act(request, issue, label, _("The change is recorded."), operation)


@login_required
def issue_again(request: Request, issue_id: int) -> HttpResponse:
    """Issue anew in the place of an issue, which says so from then on."""
    issue = get_issue(issue_id, visible_to=request.actor)
    permissions.check_issue_credential(request.actor, issue.credential)
    label = _("Issue anew")
    done = _("It is issued anew; the earlier one leads to it.")
    return _act(request, issue, label, done, operations.reissue_credential)


def _act(
    request: Request,
    issue: IssuedCredential,
    label: Text,
    done: str,
    operation: Callable[..., object],
) -> HttpResponse:
    form = IssueChange(request.POST or None)

    def act(given: dict[str, Any]) -> object:
        return operation(
            issue_id=issue.pk,
            reason=given["reason"],
            actor=request.actor,
            now=request.now,
        )

    shown = ActPage(
        title=label,
        purpose=f"{issue.credential} · {holder_of(issue.credential)}",
        submit=label,
        done=done,
        back_url=credential_url(issue.credential),
        crumbs=_crumbs(issue, label),
    )
    return act_page(request, form, act, shown)


def _crumbs(issue: IssuedCredential, title: Text) -> list[Crumb]:
    credential = issue.credential
    return [
        Crumb(_("Credentials"), reverse("credentials:credential-list")),
        Crumb(str(credential), credential_url(credential)),
        Crumb(title),
    ]


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a certificate to keep or to print; no cache keeps it."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
