"""The lists of organisations and of sites."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.foundation.web.listing import ChoiceFilter, Column, FlagFilter, Listing
from jiangxin.kernel.register.classifications import industry_name
from jiangxin.kernel.register.enums import OrganisationKind, Ownership, SiteKind
from jiangxin.kernel.register.models import Organisation, Site
from jiangxin.kernel.register.permissions import VIEW_ORGANISATIONS
from jiangxin.kernel.register.queries.lookup import organisations_matching
from jiangxin.kernel.register.views.finding import FoundBy, town_filter, yes_no_filter


def organisation_url(organisation: Organisation) -> str:
    return reverse("register:organisation-detail", args=[organisation.pk])


def site_url(site: Site) -> str:
    return reverse("register:site-detail", args=[site.pk])


ORGANISATIONS = Listing(
    key="organisations",
    columns=[
        Column(
            "name",
            pgettext_lazy("of no person", "Name"),
            sort=("name",),
            link=organisation_url,
        ),
        Column("kind", _("Kind"), value="get_kind_display", sort=("kind",)),
        Column("code", _("Organisation code"), sort=("code",)),
        Column("credit_code", _("Unified social credit code")),
        Column("region", _("Region"), value="region.name", sort=("region",)),
        Column(
            "industry",
            _("Industry"),
            value=lambda row: industry_name(row.industry) if row.industry else "",
        ),
        Column("is_above_scale", _("Above designated scale")),
        Column("closed_on", _("Closed on"), sort=("closed_on",)),
    ],
    filters=[
        FoundBy((), hint=_("Name or code"), find=organisations_matching),
        ChoiceFilter("kind", _("Kind"), OrganisationKind.choices),
        town_filter("region", VIEW_ORGANISATIONS),
        ChoiceFilter("ownership", _("Ownership"), Ownership.choices),
        FlagFilter("above", _("Above designated scale"), lookup="is_above_scale"),
        yes_no_filter("closed", _("Closed"), lambda: Q(closed_on__isnull=False)),
    ],
    sort="name",
    export=True,
    noun=_("organisations"),
)

SITES = Listing(
    key="sites",
    columns=[
        Column(
            "name", pgettext_lazy("of no person", "Name"), sort=("name",), link=site_url
        ),
        Column("kind", _("Kind"), value="get_kind_display", sort=("kind",)),
        Column(
            "organisation",
            _("Organisation"),
            value="organisation.name",
            sort=("organisation__name",),
        ),
        Column("region", _("Region"), value="region.name", sort=("region",)),
        Column("address", _("Address")),
        Column("valid_from", _("Since"), sort=("valid_from",)),
        Column("valid_to", _("Closed on"), sort=("valid_to",)),
    ],
    filters=[
        FoundBy(
            (),
            hint=_("Name or organisation"),
            find=lambda rows, text: rows.filter(
                Q(name__contains=text) | Q(organisation__name__contains=text)
            ),
        ),
        ChoiceFilter("kind", _("Kind"), SiteKind.choices),
        town_filter("region", VIEW_ORGANISATIONS),
        yes_no_filter("closed", _("Closed"), lambda: Q(valid_to__isnull=False)),
    ],
    sort="name",
    export=True,
    noun=_("sites"),
)
