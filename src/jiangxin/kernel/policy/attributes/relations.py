"""The rows beside a person that attributes read: the job and the membership of a day."""

from datetime import date

from django.db.models import FilteredRelation, Model, OuterRef, Q, Subquery

from jiangxin.kernel.policy.registry import Relation
from jiangxin.kernel.register.models import Employment, Membership


def _in_force(prefix: str, on: date) -> Q:
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def _latest(model: type[Model], on: date) -> Subquery:
    """Of several in force, the one begun last: corrected dates may overlap."""
    rows = model._default_manager.filter(_in_force("", on), person=OuterRef("pk"))
    return Subquery(rows.order_by("-valid_from", "-pk").values("pk")[:1])


JOB = Relation(
    "job",
    lambda on: FilteredRelation(
        "employments", condition=Q(employments__pk=_latest(Employment, on))
    ),
)
MEMBERSHIP = Relation(
    "membership",
    lambda on: FilteredRelation(
        "memberships", condition=Q(memberships__pk=_latest(Membership, on))
    ),
)
