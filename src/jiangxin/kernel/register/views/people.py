"""People at the desk: the list, one person as of a day, register and change."""

from collections.abc import Container
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from jiangxin.foundation.actor import holds
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.parts import brought
from jiangxin.foundation.sealing import mask_bank_account, mask_id_number, mask_phone
from jiangxin.foundation.ui.components import Act, Crumb, Empty, Fact
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import answers_personal_list, listing_page
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.classifications import education_name, occupation_name
from jiangxin.kernel.register.forms.people import PersonChange, PersonNew, PersonTakeOn
from jiangxin.kernel.register.models import Organisation, Person, PersonDetails
from jiangxin.kernel.register.operations import people
from jiangxin.kernel.register.operations.people import PersonFacts
from jiangxin.kernel.register.queries import as_of
from jiangxin.kernel.register.queries.lookup import is_whole_number
from jiangxin.kernel.register.queries.search import people_matching
from jiangxin.kernel.register.queries.visibility import (
    get_person,
    organisations_visible_to,
    people_visible_to,
    visible_organisations_of,
)
from jiangxin.kernel.register.registry import PersonPanel
from jiangxin.kernel.register.rules import age_on
from jiangxin.kernel.register.views import histories
from jiangxin.kernel.register.views.acts import ActPage, act_page
from jiangxin.kernel.register.views.asking import day_asked, drawn
from jiangxin.kernel.register.views.people_listing import (
    people_listing,
    person_url,
    with_ties,
)
from jiangxin.kernel.register.views.sourcing import (
    beside,
    beside_account,
    beside_tie,
)

FIELDS = {
    "register.person_name_missing": "name",
    "register.id_number_wrong": "id_number",
    "register.person_known": "id_number",
    "register.no_such_person": "id_number",
    "register.phone_wrong": "phone",
    "register.not_an_employer": "employer",
    "register.works_there_already": "employer",
    "register.not_a_union": "union",
    "register.member_already": "union",
    "register.day_in_future": "effective_on",
    "register.day_too_early": "effective_on",
}


def people_crumb() -> Crumb:
    return Crumb(_("People"), reverse("register:person-list"))


@login_required
@answers_personal_list
def person_list(request: Request) -> HttpResponseBase:
    permissions.check_anywhere(request.actor, permissions.VIEW_PEOPLE)
    found = _person_by_number(request)
    if found is not None:
        return redirect(person_url(found))
    act = None
    if holds(request.actor, permissions.MANAGE_PEOPLE):
        act = Act(_("Register a person"), reverse("register:person-new"), "user-plus")
    elif holds(request.actor, permissions.IMPORT_ROSTERS):
        act = Act(_("Hand in a roster"), reverse("register:roster-new"), "upload")
    response = listing_page(
        request,
        people_listing(),
        queryset=with_ties(people_visible_to(request.actor)),
        title=_("People"),
        purpose=_(
            "Workers of your place: who they are, where they work, what they hold."
        ),
        act=act,
        empty=Empty(
            _("No people yet"),
            _("Hand in the roster of an employer, or register people one by one."),
            act,
            "users",
        ),
    )
    if is_whole_number(request.GET.get("q", "")):
        response.headers["HX-Push-Url"] = "false"  # keep it out of the history
    return response


def _person_by_number(request: Request) -> Person | None:
    """Return the one person whose whole ID number or phone was typed.

    Their page is shown instead of the list, because its address holds no number.
    """
    typed = request.GET.get("q", "")
    if "export" in request.GET or not is_whole_number(typed):
        return None
    found = people_matching(people_visible_to(request.actor), typed)[:2]
    return found[0] if len(found) == 1 else None


@login_required
@require_safe
def person_detail(request: Request, person_id: int) -> HttpResponse:
    person = get_person(Person.every.number_now(person_id), visible_to=request.actor)
    if person.pk != person_id:
        return redirect(person_url(person))
    on = day_asked(request)
    version = as_of.person_as_of(person, on)
    visible = visible_organisations_of(person, request.actor)
    context = {
        "person": person,
        "on": on,
        "is_past": on != today(request.now),
        "facts": _facts(person, version, on, visible) if version else [],
        "ties": histories.ties_of(person, on=on, visible=visible),
        "versions": histories.person_versions(as_of.versions_of_person(person)),
        "trail": histories.trail_of("person", person.pk),
        "panels": drawn(brought(PersonPanel), person.pk, on=on, request=request),
        "acts": _acts(person, request),
        "crumbs": [people_crumb(), Crumb(person.name)],
    }
    return page(request, "register/person_detail.html", context)


