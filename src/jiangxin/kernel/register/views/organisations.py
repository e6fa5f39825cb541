"""Organisations at the desk: the list, one as of a day, register, change, close."""

from collections.abc import Container
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from jiangxin.foundation.actor import holds
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.parts import brought
from jiangxin.foundation.ui.components import Act, Crumb, Empty, Fact
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import listing_page
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.classifications import industry_name
from jiangxin.kernel.register.forms.organisations import (
    LastDay,
    OrganisationChange,
    OrganisationNew,
)
from jiangxin.kernel.register.models import Organisation, OrganisationDetails
from jiangxin.kernel.register.operations import organisations
from jiangxin.kernel.register.queries import as_of
from jiangxin.kernel.register.queries.organisations import (
    bodies_below,
    headcount,
    unions_above,
    unions_of,
)
from jiangxin.kernel.register.queries.regions import open_regions_within, path_of
from jiangxin.kernel.register.queries.visibility import (
    get_organisation,
    organisations_visible_to,
    visible_among,
)
from jiangxin.kernel.register.registry import OrganisationPanel
from jiangxin.kernel.register.views import histories
from jiangxin.kernel.register.views.acts import ActPage, act_page
from jiangxin.kernel.register.views.asking import day_asked, drawn
from jiangxin.kernel.register.views.organisation_listing import (
    ORGANISATIONS,
    organisation_url,
)

FIELDS = {
    "register.organisation_name_missing": "name",
    "register.organisation_code_not_allowed": "code",
    "register.organisation_code_taken": "code",
    "register.credit_code_wrong": "credit_code",
    "register.credit_code_taken": "credit_code",
    "register.region_unknown": "region",
    "register.upper_not_union": "upper",
    "register.upper_is_below": "upper",
    "register.employer_not_allowed": "employer",
    "register.day_in_future": "effective_on",
    "register.day_too_early": "effective_on",
}


def organisations_crumb() -> Crumb:
    return Crumb(_("Organisations"), reverse("register:organisation-list"))


@login_required
@require_safe
def organisation_list(request: Request) -> HttpResponseBase:
    permissions.check_anywhere(request.actor, permissions.VIEW_ORGANISATIONS)
    act = None
    if holds(request.actor, permissions.MANAGE_ORGANISATIONS):
        url = reverse("register:organisation-new")
        act = Act(_("Register an organisation"), url, "plus")
    return listing_page(
        request,
        ORGANISATIONS,
        queryset=organisations_visible_to(request.actor).select_related("region"),
        title=_("Organisations"),
        purpose=_(
            "Unions of every level, employers, schools, banks and public bodies."
        ),
        act=act,
        empty=Empty(
            _("No organisations yet"),
            _("Register unions and employers; rosters are handed in for them."),
            act,
            "building",
        ),
    )


@login_required
@require_safe
def organisation_detail(request: Request, organisation_id: int) -> HttpResponse:
    organisation = get_organisation(organisation_id, visible_to=request.actor)
    on = day_asked(request)
    version = as_of.organisation_as_of(organisation, on)
    above, unions = unions_above(organisation), unions_of(organisation)
    employers = [version.employer] if version and version.employer else []
    visible = visible_among([*above, *unions, *employers], request.actor)
    context = {
        "organisation": organisation,
        "on": on,
        "is_past": on != today(request.now),
        "facts": _facts(organisation, version, visible) if version else [],
        "count": headcount(organisation.pk),
        "people_url": _people_url(organisation),
        "above": above,
        "visible": visible,
        "below": bodies_below(organisation),
        "unions": unions,
        "sites": as_of.sites_on(organisation.pk, on),
        "versions": histories.organisation_versions(
            as_of.versions_of_organisation(organisation)
        ),
        "trail": histories.trail_of("organisation", organisation.pk),
        "panels": drawn(
            brought(OrganisationPanel), organisation.pk, on=on, request=request
        ),
        "acts": _acts(organisation, request),
        "crumbs": [organisations_crumb(), Crumb(organisation.name)],
    }
    return page(request, "register/organisation_detail.html", context)


def _people_url(organisation: Organisation) -> str:
    query = urlencode({"employer": organisation.code})
    return f"{reverse('register:person-list')}?{query}"


def _facts(
    organisation: Organisation, version: OrganisationDetails, visible: Container[int]
) -> list[Fact]:
    return [
        Fact(pgettext("of no person", "Name"), version.name),
        Fact(_("Kind"), organisation.get_kind_display()),
        Fact(_("Organisation code"), organisation.code),
        Fact(_("Unified social credit code"), organisation.credit_code),
        Fact(_("Region"), path_of(version.region_id)),
        Fact(
            _("Industry"), industry_name(version.industry) if version.industry else ""
        ),
        Fact(
            _("Scale"),
            version.get_scale_display(),
            note=_("Above designated scale") if version.is_above_scale else "",
        ),
        Fact(_("Ownership"), version.get_ownership_display()),
        *([_employer(version.employer, visible)] if organisation.is_union else []),
        Fact(_("Closed on"), organisation.closed_on or _("Not closed")),
    ]


