"""The rows beside a person that attributes read: the job and the membership of a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from jiangxin.kernel.policy.registry import Relation
from jiangxin.kernel.register.models import Employment, Membership

# Where what is on record of a person is corrected and added to.
PERSON_PAGE = "register:person-detail"


def in_force(prefix: str, on: date) -> Q:
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def _latest(rows: QuerySet[Any], on: date) -> Subquery:
    """Of several in force, the one begun last: corrected dates may overlap."""
    held = rows.filter(in_force("", on), person=OuterRef("pk"))
    return Subquery(held.order_by("-valid_from", "-pk").values("pk")[:1])


def days_of(rows: QuerySet[Any], on: date) -> Iterable[date]:
    """The days after `on` on which one of the rows begins or no longer holds."""
    for row in rows.values_list("valid_from", "valid_to"):
        yield from (day for day in row if day and day > on)


JOB = Relation(
    "job",
    lambda on: FilteredRelation(
        "employments",
        condition=Q(employments__pk=_latest(Employment.objects.all(), on)),
    ),
    lambda person_id, on: days_of(Employment.objects.filter(person=person_id), on),
)
MEMBERSHIP = Relation(
    "membership",
    lambda on: FilteredRelation(
        "memberships",
        condition=Q(memberships__pk=_latest(Membership.objects.all(), on)),
    ),
    lambda person_id, on: days_of(Membership.objects.filter(person=person_id), on),
)
