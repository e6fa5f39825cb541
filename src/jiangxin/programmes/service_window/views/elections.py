"""Whose term ends when: the calendar of elections, and the renewal that follows."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.ui.components import Bar, Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.register.views.acts import ActPage, act_page
from jiangxin.programmes.service_window.forms import RenewForm
from jiangxin.programmes.service_window.models import (
    RenewalInvitation,
    UnionCertificate,
)
from jiangxin.programmes.service_window.operations.renewing import begin_renewal
from jiangxin.programmes.service_window.queries.certificates import (
    certificates_visible_to,
    ending_by_month,
    get_certificate,
    open_renewals,
    terms,
)
from jiangxin.programmes.service_window.rules import days_left
from jiangxin.programmes.service_window.views.certificates import (
    LIST,
    check_register,
    facts_of,
)
from jiangxin.programmes.service_window.views.listing import (
    WHEN,
    Shown,
    certificate_url,
    narrow_by_end,
    regions_of,
)

MONTHS = 12
YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


def _left(certificate: UnionCertificate) -> int:
    return days_left(certificate.valid_to, today(timezone.now()))


def _stage(certificate: UnionCertificate) -> Shown:
    left = _left(certificate)
    if left < 0:
        return Shown(_("Over: elect and renew"), "bad")
    if left <= 30:  # noqa: PLR2004 -- within which a certificate is renewed
        return Shown(_("Renew now"), "warn")
    if left <= 90:  # noqa: PLR2004 -- when unions are first invited
        return Shown(_("Hold the election"), "wait")
    return Shown(_("Later"), "off")


def _invited(certificate: UnionCertificate) -> str:
    """The latest invitation: on which day, and how long before the end."""
    latest = next(iter(certificate.invited), None)  # type: ignore[attr-defined]  # prefetched
    if latest is None:
        return ""
    said = {"day": table_date(latest.invited_at), "days": latest.days_before}
    return _("%(day)s (%(days)s days before)") % said


def _invited_filter(
    rows: QuerySet[UnionCertificate], value: str
) -> QuerySet[UnionCertificate]:
    return rows.filter(invitations__isnull=value == "no").distinct()


def _renewal_filter(
    rows: QuerySet[UnionCertificate], value: str
) -> QuerySet[UnionCertificate]:
    # A condition, since types know nothing of the list's own annotation.
    return rows.filter(Q(("renewal__isnull", value == "no")))


ELECTIONS = Listing(
    key="elections",
    columns=[
        Column("name", gettext_lazy("Union"), link=certificate_url, sort=("name",)),
        Column("region", gettext_lazy("Region"), "organisation.region.name"),
        Column("chair", gettext_lazy("Legal representative"), "legal_representative"),
        Column("valid_to", gettext_lazy("Term ends"), sort=("valid_to",)),
        Column(
            "left",
            gettext_lazy("Days left"),
            _left,
            align="end",
            unit=gettext_lazy("days"),
        ),
        Column(
            "stage",
            gettext_lazy("What is due"),
            _stage,
            template="service_window/_standing.html",
            export=lambda row: _stage(row).word,
        ),
        Column("invited", gettext_lazy("Invited"), _invited),
        Column("renewal", gettext_lazy("Renewal applied for"), "renewal"),
    ],
    filters=[
        Search(("name__contains",), hint=gettext_lazy("Union")),
        ChoiceFilter("ends", gettext_lazy("Term"), WHEN, narrow=narrow_by_end),
        ChoiceFilter(
            "invited", gettext_lazy("Invited"), YES_NO, narrow=_invited_filter
        ),
        ChoiceFilter(
            "renewal",
            gettext_lazy("Renewal applied for"),
            YES_NO,
            narrow=_renewal_filter,
        ),
        ChoiceFilter(
            "region",
            gettext_lazy("Region"),
            regions_of,
            lookup="organisation__region__code__startswith",
        ),
        DateRangeFilter("until", gettext_lazy("Term ends"), field="valid_to"),
    ],
    sort="valid_to",
    export=True,
    is_personal=True,
    noun=gettext_lazy("unions"),
)


@login_required
@answers_personal_list
def election_list(request: Request) -> HttpResponseBase:
    check_register(request.actor)
    rows = terms(certificates_visible_to(request.actor))
    number = open_renewals(OuterRef("organisation")).values("number")[:1]
    latest = RenewalInvitation.objects.order_by("-invited_at")
    prepared = rows.annotate(renewal=Subquery(number)).prefetch_related(
        Prefetch("invitations", queryset=latest, to_attr="invited")
    )
    return listing_page(
        request,
        ELECTIONS,
        queryset=prepared,
        title=_("Election calendar"),
        purpose=_(
            "Whose term ends when. The committee is elected first; the certificate is"
            " renewed within the last thirty days."
        ),
        crumbs=[Crumb(_("Election calendar"))],
        empty=Empty(_("No union with a term is on record here"), icon="calendar"),
        template="service_window/election_list.html",
        context={"months": _months(rows, today(request.now))},
    )


def _months(rows: QuerySet[UnionCertificate], on: date) -> list[Bar]:
    address = reverse("service_window:election-list")
    return [
        Bar(
            f"{first:%Y-%m}",
            count,
            f"{address}?until_from={first:%Y-%m-%d}&until_to={last:%Y-%m-%d}",
        )
        for first, last, count in ending_by_month(rows, on, MONTHS)
    ]


@login_required
def certificate_renew(request: Request, union_certificate_id: int) -> HttpResponse:
    """Where an invitation leads: one press begins the renewal, filled in already."""
    check_register(request.actor)
    certificate = get_certificate(union_certificate_id, visible_to=request.actor)
    form = RenewForm(request.POST or None)

    def act(given: dict[str, Any]) -> Matter:
        return begin_renewal(
            certificate_id=certificate.pk,
            token=given["token"],
            actor=request.actor,
            now=request.now,
        )

    return act_page(
        request,
        form,
        act,
        _renewal_page(certificate),
        url_after=lambda matter: reverse("matters:desk-fill", args=[matter.pk]),
        template="service_window/certificate_renew.html",
        extra={
            "facts": facts_of(certificate),
            "left": days_left(certificate.valid_to, today(request.now)),
        },
    )


def _renewal_page(certificate: UnionCertificate) -> ActPage:
    url = certificate_url(certificate)
    return ActPage(
        title=_("Renew the certificate"),
        purpose=certificate.name,
        submit=_("Begin the renewal"),
        done=_("It is filled in from the certificate. Look it over, then hand it in."),
        back_url=url,
        crumbs=[
            Crumb(_("Union certificates"), reverse(LIST)),
            Crumb(certificate.name, url),
            Crumb(_("Renew")),
        ],
    )
