"""The skills passport: what I hold, where I stand, and whom I show it to."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.parts import brought
from jiangxin.foundation.ui.components import Crumb, Step
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.enums import SkillGrade
from jiangxin.kernel.credentials.federation import federation
from jiangxin.kernel.credentials.forms import ShareNew
from jiangxin.kernel.credentials.models import PassportShare
from jiangxin.kernel.credentials.operations.bundling import passport_bundle
from jiangxin.kernel.credentials.operations.sharing import (
    digest,
    note_view,
    share_passport,
    withdraw_share,
)
from jiangxin.kernel.credentials.queries.passport import (
    held_by,
    highest_skill_grade,
    open_share,
    own_issue,
    shares_of,
    shown_by,
)
from jiangxin.kernel.credentials.registry import PassportPanel
from jiangxin.kernel.credentials.views.issuing import pdf
from jiangxin.kernel.credentials.views.limits import public_look_up
from jiangxin.kernel.credentials.views.showing import held_rows
from jiangxin.kernel.register.queries.visibility import get_own_person
from jiangxin.kernel.register.registry import PanelFor


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Skills passport"), reverse("credentials:passport")), *more]


@login_required
@require_safe
def passport(request: Request) -> HttpResponse:
    person = get_own_person(request.actor)
    on = today(request.now)
    held = held_by(person.pk, on)
    context = {
        "title": _("Skills passport"),
        "person": person,
        "rows": held_rows(held, on),
        "can_download": any(each.issue for each in held),
        "ladder": ladder(highest_skill_grade(person.pk, on)),
        "panels": _panels(request, person.pk),
        "shares": [_share(each, request) for each in shares_of(person.pk)],
    }
    return page(request, "credentials/passport.html", context)


def ladder(grade: int | None) -> list[Step]:
    """The eight grades, lowest first, with where one stands; on none, before all."""
    steps = []
    for each in SkillGrade:
        if grade is not None and each < grade:
            state: Any = "done"
        elif each == grade:
            state = "now"
        else:
            state = "next"
        steps.append(Step(str(each.label), state))
    return steps


def _panels(request: Request, person_id: int) -> list[SafeString]:
    """What parts above say of the way on, such as policies of the next step."""
    panel = PanelFor(request.actor, person_id, today(request.now), request.now)
    drawn = []
    for each in sorted(brought(PassportPanel), key=lambda one: one.order):
        context = each.context(panel)
        if context is not None:
            drawn.append(render_to_string(each.template, context, request))
    return drawn


def _share(share: PassportShare, request: Request) -> dict[str, Any]:
    works = share.withdrawn_at is None and share.ends_at > request.now
    return {
        "share": share,
        "works": works,
        "url": _link(share.token) if works else "",
        "views": share.views.order_by("-at")[:20],
    }


def _link(token: str) -> str:
    return federation().address + reverse("credentials:share-shown", args=[token])


@login_required
@require_safe
def own_certificate(request: Request, issue_id: int) -> HttpResponse:
    """The signed certificate of what was issued to me."""
    person = get_own_person(request.actor)
    issue = own_issue(issue_id, person.pk)
    made = operations.own_certificate(issue=issue, actor=request.actor, now=request.now)
    return pdf(made, f"certificate-{issue.public_id}.pdf")


@login_required
@require_POST
def passport_download(request: Request) -> HttpResponse:
    """All that was issued to me in one file, which is signed as a whole."""
    person = get_own_person(request.actor)
    held = [each for each in held_by(person.pk, today(request.now)) if each.issue]
    if not held:
        raise NotFound
    bundle = passport_bundle(
        [each.issue for each in held if each.issue],
        holder=person.name,
        actor=request.actor,
        now=request.now,
    )
    return HttpResponse(
        bundle,
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="skills-passport.zip"',
            "Cache-Control": "no-store",
        },
    )


@login_required
def share_new(request: Request) -> HttpResponse:
    """Choose what to show, for how long."""
    person = get_own_person(request.actor)
    held = held_by(person.pk, today(request.now))
    form = ShareNew(request.POST or None, credentials=[one.credential for one in held])
    if request.method == "POST" and form.is_valid():
        try:
            share_passport(
                credential_ids=form.cleaned_data["credentials"],
                purpose=form.cleaned_data["purpose"],
                days=form.cleaned_data["days"],
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The link is made. Copy it and send it."))
            return redirect(reverse("credentials:passport") + "#links")
    title = _("Show my passport")
    context = {"title": title, "form": form, "crumbs": _crumbs(Crumb(title))}
    return page(request, "credentials/share_new.html", context)


@login_required
@require_POST
def share_withdraw(request: Request, share_id: int) -> HttpResponse:
    withdraw_share(share_id=share_id, actor=request.actor, now=request.now)
    messages.success(request, _("The link shows nothing any more."))
    return redirect(reverse("credentials:passport") + "#links")


@public_look_up
@require_safe
def share_shown(request: Request, token: str) -> HttpResponse:
    """What a link shows to whoever has it; of them no more is kept than that it was."""
    try:
        share = open_share(digest(token), request.now)
    except NotFound:
        gone = {"title": _("This link shows nothing")}
        return page(request, "credentials/share_gone.html", gone, status=404)
    if request.method == "GET" and share.person_id != request.actor.person_id:
        note_view(share_id=share.pk, now=request.now)
    on = today(request.now)
    context = {
        "title": _("Skills passport of %(name)s") % {"name": share.person.name},
        "share": share,
        "rows": held_rows(shown_by(share, on), on),
    }
    return page(request, "credentials/share_shown.html", context)
