"""What ratings add to the pages of matters."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.registry import guard_of
from jiangxin.kernel.ratings import permissions
from jiangxin.kernel.ratings.models import RatingFollowUp
from jiangxin.kernel.ratings.operations.rating import (
    RatedAlready,
    check_may_rate,
)
from jiangxin.kernel.ratings.queries.invitations import token_of


def applicant_panel(
    matter: Matter, actor: Actor, now: datetime
) -> Mapping[str, object] | None:
    """The way to rate, or to the reply; nothing before the matter is settled."""
    if guard_of(matter.service):
        return None
    try:
        check_may_rate(actor, matter, now)
    except RatedAlready:
        return {"token": token_of(matter), "is_rated": True}
    except Refused:
        return None
    return {"token": token_of(matter), "is_rated": False}


def desk_panel(
    matter: Matter, actor: Actor, now: datetime
) -> Mapping[str, object] | None:
    """The QR code to hold out to the applicant; whether they used it is not said."""
    del actor, now  # it is there for everybody, for as long as the matter is
    if matter.settled_at is None or matter.submitted_at is None:
        return None
    return None if guard_of(matter.service) else {"token": token_of(matter)}


def follow_up_panel(
    matter: Matter, actor: Actor, now: datetime
) -> Mapping[str, object] | None:
    """On the matter of a bad rating: the way to the rating."""
    del now
    rows = RatingFollowUp.objects.select_related("rating__matter")
    found = rows.filter(matter=matter).first()
    if found is None or not permissions.can_view(actor, found.rating):
        return None
    return {"url": reverse("ratings:rating-detail", args=[found.rating_id])}