def _employer(employer: Organisation | None, visible: Container[int]) -> Fact:
    label = _("Employer the union belongs to")
    if employer is None:
        return Fact(label, "")
    url = histories.organisation_url(employer.pk, visible)
    return Fact(label, employer.name, url=url)


def _acts(organisation: Organisation, request: Request) -> list[Act]:
    if organisation.closed_on or not permissions.can_manage_organisation(
        request.actor, organisation
    ):
        return []
    labels = [
        ("register:organisation-change", _("Change details"), "pencil"),
        ("register:site-open", _("Open a site"), "map-pin"),
        ("register:organisation-close", _("Close"), "x"),
    ]
    return [
        Act(label, reverse(name, args=[organisation.pk]), icon)
        for name, label, icon in labels
    ]


def _choices(request: Request) -> dict[str, Any]:
    key = permissions.MANAGE_ORGANISATIONS
    return {
        # A union's next higher one may lie above the place the actor manages.
        "organisations": Organisation.objects.all(),
        "regions": open_regions_within(request.actor, key),
    }


@login_required
def organisation_new(request: Request) -> HttpResponse:
    permissions.check_anywhere(request.actor, permissions.MANAGE_ORGANISATIONS)
    form = OrganisationNew(
        request.POST or None,
        initial={"effective_on": today(request.now)},
        **_choices(request),
    )

    def act(given: dict[str, Any]) -> Organisation:
        return organisations.register_organisation(
            kind=given["kind"],
            facts=form.facts(),
            code=given["code"],
            credit_code=given["credit_code"],
            effective_on=given["effective_on"],
            actor=request.actor,
            now=request.now,
        )

    shown = ActPage(
        title=_("Register an organisation"),
        submit=pgettext("to enter", "Register"),
        done=_("The organisation is registered."),
        back_url=reverse("register:organisation-list"),
        crumbs=[organisations_crumb(), Crumb(_("Register an organisation"))],
        fields=FIELDS,
    )
    return act_page(request, form, act, shown, url_after=organisation_url)


@login_required
def organisation_change(request: Request, organisation_id: int) -> HttpResponse:
    organisation = get_organisation(organisation_id, visible_to=request.actor)
    permissions.check_manage_organisation(request.actor, organisation)
    form = OrganisationChange(
        request.POST or None,
        initial={
            **{name: getattr(organisation, name) for name in _SAME_NAMED},
            "region": organisation.region_id,
            "upper": organisation.upper.code if organisation.upper else "",
            "employer": organisation.employer.code if organisation.employer else "",
            "effective_on": today(request.now),
        },
        **_choices(request),
    )

    def act(given: dict[str, Any]) -> Organisation:
        return organisations.change_organisation(
            organisation_id=organisation.pk,
            facts=form.facts(),
            effective_on=given["effective_on"],
            actor=request.actor,
            now=request.now,
        )

    return act_page(request, form, act, _shown_for_change(organisation))


_SAME_NAMED = ("name", "industry", "scale", "is_above_scale", "ownership")


@login_required
def organisation_close(request: Request, organisation_id: int) -> HttpResponse:
    organisation = get_organisation(organisation_id, visible_to=request.actor)
    permissions.check_manage_organisation(request.actor, organisation)
    form = LastDay(request.POST or None, initial={"valid_to": today(request.now)})

    def act(given: dict[str, Any]) -> Organisation:
        return organisations.close_organisation(
            organisation_id=organisation.pk,
            closed_on=given["valid_to"],
            actor=request.actor,
            now=request.now,
        )

    shown = ActPage(
        title=_("Close %(name)s") % {"name": organisation.name},
        purpose=_("It is kept with its history; nobody can be tied to it any more."),
        submit=_("Close"),
        done=_("The organisation is closed."),
        back_url=organisation_url(organisation),
        crumbs=_crumbs(organisation, _("Close")),
        fields={
            "register.day_in_future": "valid_to",
            "register.day_too_early": "valid_to",
        },
    )
    return act_page(request, form, act, shown)


def _crumbs(organisation: Organisation, last: str) -> list[Crumb]:
    here = Crumb(organisation.name, organisation_url(organisation))
    return [organisations_crumb(), here, Crumb(last)]


def _shown_for_change(organisation: Organisation) -> ActPage:
    return ActPage(
        title=_("Change details"),
        purpose=_("How it was before is kept and can be looked up for any day."),
        submit=_("Save"),
        done=_("The change is recorded."),
        back_url=organisation_url(organisation),
        crumbs=_crumbs(organisation, _("Change details")),
        fields=FIELDS,
    )
