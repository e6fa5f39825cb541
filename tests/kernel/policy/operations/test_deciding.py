"""Deciding by what a policy says: who may, what is refused, and what a quota loses."""

from datetime import UTC, date, datetime

import pytest

from jiangxin.foundation.actor import SYSTEM, Scope
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.enums import Decision, Period
from jiangxin.kernel.policy.models import FrozenAnswer, QuotaTaken
from jiangxin.kernel.policy.operations import deciding
from jiangxin.kernel.policy.queries.frozen import decisions_visible_to, standing_grant
from jiangxin.kernel.policy.queries.quotas import remaining_of
from jiangxin.kernel.policy.registry import policy
from jiangxin.kernel.policy.rules.periods import begins_on
from jiangxin.kernel.policy.rules.settling import Remaining
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY
from tests.kernel.register.cast import Somebody

pytestmark = pytest.mark.django_db

# 500,000 yuan a year, to who has a hardship file at Pujiang.
RELIEF = "rights.hardship_relief"
HERE = "330726"
RIGHTS = frozenset({"policy.view", "policy.decide"})
OFFICER = Somebody((Scope(HERE),), permissions=RIGHTS)
NEXT_YEAR = datetime(2027, 3, 1, 2, tzinfo=UTC)


def poor(number=1, degree=3):
    who = making.person(number)
    making.employ(who, making.organisation(f"mill{number}", at=HERE))
    Credential.objects.create(
        person=who,
        kind="hardship_file",
        ladder="hardship",
        grade=degree,
        valid_from=date(2026, 1, 1),
        recorded_at=NOW,
    )
    return who


def decide(who, decision=Decision.GRANTED, *, actor=OFFICER, now=NOW):
    return deciding.decide(
        code=RELIEF,
        person_id=who.pk,
        decision=decision,
        remark="经核实",
        actor=actor,
        now=now,
    )


def left(on=TODAY):
    return remaining_of([policy(RELIEF)], on)[RELIEF].fen


def test_what_is_granted_is_kept_with_its_answer_and_taken_off_the_quota(db):
    who = poor()
    before = left()
    kept = decide(who)
    assert (kept.decision, kept.remark, kept.verdict) == (
        "granted",
        "经核实",
        "eligible",
    )
    assert before - left() == kept.content["grant"]["fen"] > 0
    assert events_of(f"person:{who.pk}")[0].kind == "policy.decided"
    assert standing_grant(policy(RELIEF), who.pk, TODAY) == kept


def test_the_next_year_has_a_quota_of_its_own():
    who = poor()
    whole = left()
    decide(who)
    assert left(date(2027, 1, 1)) == whole
    assert left(date(2026, 12, 31)) < whole


def test_what_is_declined_takes_no_place():
    before = left()
    assert decide(poor(), Decision.DECLINED).decision == "declined"
    assert left() == before


def test_nobody_is_granted_the_same_twice_in_a_period():
    who = poor()
    decide(who)
    with pytest.raises(deciding.GrantedAlready, match="2026-11-22"):
        decide(who)
    if policy(RELIEF).grants.period is Period.A_YEAR:
        assert decide(who, now=NEXT_YEAR).decision == "granted"


def test_what_is_taken_back_gives_its_place_back_and_may_be_granted_again():
    who = poor()
    before = left()
    with pytest.raises(deciding.NothingGranted):
        decide(who, Decision.TAKEN_BACK)
    decide(who)
    decide(who, Decision.TAKEN_BACK)
    assert left() == before
    assert standing_grant(policy(RELIEF), who.pk, TODAY) is None
    assert decide(who).decision == "granted"


def test_who_does_not_qualify_is_granted_nothing():
    who = making.person()
    making.employ(who, making.organisation("mill", at=HERE))
    with pytest.raises(deciding.NotServed):
        decide(who)
    assert not FrozenAnswer.objects.exists()
    assert not QuotaTaken.objects.filter(people__gt=0).exists()


def test_a_quota_that_is_used_up_grants_nothing_more():
    QuotaTaken.objects.create(
        policy_code=RELIEF, begins_on=date(2026, 1, 1), people=9, fen=49_999_999
    )
    with pytest.raises(deciding.QuotaUsedUp):
        decide(poor())
    assert QuotaTaken.objects.get().people == 9


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        (Somebody((Scope("3310"),), permissions=RIGHTS), NotFound),
        (
            Somebody((Scope(HERE),), permissions=frozenset({"policy.view"})),
            NotPermitted,
        ),
    ],
)
def test_only_officers_of_the_place_decide(actor, refusal):
    with pytest.raises(refusal):
        decide(poor(), actor=actor)


def test_decisions_are_listed_to_who_may_see_the_person():
    kept = decide(poor())
    assert list(decisions_visible_to(OFFICER)) == [kept]
    other = Somebody((Scope("3310"),), permissions=RIGHTS)
    assert list(decisions_visible_to(other)) == []
    assert list(decisions_visible_to(SYSTEM)) == [kept]


def test_a_period_begins_on_its_first_day():
    on, first = date(2026, 11, 22), date(2020, 5, 5)
    found = [begins_on(period, on, first=first) for period in Period]
    assert found == [first, date(2026, 1, 1), date(2026, 11, 1)]


def test_a_policy_without_a_quota_has_nothing_left_to_say(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert remaining_of([policy("volunteering.star_recognition")], TODAY) == {}


def test_a_quota_of_people_counts_people():
    found = remaining_of([policy("craftsmen.city_craftsman")], TODAY)
    assert found == {"craftsmen.city_craftsman": Remaining(30, None)}
