"""The register of certificates as a list."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.ui.components import Tone
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
)
from jiangxin.kernel.register.models import Region
from jiangxin.programmes.service_window.enums import (
    CertificateKind,
    CertificateStanding,
)
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.queries.certificates import (
    certificates_visible_to,
    ending_within,
    lapsed,
    with_state,
)

TONES: dict[str, Tone] = {
    CertificateStanding.GOOD: "ok",
    CertificateStanding.EXPIRED: "bad",
    CertificateStanding.REPLACED: "off",
    CertificateStanding.CANCELLED: "off",
}
WHEN = (
    ("30", _("Ends within 30 days")),
    ("60", _("Ends within 60 days")),
    ("90", _("Ends within 90 days")),
    ("over", _("Its term is over")),
)


def certificate_url(certificate: UnionCertificate) -> str:
    return reverse("service_window:certificate-detail", args=[certificate.pk])


class Shown(NamedTuple):
    word: str
    tone: Tone


def _standing(certificate: UnionCertificate) -> Shown:
    standing = certificate.standing_on(today(timezone.now()))
    return Shown(str(standing.label), TONES[standing])


def _standing_word(certificate: UnionCertificate) -> str:
    return _standing(certificate).word


def narrow_by_end(
    rows: QuerySet[UnionCertificate], value: str
) -> QuerySet[UnionCertificate]:
    on = today(timezone.now())
    return lapsed(rows, on) if value == "over" else ending_within(rows, on, int(value))


def regions_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the places that have certificates."""
    actor = request.actor  # type: ignore[attr-defined]  # every request here has one
    codes = (
        certificates_visible_to(actor)
        .order_by()
        .values_list("organisation__region_id", flat=True)
        .distinct()
    )
    names = Region.objects.filter(pk__in=codes).order_by("pk")
    return [(str(pk), name) for pk, name in names.values_list("pk", "name")]


CERTIFICATES = Listing(
    key="union_certificates",
    columns=[
        Column("name", _("Union"), link=certificate_url, sort=("name",)),
        Column("number", _("Certificate number"), sort=("number",)),
        Column("kind", _("Kind"), "get_kind_display"),
        Column("legal_representative", _("Legal representative")),
        Column("region", _("Region"), "organisation.region.name"),
        Column("issued_on", _("Issued on"), sort=("issued_on",)),
        Column("valid_to", _("Valid to"), sort=("valid_to",)),
        Column(
            "standing",
            _("Standing"),
            _standing,
            template="service_window/_standing.html",
            export=_standing_word,
        ),
    ],
    filters=[
        Search(
            ("name__contains", "number__startswith", "credit_code__startswith"),
            hint=_("Union, number or credit code"),
        ),
        ChoiceFilter("kind", _("Kind"), CertificateKind.choices),
        ChoiceFilter(
            "standing",
            _("Standing"),
            CertificateStanding.choices,
            narrow=lambda rows, value: with_state(rows, value, today(timezone.now())),
        ),
        ChoiceFilter("ends", _("Term"), WHEN, narrow=narrow_by_end),
        ChoiceFilter(
            "region",
            _("Region"),
            regions_of,
            lookup="organisation__region__code__startswith",
        ),
        DateRangeFilter("issued", _("Issued on"), field="issued_on"),
    ],
    sort="valid_to",
    export=True,
    is_personal=True,
    noun=_("certificates"),
)
