from datetime import date, timedelta

import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.queries.one_profile import profile_of
from jiangxin.kernel.policy.queries.profiles import profiles
from jiangxin.kernel.policy.registry import attribute, attributes
from jiangxin.kernel.register.models import Person, PersonPast
from tests.kernel.policy import making
from tests.kernel.policy.making import LONG_AGO, TODAY, leaf, policy
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db


def read(who, key, on=TODAY):
    people = Person.objects.filter(pk=who.pk)
    ((_pk, value),) = profiles(people, [attribute(key)], on)
    return value


def test_person_alone_has_only_their_own_values():
    who = making.person(birth_on=date(1980, 2, 29), sex="2", education="")
    keys = [key for key, one in attributes().items() if one.subject is Subject.PERSON]
    found = {key: read(who, key) for key in keys}
    assert found == {
        **dict.fromkeys(keys),
        "birth_on": date(1980, 2, 29),
        "sex": "2",
        "is_employed": False,
        "is_union_member": False,
        "holds_craftsman_title": False,
    }


def test_sex_that_is_not_known_or_not_stated_is_no_value():
    assert read(making.person(1, sex="0"), "sex") is None
    assert read(making.person(2, sex="9"), "sex") is None


def test_employer_is_that_of_the_day():
    who = making.person()
    farm = making.organisation("farm", industry="A0141", scale="micro", at="330781")
    mill = making.organisation("mill", industry="C1391", is_above_scale=True)
    making.employ(who, farm, until=date(2025, 6, 1), occupation="5-01-02-01")
    making.employ(who, mill, since=date(2025, 6, 1))
    assert read(who, "employer_industry", date(2025, 5, 31)) == "A0141"
    assert read(who, "employer_industry", date(2025, 6, 1)) == "C1391"
    assert read(who, "occupation", date(2025, 5, 31)) == "5-01-02-01"
    assert read(who, "occupation") is None
    assert read(who, "employer_is_above_scale") is True
    assert read(who, "employer_scale", date(2025, 5, 31)) == "micro"
    assert read(who, "is_employed") is True
    assert read(who, "is_employed", date(2019, 12, 31)) is False
    assert read(who, "employer_region", date(2025, 5, 31)) == "330781"


def test_of_two_jobs_that_overlap_the_later_one_counts():
    who = making.person()
    first = making.organisation("first", industry="A0141")
    second = making.organisation("second", industry="C1391")
    making.employ(who, first, until=TODAY + timedelta(days=9))
    making.employ(who, second, since=date(2026, 1, 1))
    assert read(who, "employer_industry") == "C1391"


def test_region_is_the_employers_or_else_the_unions():
    who = making.person()
    union = making.organisation("union", kind="grassroots_union", at="330324")
    making.join(who, union, since=date(2024, 1, 1))
    assert read(who, "region") == "330324"
    assert read(who, "is_union_member") is True
    assert read(who, "member_since") == date(2024, 1, 1)
    making.employ(who, making.organisation("mill", at="331023101"))
    assert read(who, "region") == "331023101"


def test_education_is_that_of_the_day():
    who = making.person(education="21", valid_from=date(2025, 7, 1))
    PersonPast.objects.create(
        person=who,
        name=who.name,
        sex="1",
        birth_on=who.birth_on,
        education="41",
        valid_from=LONG_AGO,
        valid_to=date(2025, 7, 1),
    )
    assert read(who, "education", date(2025, 6, 30)) == "41"
    assert read(who, "education", date(2025, 7, 1)) == "21"
    assert read(who, "education", date(2019, 1, 1)) is None


def test_grade_is_the_highest_in_force():
    who = making.person()
    assert read(who, "skill_grade") is None
    making.certify(who, 2)
    making.certify(who, 5, status="revoked")
    making.certify(who, 4, until=date(2025, 1, 1))
    making.certify(who, 7, since=TODAY + timedelta(days=1))
    assert read(who, "skill_grade") == 2
    assert read(who, "skill_grade", date(2024, 12, 31)) == 4


def test_profile_reads_what_the_policies_ask_in_one_query(
    django_assert_num_queries,
):
    who = making.person()
    making.certify(who, 3)
    asked = [
        policy(leaf("skill_grade", "at_least", 3), region="33"),
        policy(leaf("birth_on", "age_at_most", 45), leaf("skill_grade", "at_least", 4)),
    ]
    with django_assert_num_queries(1):
        found = profile_of(who.pk, asked, TODAY)
    assert found == {"region": None, "skill_grade": 3, "birth_on": date(1990, 1, 1)}


def test_profile_of_nobody_is_not_found():
    with pytest.raises(NotFound):
        profile_of(UNREACHED, [policy(leaf("skill_grade", "at_least", 3))], TODAY)
