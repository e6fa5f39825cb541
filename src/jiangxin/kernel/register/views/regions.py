"""The administrative divisions, one level at a time."""

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import Column, Listing, Search, listing_page
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.models import Region
from jiangxin.kernel.register.queries.regions import (
    children_of,
    codes_above,
    get_region,
    names_of,
)


def _url(region: Region) -> str:
    return reverse("register:region-detail", args=[region.pk])


REGIONS = Listing(
    key="regions",
    columns=[
        Column("code", gettext_lazy("Division code"), sort=("code",)),
        Column(
            "name", pgettext_lazy("of no person", "Name"), sort=("name",), link=_url
        ),
        Column("level", gettext_lazy("Level"), value="get_level_display"),
        Column("valid_to", gettext_lazy("Closed on"), sort=("valid_to",)),
    ],
    filters=[Search(("name__contains", "code__startswith"))],
    sort="code",
    page_size=50,
    export=True,
    noun=gettext_lazy("regions"),
)


@login_required
@require_safe
def region_list(request: Request) -> HttpResponseBase:
    permissions.check_anywhere(request.actor, permissions.VIEW_ORGANISATIONS)
    return listing_page(
        request,
        REGIONS,
        queryset=children_of(""),
        title=_("Regions"),
        purpose=_("The administrative divisions that records lie in."),
        empty=Empty(
            _("No regions are loaded"),
            _("The operator loads them with `jiangxin register load-regions`."),
            icon="map-pin",
        ),
    )


@login_required
@require_safe
def region_detail(request: Request, region_code: str) -> HttpResponseBase:
    permissions.check_anywhere(request.actor, permissions.VIEW_ORGANISATIONS)
    region = get_region(region_code)
    names = names_of(codes_above(region_code))
    above = [
        Crumb(names[each], reverse("register:region-detail", args=[each]))
        for each in codes_above(region_code)[:-1]
        if each in names
    ]
    return listing_page(
        request,
        REGIONS,
        queryset=children_of(region_code),
        title=region.name,
        purpose=_("Division code %(code)s") % {"code": region_code},
        crumbs=[
            Crumb(_("Regions"), reverse("register:region-list")),
            *above,
            Crumb(region.name),
        ],
        empty=Empty(
            _("Nothing below"), _("The list goes no deeper here."), icon="map-pin"
        ),
    )