def _facts(
    person: Person, version: PersonDetails, on: date, visible: Container[int]
) -> list[Fact]:
    job = as_of.employment_on(person.pk, on)
    membership = as_of.membership_on(person.pk, on)
    account = as_of.bank_account_on(person.pk, on)
    born = _("%(day)s (%(age)s years)") % {
        "day": table_date(version.birth_on),
        "age": age_on(version.birth_on, on),
    }
    return [
        Fact(
            _("Name"),
            version.name,
            note=beside(version, "name", version.name_pinyin),
        ),
        Fact(
            person.get_id_type_display(),
            mask_id_number(person.id_number),
            note=beside(version, "id_number"),
        ),
        Fact(_("Sex"), version.get_sex_display(), note=beside(version, "sex")),
        Fact(_("Date of birth"), born, note=beside(version, "birth_on")),
        Fact(
            _("Mobile phone"),
            mask_phone(version.phone) if version.phone else "",
            note=beside(version, "phone") if version.phone else "",
        ),
        Fact(
            _("Education"),
            education_name(version.education) if version.education else "",
            note=beside(version, "education") if version.education else "",
        ),
        Fact(
            _("Employer"),
            job.organisation.name if job else "",
            note=job.organisation.region.name if job else "",
            url=histories.organisation_url(job.organisation_id, visible) if job else "",
        ),
        Fact(
            _("Occupation"),
            occupation_name(job.occupation) if job and job.occupation else "",
            note=beside_tie(job, job.post) if job else "",
        ),
        Fact(
            _("Union"),
            membership.union.name if membership else "",
            note=beside_tie(membership),
            url=histories.organisation_url(membership.union_id, visible)
            if membership
            else "",
        ),
        Fact(
            _("Bank account"),
            mask_bank_account(account.number) if account else "",
            note=beside_account(account),
        ),
        Fact(_("Person number"), str(person.pk)),
    ]


def _acts(person: Person, request: Request) -> list[Act]:
    if not permissions.can_manage_person(request.actor, person):
        return []
    labels = [
        ("register:person-change", _("Change details"), "pencil"),
        ("register:employment-start", _("Employment"), "briefcase"),
        ("register:union-join", _("Union membership"), "users-group"),
    ]
    return [
        Act(label, reverse(name, args=[person.pk]), icon)
        for name, label, icon in labels
    ]


@login_required
def person_new(request: Request) -> HttpResponse:
    permissions.check_anywhere(request.actor, permissions.MANAGE_PEOPLE)
    form = PersonNew(
        request.POST or None,
        organisations=_organisations(request),
        initial={"effective_on": today(request.now)},
    )

    def act(given: dict[str, Any]) -> Person:
        return people.register_person(
            id_number=given["id_number"],
            facts=form.facts(),
            employer_id=_pk(given["employer"]),
            union_id=_pk(given["union"]),
            occupation=given["occupation"],
            post=given["post"],
            effective_on=given["effective_on"],
            actor=request.actor,
            now=request.now,
        )

    return act_page(request, form, act, _shown_for_new(), url_after=person_url)


@login_required
def person_change(request: Request, person_id: int) -> HttpResponse:
    person = get_person(person_id, visible_to=request.actor)
    permissions.check_manage_person(request.actor, person)
    form = PersonChange(
        request.POST or None,
        initial={
            "name": person.name,
            "education": person.education,
            "effective_on": today(request.now),
        },
    )

    def act(given: dict[str, Any]) -> Person:
        return people.change_person(
            person_id=person.pk,
            facts=PersonFacts(
                given["name"], given["phone"] or person.phone, given["education"]
            ),
            effective_on=given["effective_on"],
            actor=request.actor,
            now=request.now,
        )

    return act_page(request, form, act, _shown_for_change(person))


@login_required
def person_take_on(request: Request) -> HttpResponse:
    permissions.check_anywhere(request.actor, permissions.MANAGE_PEOPLE)
    form = PersonTakeOn(
        request.POST or None,
        organisations=_organisations(request),
        initial={"valid_from": today(request.now)},
    )

    def act(given: dict[str, Any]) -> Person:
        return people.take_on_person(
            id_number=given["id_number"],
            name=given["name"],
            employer_id=given["employer"].pk,
            occupation=given["occupation"],
            post=given["post"],
            valid_from=given["valid_from"],
            actor=request.actor,
            now=request.now,
        )

    return act_page(request, form, act, _shown_for_taking_on(), url_after=person_url)


def _organisations(request: Request) -> QuerySet[Organisation]:
    return organisations_visible_to(request.actor, permissions.MANAGE_PEOPLE)


def _pk(organisation: object) -> int | None:
    return getattr(organisation, "pk", None)


def _shown_for_new() -> ActPage:
    return ActPage(
        title=_("Register a person"),
        purpose=_("One person at a time; many at once come with a roster."),
        submit=pgettext("to enter", "Register"),
        done=_("The person is registered."),
        back_url=reverse("register:person-list"),
        crumbs=[people_crumb(), Crumb(_("Register a person"))],
        fields=FIELDS,
    )


def _shown_for_change(person: Person) -> ActPage:
    return ActPage(
        title=_("Change details"),
        purpose=_("How it was before is kept and can be looked up for any day."),
        submit=_("Save"),
        done=_("The change is recorded."),
        back_url=person_url(person),
        crumbs=[people_crumb(), Crumb(person.name, person_url(person))],
        fields=FIELDS,
    )


def _shown_for_taking_on() -> ActPage:
    return ActPage(
        title=_("Take on a registered person"),
        purpose=_("For somebody who worked elsewhere and is in the register already."),
        submit=_("Take on"),
        done=_("The person works here now."),
        back_url=reverse("register:person-list"),
        crumbs=[people_crumb(), Crumb(_("Take on a registered person"))],
        fields={
            **FIELDS,
            "register.day_in_future": "valid_from",
            "register.day_too_early": "valid_from",
        },
    )
