"""Sites at the desk: the list, one site, open and close."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.ui.components import Act, Crumb, Empty, Fact
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import listing_page
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.forms.organisations import LastDay, SiteOpen
from jiangxin.kernel.register.models import Organisation, Site
from jiangxin.kernel.register.operations import sites
from jiangxin.kernel.register.queries.regions import open_regions_within, path_of
from jiangxin.kernel.register.queries.visibility import (
    get_organisation,
    get_site,
    sites_visible_to,
)
from jiangxin.kernel.register.views.acts import ActPage, act_page
from jiangxin.kernel.register.views.organisation_listing import (
    SITES,
    organisation_url,
    site_url,
)


def _crumb() -> Crumb:
    return Crumb(_("Sites"), reverse("register:site-list"))


@login_required
@require_safe
def site_list(request: Request) -> HttpResponseBase:
    permissions.check_anywhere(request.actor, permissions.VIEW_ORGANISATIONS)
    return listing_page(
        request,
        SITES,
        queryset=sites_visible_to(request.actor).select_related(
            "organisation", "region"
        ),
        title=_("Sites"),
        purpose=_("Bases, service stations, academies, studios and windows."),
        empty=Empty(
            _("No sites yet"),
            _("Open a site on the page of the organisation that keeps it."),
            icon="map-pin",
        ),
    )


@login_required
@require_safe
def site_detail(request: Request, site_id: int) -> HttpResponse:
    site = get_site(site_id, visible_to=request.actor)
    acts = []
    if site.valid_to is None and permissions.can_manage_organisation(
        request.actor, site.organisation
    ):
        url = reverse("register:site-close", args=[site.pk])
        acts.append(Act(_("Close"), url, "x"))
    facts = [
        Fact(_("Kind"), site.get_kind_display()),
        Fact(
            _("Organisation"),
            site.organisation.name,
            url=organisation_url(site.organisation),
        ),
        Fact(_("Region"), path_of(site.region_id)),
        Fact(_("Address"), site.address),
        Fact(_("Since"), site.valid_from),
        Fact(_("Closed on"), site.valid_to or _("Not closed")),
    ]
    context = {
        "site": site,
        "facts": facts,
        "acts": acts,
        "crumbs": [_crumb(), Crumb(site.name)],
    }
    return page(request, "register/site_detail.html", context)


@login_required
def site_open(request: Request, organisation_id: int) -> HttpResponse:
    organisation = get_organisation(organisation_id, visible_to=request.actor)
    permissions.check_manage_organisation(request.actor, organisation)
    form = SiteOpen(
        request.POST or None,
        regions=open_regions_within(request.actor, permissions.MANAGE_ORGANISATIONS),
        initial={
            "region": organisation.region_id,
            "valid_from": today(request.now),
        },
    )

    def act(given: dict[str, Any]) -> Site:
        return sites.open_site(
            organisation_id=organisation.pk,
            kind=given["kind"],
            name=given["name"],
            region_code=given["region"].pk,
            address=given["address"],
            valid_from=given["valid_from"],
            actor=request.actor,
            now=request.now,
        )

    return act_page(
        request, form, act, _shown_for_opening(organisation), url_after=site_url
    )


@login_required
def site_close(request: Request, site_id: int) -> HttpResponse:
    site = get_site(site_id, visible_to=request.actor)
    permissions.check_manage_organisation(request.actor, site.organisation)
    form = LastDay(request.POST or None, initial={"valid_to": today(request.now)})

    def act(given: dict[str, Any]) -> Site:
        return sites.close_site(
            site_id=site.pk,
            valid_to=given["valid_to"],
            actor=request.actor,
            now=request.now,
        )

    shown = ActPage(
        title=_("Close %(name)s") % {"name": site.name},
        submit=_("Close"),
        done=_("The site is closed."),
        back_url=site_url(site),
        crumbs=[_crumb(), Crumb(site.name, site_url(site)), Crumb(_("Close"))],
        fields={
            "register.day_in_future": "valid_to",
            "register.day_too_early": "valid_to",
        },
    )
    return act_page(request, form, act, shown)


def _shown_for_opening(organisation: Organisation) -> ActPage:
    return ActPage(
        title=_("Open a site"),
        purpose=organisation.name,
        submit=_("Open"),
        done=_("The site is open."),
        back_url=organisation_url(organisation),
        crumbs=[_crumb(), Crumb(_("Open a site"))],
        fields={
            "register.site_name_missing": "name",
            "register.region_unknown": "region",
            "register.day_in_future": "valid_from",
        },
    )
