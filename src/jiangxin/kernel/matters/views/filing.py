"""Applying: choosing a service, beginning, filling in, handing in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.parts import brought
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.matters.enums import Channel, ServiceSubject
from jiangxin.kernel.matters.forms.filing import DeskBegin, OwnBegin
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.drafting import Begun, begin_matter
from jiangxin.kernel.matters.permissions import APPLY, FILE, HANDLE
from jiangxin.kernel.matters.queries.matters import get_filing
from jiangxin.kernel.matters.registry import OtherService, service, services
from jiangxin.kernel.matters.rules.service import Service
from jiangxin.kernel.matters.views.doors import DOORS, ApplicantDoor
from jiangxin.kernel.matters.views.filling import Filling
from jiangxin.kernel.matters.views.guides import guide_of
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.queries.visibility import (
    organisations_visible_to,
    people_visible_to,
)

FIELDS = {
    "matters.wrong_kind_of_organisation": "organisation",
    "matters.consent_missing": "agent_scope",
}


def _crumbs(door: ApplicantDoor, *more: Crumb) -> list[Crumb]:
    return [Crumb(_("Services"), door.url("services")), *more]


def _check(request: Request, door: ApplicantDoor) -> None:
    check_anywhere(request.actor, APPLY if door.key == "portal" else FILE)


def _offered(door: ApplicantDoor) -> list[Service]:
    """Return what is applied for at this door: at the portal, what is for people."""
    if door.key == "desk":
        return services()
    return [one for one in services() if one.subject is ServiceSubject.PERSON]


@login_required
@require_safe
def service_list(request: Request, door: str) -> HttpResponse:
    here = DOORS[door]
    _check(request, here)
    context = {
        "frame_template": here.frame,
        "services": [
            (say(one.title), say(one.summary), here.url("begin", one.code), one)
            for one in _offered(here)
        ],
        "others": [
            (one.title, one.summary, reverse(one.url_name), one.act)
            for one in brought(OtherService)
            if one.door == door
            and (not one.permission or request.actor.scopes(one.permission))
        ],
        "crumbs": [Crumb(_("Services"))],
        "filings_url": here.url("filings"),
    }
    return page(request, "matters/service_list.html", context)


@login_required
def begin(request: Request, door: str, service_code: str) -> HttpResponse:
    """The guide of a service, and the way to begin."""
    here = DOORS[door]
    _check(request, here)
    wanted = service(service_code)
    if wanted not in _offered(here):
        raise NotFound
    form = _form(request, here, wanted)
    if request.method == "POST" and form.is_valid():
        matter = _begin(request, wanted, form)
        if matter is not None:
            return redirect(here.url("fill", matter.pk))
    context = {
        "frame_template": here.frame,
        "form": form,
        "guide": guide_of(wanted),
        "crumbs": _crumbs(here, Crumb(say(wanted.title))),
        "back_url": here.url("services"),
    }
    return page(request, "matters/matter_begin.html", context)


def _form(request: Request, door: ApplicantDoor, wanted: Service) -> Any:
    if door.key == "portal":
        return OwnBegin(request.POST or None)
    return DeskBegin(
        request.POST or None,
        service=wanted,
        organisations=organisations_visible_to(request.actor, FILE),
        people=people_visible_to(request.actor),
        is_office=any(
            not one.organisation_code for one in request.actor.scopes(HANDLE)
        ),
    )


def _begin(request: Request, wanted: Service, form: Any) -> Matter | None:
    given = form.cleaned_data
    organisation, person = given.get("organisation"), given.get("person")
    begun = Begun(
        service=wanted.code,
        token=given["token"],
        channel=Channel(given.get("channel") or Channel.ONLINE),
        organisation_id=organisation.pk if organisation else None,
        person_id=person.pk if person else None,
        agent_scope=given.get("agent_scope", ""),
        has_consent=given.get("has_consent", False),
    )
    try:
        return begin_matter(begun, actor=request.actor, now=request.now)
    except Refused as refusal:
        name = FIELDS.get(refusal.code)
        form.add_error(name if name in form.fields else None, refusal.message)
        return None


@login_required
def fill(request: Request, door: str, matter_id: int) -> HttpResponse:
    """Type, hand in files, promise, submit. Whatever button is pressed, all is kept."""
    here = DOORS[door]
    matter = get_filing(matter_id, visible_to=request.actor)
    filling = Filling(request, matter)
    if not filling.is_open:
        return redirect(here.matter_url(matter))
    if request.method == "POST":
        done = filling.handle()
        if done:
            messages.success(request, done)
            return redirect(here.matter_url(matter))
        if filling.is_autosave:
            return page(request, "matters/_saved.html", filling.kept())
        if filling.goes_on:
            return redirect(here.url("fill", matter.pk))
    context = {
        **filling.shown(),
        "frame_template": here.frame,
        "matter_url": here.matter_url(matter),
        "delete_url": here.url("filing-delete", matter.pk),
        "crumbs": _crumbs(here, Crumb(say(filling.service.title))),
    }
    return page(request, "matters/matter_fill.html", context)
