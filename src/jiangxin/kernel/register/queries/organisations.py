"""Organisations: the unions above and below, and how many belong to one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Site,
)

# A wrong record could make a circle; the tree of unions has five levels.
HIGHEST = 12


@dataclass(frozen=True)
class Headcount:
    """How many belong to an organisation now; to an employer, through its unions."""

    employees: int
    members: int
    sites: int


def headcount(organisation_id: int) -> Headcount:
    open_now = {"valid_to__isnull": True}
    itself_and_its_unions = Organisation.objects.filter(
        Q(pk=organisation_id) | Q(employer=organisation_id)
    )
    return Headcount(
        employees=Employment.objects.filter(
            organisation=organisation_id, **open_now
        ).count(),
        members=Membership.objects.filter(
            union__in=itself_and_its_unions.values("pk"), **open_now
        ).count(),
        sites=Site.objects.filter(organisation=organisation_id, **open_now).count(),
    )


def unions_above(organisation: Organisation) -> Sequence[Organisation]:
    """Return the unions above one, highest first; of an employer, its unions' too."""
    above: list[Organisation] = []
    upper = organisation.upper
    while upper is not None and len(above) < HIGHEST:
        above.append(upper)
        upper = upper.upper
    return above[::-1]


def bodies_below(organisation: Organisation) -> QuerySet[Organisation]:
    """Return the open unions right below a union."""
    below = Organisation.objects.filter(upper=organisation, closed_on__isnull=True)
    return below.select_related("region").order_by("kind", "name", "pk")


def unions_of(employer: Organisation) -> QuerySet[Organisation]:
    """Return the open unions that belong to an employer."""
    unions = Organisation.objects.filter(employer=employer, closed_on__isnull=True)
    return unions.order_by("name", "pk")
