"""Ratings as the office may see them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from jiangxin.foundation.actor import EVERYWHERE, Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.ratings import permissions
from jiangxin.kernel.ratings.models import MatterRating
from jiangxin.kernel.register.queries.visibility import within


def ratings_visible_to(
    actor: Actor, permission: str = permissions.VIEW
) -> QuerySet[MatterRating]:
    """Return the ratings of where the actor holds `permission`."""
    rows = MatterRating.objects.select_related("follow_up")
    scopes = actor.scopes(permission)
    if EVERYWHERE in scopes:
        return rows
    covered = Q(pk__in=())
    for scope in scopes:
        if scope.organisation_code:
            covered |= Q(organisation_code=scope.organisation_code)
        else:
            covered |= within(scope.region_code, "region_code")
    return rows.filter(covered)


def followed_by(actor: Actor) -> QuerySet[MatterRating]:
    """Return the ratings that the actor follows: none of their own work."""
    rows = ratings_visible_to(actor, permissions.FOLLOW)
    if actor.account_id is None:
        return rows
    return rows.exclude(clerk_account_id=actor.account_id)


def get_rating(rating_id: int, *, visible_to: Actor) -> MatterRating:
    """Raises NotFound, also for ratings of other places."""
    found = (
        ratings_visible_to(visible_to)
        .select_related("matter", "follow_up__matter")
        .filter(pk=rating_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def unanswered(rows: QuerySet[MatterRating]) -> QuerySet[MatterRating]:
    """Those whose rater waits for a reply."""
    return rows.filter(follow_up__isnull=False, follow_up__replied_at__isnull=True)


def count_unanswered(actor: Actor, now: datetime) -> int:
    del now  # waiting has no time of its own
    return unanswered(followed_by(actor)).count()
