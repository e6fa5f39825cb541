"""Where a person works and belongs, at the desk: begin and end."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Act, Crumb
from jiangxin.foundation.web import Request
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.forms.organisations import LastDay
from jiangxin.kernel.register.forms.people import EmploymentStart, UnionJoin
from jiangxin.kernel.register.models import Employment, Membership, Person
from jiangxin.kernel.register.operations import ties
from jiangxin.kernel.register.queries.visibility import (
    get_person,
    organisations_visible_to,
)
from jiangxin.kernel.register.views.acts import ActPage, act_page
from jiangxin.kernel.register.views.people import FIELDS, people_crumb
from jiangxin.kernel.register.views.people_listing import person_url


@login_required
def employment_start(request: Request, person_id: int) -> HttpResponse:
    person = _managed(request, person_id)
    form = EmploymentStart(
        request.POST or None,
        organisations=organisations_visible_to(
            request.actor, permissions.MANAGE_PEOPLE
        ),
        initial={"valid_from": today(request.now)},
    )

    def act(given: dict[str, Any]) -> Employment:
        return ties.start_employment(
            person_id=person.pk,
            organisation_id=given["employer"].pk,
            occupation=given["occupation"],
            post=given["post"],
            valid_from=given["valid_from"],
            actor=request.actor,
            now=request.now,
        )

    job = Employment.objects.filter(person=person, valid_to__isnull=True).first()
    ending = _ending("register:employment-end", job, _("End the employment"))
    shown = _shown(person, _("Employment"), "valid_from", ending)
    return act_page(request, form, act, shown)


@login_required
def employment_end(request: Request, employment_id: int) -> HttpResponse:
    job = Employment.objects.filter(pk=employment_id).first()
    if job is None:
        raise NotFound
    person = _managed(request, job.person_id)

    def act(given: dict[str, Any]) -> Employment:
        return ties.end_employment(
            employment_id=employment_id,
            valid_to=given["valid_to"],
            actor=request.actor,
            now=request.now,
        )

    form = _last_day(request)
    return act_page(request, form, act, _shown(person, _("End the employment")))


@login_required
def union_join(request: Request, person_id: int) -> HttpResponse:
    person = _managed(request, person_id)
    form = UnionJoin(
        request.POST or None,
        organisations=organisations_visible_to(
            request.actor, permissions.MANAGE_PEOPLE
        ),
        initial={"valid_from": today(request.now)},
    )

    def act(given: dict[str, Any]) -> Membership:
        return ties.join_union(
            person_id=person.pk,
            union_id=given["union"].pk,
            valid_from=given["valid_from"],
            actor=request.actor,
            now=request.now,
        )

    open_one = Membership.objects.filter(person=person, valid_to__isnull=True).first()
    ending = _ending("register:union-leave", open_one, _("End the membership"))
    shown = _shown(person, _("Union membership"), "valid_from", ending)
    return act_page(request, form, act, shown)


@login_required
def union_leave(request: Request, membership_id: int) -> HttpResponse:
    membership = Membership.objects.filter(pk=membership_id).first()
    if membership is None:
        raise NotFound
    person = _managed(request, membership.person_id)

    def act(given: dict[str, Any]) -> Membership:
        return ties.leave_union(
            membership_id=membership_id,
            valid_to=given["valid_to"],
            actor=request.actor,
            now=request.now,
        )

    form = _last_day(request)
    return act_page(request, form, act, _shown(person, _("End the membership")))


def _managed(request: Request, person_id: int) -> Person:
    person = get_person(person_id, visible_to=request.actor)
    permissions.check_manage_person(request.actor, person)
    return person


def _last_day(request: Request) -> forms.Form:
    initial: dict[str, date] = {"valid_to": today(request.now)}
    return LastDay(request.POST or None, initial=initial)


def _ending(name: str, tie: Employment | Membership | None, label: str) -> Act | None:
    return Act(label, reverse(name, args=[tie.pk]), "x") if tie else None


def _shown(
    person: Person, title: str, day: str = "valid_to", other: Act | None = None
) -> ActPage:
    return ActPage(
        title=title,
        submit=_("Save"),
        done=_("The change is recorded."),
        back_url=person_url(person),
        other=other,
        crumbs=[people_crumb(), Crumb(person.name, person_url(person)), Crumb(title)],
        fields={
            **FIELDS,
            "register.day_in_future": day,
            "register.day_too_early": day,
        },
    )
