"""Attributes of families and of organisations, and how they change with time."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from jiangxin.kernel.credentials.enums import CredentialKind, Ladder
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.enums import Absence, Subject
from jiangxin.kernel.policy.queries.explanations import explanations_of_organisation
from jiangxin.kernel.policy.queries.one_profile import profile_of
from jiangxin.kernel.policy.queries.timelines import stretches_of, turns_of
from jiangxin.kernel.policy.registry import attribute, policies_about
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY, leaf, policy

pytestmark = pytest.mark.django_db

GRADE = "credential_grade__skill_certificate__36"
HONOURS = "credential_count__honour__2__60"


def graded(key):
    return leaf(key, "at_least", 3, Absence.NONE)


def honour(who, level, since, until=None):
    return Credential.objects.create(
        person=who,
        kind=CredentialKind.HONOUR,
        ladder=Ladder.HONOUR,
        grade=level,
        valid_from=since,
        valid_to=until,
        recorded_at=NOW,
    )


def read(who, key, on=TODAY, subject=Subject.PERSON):
    asked = [policy(leaf(key, "at_least", 1), subject=subject)]
    return profile_of(who.pk, asked, on, subject)[key]


def test_grade_counts_only_for_so_many_months():
    who = making.person()
    making.certify(who, 4, since=date(2023, 11, 22))
    making.certify(who, 2, since=date(2025, 1, 1))
    assert read(who, GRADE) == 4
    assert read(who, GRADE, TODAY + timedelta(days=1)) == 2
    assert read(who, GRADE, date(2028, 1, 2)) is None


def test_count_is_of_those_high_enough_and_recent_enough():
    who = making.person()
    honour(who, 2, date(2022, 1, 1))
    honour(who, 3, date(2023, 1, 1))
    honour(who, 1, date(2024, 1, 1))
    honour(who, 4, date(2020, 1, 1))
    assert read(who, HONOURS) == 2
    assert read(who, "credential_count__honour") == 4
    assert read(making.person(2), HONOURS) == 0


def test_lapsed_credentials_count_when_asked_for():
    who = making.person()
    honour(who, 2, date(2022, 1, 1), date(2023, 1, 1))
    assert read(who, "credential_count__honour") == 0
    assert read(who, "credential_count__honour__any__any__ever") == 1


def test_attribute_of_a_family_is_named_by_what_it_asks():
    with translation.override("en"):
        assert str(attribute(HONOURS).label) == (
            "Honour, number of (City level or above, got in the last 60 months)"
        )
    with pytest.raises(KeyError):
        attribute("no_family__honour")


def test_kind_without_grades_has_no_highest_one():
    with pytest.raises(ValueError, match="certificate"):
        attribute("credential_grade__certificate")


def test_organisation_has_a_profile_of_its_own():
    mill = making.organisation("mill", industry="C1391", scale="small")
    union = making.organisation("union", kind="grassroots_union")
    for number in (1, 2, 3):
        who = making.person(number)
        making.employ(who, mill)
        if number < 3:
            making.join(who, union)
    making.employ(making.person(4), mill, until=date(2025, 1, 1))
    organisation = Subject.ORGANISATION
    assert read(mill, "organisation_employees", subject=organisation) == 3
    assert read(mill, "organisation_members", subject=organisation) == 2
    assert read(mill, "organisation_industry", subject=organisation) == "C1391"
    assert read(union, "organisation_industry", subject=organisation) is None
    key = "organisation_credential_count__enterprise_rating"
    assert read(mill, key, subject=organisation) == 0


def test_organisation_gets_an_answer_from_each_policy_about_organisations():
    mill = making.organisation("mill", industry="C1391", is_above_scale=True)
    answers = {
        one.policy.code: one.verdict
        for one in explanations_of_organisation(mill.pk, on=TODAY)
    }
    assert set(answers) == {one.code for one in policies_about(Subject.ORGANISATION)}
    # Above scale, without an agreement and not rated.
    assert answers["wage_accords.invitation"] == "eligible"
    assert answers["skill_credit.enterprise_loan"] == "not_eligible"


def test_record_stands_still_until_a_day_that_is_on_it():
    who = making.person()
    making.certify(who, 3, until=date(2027, 5, 1))
    asked = [policy(leaf("skill_grade", "at_least", 3))]
    stretches = stretches_of(who.pk, asked, TODAY)
    assert [one.start for one in stretches] == [TODAY, date(2027, 5, 1)]
    assert [one.profile["skill_grade"] for one in stretches] == [3, None]


@pytest.mark.parametrize(
    ("condition", "on", "verdict"),
    [
        (graded("skill_grade"), date(2027, 5, 1), "not_eligible"),
        (graded(GRADE), date(2027, 5, 1), "not_eligible"),
        (leaf("is_employed", "is_true", True), date(2027, 2, 1), "not_eligible"),
        (leaf("member_since", "years_since_at_least", 2), date(2027, 3, 1), "eligible"),
        (leaf("skill_grade", "at_least", 4), None, None),
    ],
)
def test_next_turn_is_read_from_the_record(condition, on, verdict):
    who = making.person()
    making.certify(who, 3, since=date(2025, 1, 1), until=date(2027, 5, 1))
    making.employ(who, making.organisation("mill"), until=date(2027, 2, 1))
    union = making.organisation("union", kind="grassroots_union")
    making.join(who, union, since=date(2025, 3, 1))
    turn = turns_of(who.pk, [policy(condition)], TODAY).get("tests.some_policy")
    assert (turn and turn.on, turn and turn.verdict) == (on, verdict)


def test_grade_that_grows_too_old_turns_on_the_day_after_its_months():
    who = making.person()
    making.certify(who, 3, since=date(2024, 2, 29))
    asked = [policy(leaf(GRADE, "at_least", 3))]
    turn = turns_of(who.pk, asked, TODAY)["tests.some_policy"]
    assert turn.on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("before", "on", "passed"),
    [
        (date(2027, 2, 28), date(2027, 3, 1), True),
        (date(2027, 2, 1), date(2027, 4, 1), True),
        (date(2027, 2, 1), date(2027, 2, 28), False),
        (date(2027, 3, 1), date(2027, 3, 2), False),
    ],
)
def test_everybody_whose_credential_grows_too_old_is_told(before, on, passed):
    who = making.person()
    making.certify(who, 3, since=date(2024, 2, 29))
    found = list(attribute(GRADE).passes(before, on))
    assert found == ([who.pk] if passed else [])
    assert (read(who, GRADE, before) != read(who, GRADE, on)) is passed


def test_what_no_time_is_asked_of_does_not_grow_old():
    assert attribute("credential_count__honour").passes is None
