"""Samples of what surrounds a matter at the window (see `tests/samples.py`)."""

from datetime import timedelta
from uuid import uuid4

from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.enums import Grade
from jiangxin.kernel.ratings.models import MatterRating, RatingFollowUp
from jiangxin.kernel.ratings.queries.invitations import token_of

SERVICE = "service_window.legal_person_first"
FOLLOW_UP = "ratings.follow_up_organisation"


def rating_records(firm, now):
    """Return a bad rating of the firm's settled matter that was called back about."""
    rated = _matter(firm, SERVICE, now, "330726202601050101")
    Matter.objects.filter(pk=rated.pk).update(state="granted", settled_at=now)
    unrated = _matter(firm, SERVICE, now, "330726202601050102")
    Matter.objects.filter(pk=unrated.pk).update(state="granted", settled_at=now)
    rating = MatterRating.objects.create(
        matter=rated,
        service=SERVICE,
        region_code=firm.region_id,
        organisation_code=firm.code,
        way="counter",
        set_version="1",
        grade=Grade.DISSATISFIED,
        dimensions={"manner": 1},
        comment="等了两个小时",
        rated_at=now,
        clerk_label="窗口小陈",
    )
    follow_up = _matter(firm, FOLLOW_UP, now, "330726202601050103")
    Matter.objects.filter(pk=follow_up.pk).update(step="put_right")
    RatingFollowUp.objects.create(
        rating=rating,
        matter=follow_up,
        called_back_at=now,
        called_back_by="评价专员",
        call_back="确实等了很久",
        facts="取号后等候过长",
    )
    return {"rating_id": rating.pk, "rating_token": token_of(unrated)}


def _matter(firm, service, now, number):
    return Matter.objects.create(
        service=service,
        number=number,
        token=uuid4(),
        inquiry_code="123456",
        organisation=firm,
        region_code=firm.region_id,
        organisation_code=firm.code,
        channel="window",
        state="accepted",
        version=3,
        begun_at=now - timedelta(days=2),
        touched_at=now,
        submitted_at=now - timedelta(days=2),
        accepted_at=now - timedelta(days=1),
    )
