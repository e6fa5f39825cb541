"""A matter is rated once, by its applicant's side, without a name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    ChannelNotOffered,
    begin_matter,
)
from jiangxin.kernel.matters.queries.matters import (
    matters_of_applicant,
    matters_of_office,
)
from jiangxin.kernel.matters.registry import services
from jiangxin.kernel.ratings.enums import Grade
from jiangxin.kernel.ratings.models import MatterRating, RatingFollowUp
from jiangxin.kernel.ratings.operations.rating import (
    Given,
    NotYetSettled,
    OfficeRatesNothing,
    RatedAlready,
    RatingClosed,
    rate_matter,
)
from jiangxin.kernel.ratings.queries.invitations import matter_of, token_of
from tests.kernel.ratings.conftest import (
    CHAIR,
    CLERK,
    NOBODY,
    OFFICER,
    VIEWER,
    WINDOW,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("actor", [NOBODY, CHAIR])
def test_whoever_holds_the_address_rates_signed_in_or_not(rate, actor):
    rating = rate(Grade.VERY_SATISFIED, actor=actor, dimensions={"efficiency": 4})
    assert (rating.grade, rating.dimensions) == (5, {"efficiency": 4})
    assert rating.way == "online"
    assert rating.clerk_label == "窗口小陈"


@pytest.mark.parametrize("actor", [WINDOW, CLERK, OFFICER])
def test_nobody_of_the_office_rates(rate, actor):
    with pytest.raises(OfficeRatesNothing):
        rate(actor=actor)
    assert not MatterRating.objects.exists()


def test_a_matter_is_rated_once(rate):
    rate(Grade.SATISFIED)
    with pytest.raises(RatedAlready):
        rate(Grade.VERY_DISSATISFIED)
    assert MatterRating.objects.get().grade == Grade.SATISFIED


def test_the_database_itself_keeps_one_rating_a_matter(rate):
    first = rate()
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_what_is_not_settled_cannot_be_rated(accept, now):
    matter = accept()
    with pytest.raises(NotYetSettled):
        rate_matter(
            token=token_of(matter), given=Given(Grade.SATISFIED), actor=NOBODY, now=now
        )


def test_after_its_days_a_matter_cannot_be_rated(settled, now):
    with pytest.raises(RatingClosed):
        rate_matter(
            token=token_of(settled),
            given=Given(Grade.SATISFIED),
            actor=NOBODY,
            now=now + timedelta(days=31),
        )


@pytest.mark.parametrize("token", ["", "1", "1:abc", "x:y"])
def test_an_address_cannot_be_guessed(settled, token):
    with pytest.raises(NotFound):
        matter_of(token)


def test_one_address_does_not_open_another_matter(settled):
    signature = token_of(settled).partition(":")[2]
    with pytest.raises(NotFound):
        matter_of(f"{settled.pk + 1}:{signature}")


def test_only_dimensions_that_were_asked_about_are_kept(rate):
    rating = rate(dimensions={"guide": 3, "weather": 1, "platform": 9})
    assert rating.dimensions == {"guide": 3}


def test_the_trail_does_not_say_who_rated_nor_in_which_words(rate):
    rating = rate(Grade.DISSATISFIED, actor=CHAIR, comment="等了两个小时")
    event = events_of(f"rating:{rating.pk}").first()
    assert event.actor_label != CHAIR.label
    assert "两个小时" not in event.payload


def test_a_comment_is_sealed(rate):
    rate(comment="等了两个小时")
    with connection.cursor() as cursor:
        cursor.execute("SELECT comment FROM ratings_matterrating")
        (stored,) = cursor.fetchone()
    assert "两个小时".encode() not in bytes(stored)
    assert MatterRating.objects.get().comment == "等了两个小时"


@pytest.mark.parametrize("grade", [Grade.DISSATISFIED, Grade.VERY_DISSATISFIED])
def test_a_bad_rating_opens_a_matter_with_fifteen_working_days(rate, settled, grade):
    rating = rate(grade)
    matter = rating.follow_up.matter
    assert (matter.state, matter.step) == ("accepted", "call_back")
    assert matter.organisation_id == settled.organisation_id
    # Rated on Monday 2026-11-23: three weeks of five working days.
    assert matter.due_on.isoformat() == "2026-12-14"


@pytest.mark.parametrize(
    "grade", [Grade.FAIRLY_SATISFIED, Grade.SATISFIED, Grade.VERY_SATISFIED]
)
def test_any_other_rating_opens_nothing(rate, grade):
    rate(grade)
    assert not RatingFollowUp.objects.exists()


def test_a_follow_up_is_seen_only_by_those_who_follow(rate):
    matter = rate(Grade.DISSATISFIED).follow_up.matter
    assert matters_of_office(OFFICER).filter(pk=matter.pk).exists()
    for other in (WINDOW, CLERK, VIEWER):
        assert not matters_of_office(other).filter(pk=matter.pk).exists()
    assert not matters_of_applicant(CHAIR).filter(pk=matter.pk).exists()


def test_a_follow_up_is_not_rated_in_its_turn(rate):
    matter = rate(Grade.DISSATISFIED).follow_up.matter
    with pytest.raises(NotFound):
        matter_of(token_of(matter))


def test_nobody_applies_for_a_follow_up(firms, now):
    code = "ratings.follow_up_organisation"
    assert code not in {one.code for one in services()}
    wanted = Begun(code, uuid4(), organisation_id=firms.north_union.pk)
    with pytest.raises(ChannelNotOffered):
        begin_matter(wanted, actor=CHAIR, now=now)
