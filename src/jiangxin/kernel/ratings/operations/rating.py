"""Giving a rating. A bad one opens a matter of its own, whose clock begins at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import randbelow
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import SYSTEM, Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.matters.enums import ActKind, Channel
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.door import Closing, close_door
from jiangxin.kernel.matters.operations.drafting import number_for
from jiangxin.kernel.matters.operations.services import keep_service
from jiangxin.kernel.matters.registry import service
from jiangxin.kernel.ratings import declared, permissions
from jiangxin.kernel.ratings.enums import Grade, RatingWay
from jiangxin.kernel.ratings.events import MatterRated
from jiangxin.kernel.ratings.models import MatterRating, RatingFollowUp
from jiangxin.kernel.ratings.queries.invitations import matter_of

FOLLOW_UPS = {True: "ratings.follow_up_organisation", False: "ratings.follow_up_person"}
LONGEST_COMMENT = 500


class NotYetSettled(Refused):
    code = "ratings.not_yet_settled"
    text = _("This matter is not settled yet. It can be rated when it is.")


class RatedAlready(Refused):
    code = "ratings.rated_already"
    text = _("This matter has been rated. A rating cannot be changed.")


class RatingClosed(Refused):
    code = "ratings.closed"
    text = _("A matter can be rated within %(days)s days after it was settled.")


class OfficeRatesNothing(Refused):
    code = "ratings.office_rates_nothing"
    text = _(
        "You work where this matter was handled, so you cannot rate it. Sign out and"
        " leave the page to the applicant."
    )


@dataclass(frozen=True)
class Given:
    """What somebody says. dimensions: {key: grade} of those that were answered."""

    grade: Grade
    dimensions: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""


def check_may_rate(actor: Actor, matter: Matter, now: datetime) -> None:
    """Raise the Refused that says why this matter cannot be rated now, by the actor."""
    if permissions.is_of_the_office(actor, matter):
        raise OfficeRatesNothing
    if matter.settled_at is None or matter.submitted_at is None:
        raise NotYetSettled
    if MatterRating.objects.filter(matter=matter).exists():
        raise RatedAlready
    days = declared.open_days(on=today(matter.settled_at))
    if today(now) > today(matter.settled_at) + timedelta(days=days):
        raise RatingClosed(days=days)


def way_of(matter: Matter) -> RatingWay:
    online = matter.channel == Channel.ONLINE
    return RatingWay.ONLINE if online else RatingWay.COUNTER


@opens_transaction
def rate_matter(
    *, token: str, given: Given, actor: Actor, now: datetime
) -> MatterRating:
    """Rate the matter that the token opens. Who did is not written down.

    Raises NotFound for a token that is none, OfficeRatesNothing, NotYetSettled,
    RatedAlready, RatingClosed.
    """
    found = matter_of(token)
    matter = Matter.objects.select_for_update().get(pk=found.pk)
    check_may_rate(actor, matter, now)
    way = way_of(matter)
    asked = declared.dimension_set(way, on=today(now))
    keys = {one.key for one in asked.dimensions}
    grades = {int(one) for one in Grade}
    rating = MatterRating.objects.create(
        matter=matter,
        service=matter.service,
        region_code=matter.region_code,
        organisation_code=matter.organisation_code,
        way=way,
        set_version=asked.version,
        grade=given.grade,
        dimensions={
            key: grade
            for key, grade in given.dimensions.items()
            if key in keys and grade in grades
        },
        comment=given.comment.strip()[:LONGEST_COMMENT],
        rated_at=now,
        clerk_account_id=matter.assigned_account_id,
        clerk_label=matter.assigned_label,
    )
    # By the platform: the trail does not say who rated, signed in or not.
    record(
        MatterRated(matter.service, int(given.grade), str(way), asked.version),
        subject=subject("rating", rating.pk),
        actor=SYSTEM,
        at=now,
    )
    if rating.is_bad:
        _open_follow_up(rating, now)
    return rating


@needs_transaction
def _open_follow_up(rating: MatterRating, now: datetime) -> RatingFollowUp:
    """Open the matter of a bad rating, accepted in the same moment."""
    rated = rating.matter
    wanted = service(FOLLOW_UPS[rated.organisation_id is not None])
    matter = Matter(
        service=wanted.code,
        service_version=keep_service(wanted),
        token=uuid4(),
        inquiry_code=f"{randbelow(10**6):06}",
        organisation_id=rated.organisation_id,
        person_id=rated.person_id,
        region_code=rated.region_code,
        organisation_code=rated.organisation_code,
        channel=Channel.ONLINE,
        begun_at=now,
        touched_at=now,
    )
    matter.answers = {"rating": str(rating)}
    matter.save()
    _close(matter, ActKind.BEGUN, now)
    matter.submitted_at = now
    matter.number = number_for(matter, now)
    _close(matter, ActKind.SUBMITTED, now)
    matter.accepted_at = now
    first = wanted.step_after("")
    matter.step = first.key if first else ""
    _close(matter, ActKind.ACCEPTED, now)
    return RatingFollowUp.objects.create(rating=rating, matter=matter)


def _close(matter: Matter, kind: ActKind, now: datetime) -> None:
    close_door(matter, kind, Closing(matter.version), actor=SYSTEM, now=now)
