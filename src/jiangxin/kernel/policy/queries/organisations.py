"""Which organisations policies serve, as kept by the last matching."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.models import OrganisationMatch
from jiangxin.kernel.policy.permissions import VIEW
from jiangxin.kernel.policy.queries.matches import RECENT, Reach, reach
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.queries.visibility import (
    covers_everything,
    organisations_visible_to,
)


def organisation_matches_visible_to(actor: Actor) -> QuerySet[OrganisationMatch]:
    """Return the matches, open and ended, of organisations the actor may see."""
    if covers_everything(actor, VIEW):
        return OrganisationMatch.objects.all()
    visible = organisations_visible_to(actor, VIEW)
    return OrganisationMatch.objects.filter(organisation__in=visible.values("pk"))


def organisations_served(actor: Actor, policy_code: str) -> QuerySet[OrganisationMatch]:
    """Return which organisations a policy serves now."""
    found = organisation_matches_visible_to(actor).filter(
        policy_code=policy_code, valid_to__isnull=True
    )
    return found.select_related("organisation__region")


def reach_of_organisations(actor: Actor, on: date) -> Mapping[str, Reach]:
    """Return how many organisations each policy serves, or lately served."""
    since = on - RECENT
    is_open = Q(valid_to__isnull=True)
    rows = (
        organisation_matches_visible_to(actor)
        .filter(is_open | Q(valid_to__gte=since))
        .values("policy_code")
        .annotate(
            eligible=Count("pk", filter=is_open),
            gained=Count("pk", filter=is_open & Q(valid_from__gte=since)),
            lost=Count("pk", filter=Q(valid_to__gte=since)),
        )
    )
    return {
        row["policy_code"]: Reach(row["eligible"], row["gained"], row["lost"])
        for row in rows
    }


def reach_of_all(actor: Actor, on: date) -> Mapping[str, Reach]:
    """Return the reach of each policy, whether it speaks of people or organisations."""
    return {**reach(actor, on), **reach_of_organisations(actor, on)}


def get_organisation(organisation_id: int, *, visible_to: Actor) -> Organisation:
    """Return an organisation whose answers the actor may see. Raises NotFound."""
    visible = organisations_visible_to(visible_to, VIEW)
    found = visible.filter(pk=organisation_id).first()
    if found is None:
        raise NotFound
    return found


def history_of_organisation(
    organisation_id: int, policy_code: str
) -> QuerySet[OrganisationMatch]:
    """Return an organisation's matches with one policy, the latest first."""
    return OrganisationMatch.objects.filter(
        organisation=organisation_id, policy_code=policy_code
    ).order_by("-valid_from", "-pk")
