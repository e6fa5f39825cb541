"""Certificates of unions as those who look after them may see them."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jiangxin.foundation.actor import EVERYWHERE, Actor, Scope
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.models.matter import OPEN
from jiangxin.kernel.matters.permissions import FILE, VIEW
from jiangxin.kernel.register.enums import OrganisationKind
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.queries.visibility import within
from jiangxin.programmes.service_window.enums import (
    CertificateKind,
    CertificateStanding,
    CertificateState,
)
from jiangxin.programmes.service_window.models import (
    RenewalInvitation,
    UnionCertificate,
)
from jiangxin.programmes.service_window.registry import RENEWAL
from jiangxin.programmes.service_window.rules import INVITATIONS


def certificates_visible_to(actor: Actor) -> QuerySet[UnionCertificate]:
    """Return those where the actor looks after matters, and those of their own union."""
    found = UnionCertificate.objects.select_related("organisation__region")
    scopes = (*actor.scopes(VIEW), *own_scopes(actor))
    if EVERYWHERE in scopes:
        return found
    covered = Q(pk__in=())
    for scope in scopes:
        if scope.organisation_code:
            covered |= Q(organisation__code=scope.organisation_code)
        else:
            covered |= within(scope.region_code, "organisation__region_id")
    return found.filter(covered)


def own_scopes(actor: Actor) -> list[Scope]:
    """Return the organisations, not the regions, that the actor files for."""
    return [one for one in actor.scopes(FILE) if one.organisation_code]


def get_certificate(certificate_id: int, *, visible_to: Actor) -> UnionCertificate:
    """Raises NotFound, also for those of other places."""
    rows = certificates_visible_to(visible_to).select_related(
        "matter", "cancelled_by", "replaces", "credential"
    )
    found = rows.filter(pk=certificate_id).first()
    if found is None:
        raise NotFound
    return found


def history_of(certificate: UnionCertificate) -> list[UnionCertificate]:
    """Return all certificates of its union and kind, the latest first."""
    rows = UnionCertificate.objects.filter(
        organisation=certificate.organisation_id, kind=certificate.kind
    )
    related = rows.select_related("matter", "cancelled_by", "replaced_by__matter")
    return list(related.annotate(copies=Count("prints")).order_by("-issued_on", "-pk"))


def in_force(
    organisation_id: int, kind: str = CertificateKind.LEGAL_PERSON
) -> UnionCertificate | None:
    """Return the certificate that was neither replaced nor cancelled, over or not."""
    return UnionCertificate.objects.filter(
        organisation=organisation_id, kind=kind, state=CertificateState.VALID
    ).first()


def ending_within(
    rows: QuerySet[UnionCertificate], on: date, days: int
) -> QuerySet[UnionCertificate]:
    """Return those in force whose last day is at most so many days away."""
    return rows.filter(
        state=CertificateState.VALID,
        valid_to__gte=on,
        valid_to__lte=on + timedelta(days=days),
    )


def with_state(
    rows: QuerySet[UnionCertificate], standing: str, on: date
) -> QuerySet[UnionCertificate]:
    """Return those that stand so on a day: rules.standing as a condition."""
    if standing == CertificateStanding.GOOD:
        return rows.filter(state=CertificateState.VALID, valid_to__gte=on)
    if standing == CertificateStanding.EXPIRED:
        return lapsed(rows, on)
    return rows.filter(state=standing)


def to_invite(rows: QuerySet[UnionCertificate], on: date) -> QuerySet[UnionCertificate]:
    """Return those whose union was not invited yet for as few days as are left."""
    due = Q(pk__in=())
    later = -1
    for days in INVITATIONS:
        there = RenewalInvitation.objects.filter(
            certificate=OuterRef("pk"), days_before__lte=days
        )
        window = Q(
            valid_to__gt=on + timedelta(days=later), valid_to__lte=on + timedelta(days)
        )
        due |= window & ~Q(Exists(there))
        later = days
    return rows.filter(due, state=CertificateState.VALID)


def lapsed(rows: QuerySet[UnionCertificate], on: date) -> QuerySet[UnionCertificate]:
    return rows.filter(state=CertificateState.VALID, valid_to__lt=on)


def terms(rows: QuerySet[UnionCertificate]) -> QuerySet[UnionCertificate]:
    """Return those that last as long as a committee: a legal person's, in force or over."""
    return rows.filter(kind=CertificateKind.LEGAL_PERSON, state=CertificateState.VALID)


def ending_by_month(
    rows: QuerySet[UnionCertificate], on: date, months: int
) -> list[tuple[date, date, int]]:
    """Return the first and last day of so many months from `on`, and how many end there."""
    first = on.replace(day=1)
    days = Counter(
        rows.filter(valid_to__gte=first)
        .order_by()
        .values_list("valid_to__year", "valid_to__month")
    )
    found = []
    for _number in range(months):
        following = (first + timedelta(days=31)).replace(day=1)
        count = days[(first.year, first.month)]
        found.append((first, following - timedelta(days=1), count))
        first = following
    return found


def open_renewals(organisation: Any) -> QuerySet[Matter]:
    """Return the applications for renewal of an organisation that are not settled."""
    return Matter.objects.filter(
        OPEN, organisation=organisation, service=RENEWAL, submitted_at__isnull=False
    ).order_by("-submitted_at")


def with_number(text: str) -> UnionCertificate | None:
    """Return the latest certificate of a number or a credit code, for anyone who asks."""
    wanted = text.strip().upper()
    if not wanted:
        return None
    rows = UnionCertificate.objects.filter(Q(number=wanted) | Q(credit_code=wanted))
    return rows.order_by("-issued_on", "-pk").first()


def authority_of(organisation: Organisation) -> str:
    """Return the name of the lowest federation over a union, which registers it; or ""."""
    code = organisation.region_id
    prefixes = [code[:length] for length in (12, 9, 6, 4, 2)]
    found = Organisation.objects.filter(
        kind=OrganisationKind.FEDERATION, region__in=prefixes, closed_on__isnull=True
    )
    names = dict(found.order_by("-pk").values_list("region_id", "name"))
    return next((names[one] for one in prefixes if one in names), "")
