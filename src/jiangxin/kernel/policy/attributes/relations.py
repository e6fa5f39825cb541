"""The rows beside a person that attributes read: the job and the membership of a day."""

from datetime import date
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from jiangxin.kernel.policy.registry import Relation
from jiangxin.kernel.register.models import Employment, Membership


def _in_force(prefix: str, on: date) -> Q:
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def _latest(rows: QuerySet[Any], on: date) -> Subquery:
    """Of several in force, the one begun last: corrected dates may overlap."""
    held = rows.filter(_in_force("", on), person=OuterRef("pk"))
    return Subquery(held.order_by("-valid_from", "-pk").values("pk")[:1])


JOB = Relation(
    "job",
    lambda on: FilteredRelation(
        "employments",
        condition=Q(employments__pk=_latest(Employment.objects.all(), on)),
    ),
)
MEMBERSHIP = Relation(
    "membership",
    lambda on: FilteredRelation(
        "memberships",
        condition=Q(memberships__pk=_latest(Membership.objects.all(), on)),
    ),
)
