from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.registry import policies
from jiangxin.kernel.privacy.models import PersonalDataExport
from tests.kernel.policy import making

SKILLED = "craftsmen.highly_skilled_worker"
STAR = "craftsmen.star_technician"


@pytest.fixture
def mill(db):
    return making.organisation("mill", is_above_scale=True, at="331023101")


@pytest.fixture
def skilled(mill):
    return worker(1, mill, grade=5)


@pytest.fixture
def unskilled(mill):
    return worker(2, mill, grade=1)


def worker(number, employer, *, grade):
    who = making.person(number)
    making.employ(who, employer)
    making.certify(who, grade)
    return who


def match():
    now = timezone.now()
    with transaction.atomic():
        operations.match_people(
            person_ids=None, on=today(now), actor=SYSTEM, now=now, reason="tests"
        )


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def people_url(code=SKILLED, **query):
    return reverse("policy:policy-people", args=[code], query=query)


def person_url(who, code=SKILLED, **query):
    return reverse("policy:policy-person", args=[code, who.pk], query=query)


def test_list_shows_each_policy_with_its_reach(officer, skilled):
    before = text(officer.get(reverse("policy:policy-list")))
    assert all(one.title.zh_hans in before for one in policies())
    match()
    response = officer.get(reverse("policy:policy-list"))
    lines = {line.policy.code: line.reach for line in response.context["lines"]}
    assert (lines[SKILLED].eligible, lines[SKILLED].gained) == (1, 1)
    assert (lines[STAR].eligible, lines[STAR].gained) == (0, 0)


def test_policy_reads_as_a_document(officer, skilled):
    match()
    page = text(officer.get(reverse("policy:policy-detail", args=[STAR])))
    assert "职业技能等级达到技师及以上" in page
    assert "第三条第一项（演示）" in page
    assert "规上企业的技师会员" in page
    assert "演示值" in page


@pytest.mark.parametrize("code", [one.code for one in policies()])
def test_every_policy_can_be_shown(officer, code):
    text(officer.get(reverse("policy:policy-detail", args=[code])))


def test_unknown_policy_is_not_found(officer):
    assert officer.get("/desk/policies/some.thing/").status_code == 404
    assert officer.get("/desk/policies/some.thing/people/").status_code == 404


def test_people_served_are_listed_with_their_employer(officer, skilled, unskilled):
    match()
    page = text(officer.get(people_url()))
    assert skilled.name in page
    assert unskilled.name not in page
    assert "Organisation mill" in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"employer": "mill"}, True),
        ({"employer": "farm"}, False),
        ({"region": "331023101"}, True),
        ({"since_from": "2000-01-01"}, True),
        ({"since_to": "2000-01-01"}, False),
        ({"q": "zhi"}, True),
    ],
)
def test_people_served_can_be_narrowed(officer, skilled, query, is_found):
    match()
    assert (skilled.name in text(officer.get(people_url(**query)))) == is_found


@pytest.mark.parametrize("count", [1, 3])
def test_people_served_cost_the_same_queries_however_many(
    officer, mill, count, django_assert_num_queries
):
    for number in range(count):
        worker(number, mill, grade=4)
    match()
    text(officer.get(people_url()))
    # One of them looks whether other policies were published meanwhile.
    with django_assert_num_queries(8):
        officer.get(people_url())


@pytest.mark.django_db(transaction=True)
def test_export_of_people_is_recorded(officer, skilled):
    match()
    response = officer.get(people_url(export="csv"))
    assert skilled.name in b"".join(response.streaming_content).decode("utf-8-sig")
    kept = PersonalDataExport.objects.get()
    assert (kept.list_key, kept.rows, kept.format) == ("policy-people", 1, "csv")


def test_answer_is_explained_for_one_who_is_served(officer, skilled):
    match()
    page = text(officer.get(person_url(skilled)))
    assert "职业技能等级达到高级工及以上" in page
    assert "人社部发〔2022〕14号" in page


def test_answer_is_explained_for_one_who_is_not(officer, unskilled):
    response = officer.get(person_url(unskilled))
    answer = response.context["answer"]
    assert answer.verdict == "not_eligible"
    assert [row.verdict for row in answer.rows] == ["not_met"]


def test_answer_can_be_asked_for_another_day(officer, skilled):
    response = officer.get(person_url(skilled, on="2021-01-01"))
    assert response.context["on"] == date(2021, 1, 1)
    assert response.context["answer"].why_not_applicable
    response = officer.get(person_url(skilled, on="soon"))
    assert response.context["on"] == today(timezone.now())


def test_history_tells_since_when_and_until_when(officer, skilled):
    match()
    skilled.credentials.update(status="revoked")
    match()
    assert len(officer.get(person_url(skilled)).context["history"]) == 2


def test_failing_condition_comes_first(officer, skilled):
    answer = officer.get(person_url(skilled, STAR)).context["answer"]
    assert [row.verdict for row in answer.rows] == ["not_met", "met", "met"]


PAGES = {
    "list": lambda who: reverse("policy:policy-list"),
    "detail": lambda who: reverse("policy:policy-detail", args=[SKILLED]),
    "people": lambda who: people_url(),
    "person": person_url,
}


@pytest.mark.parametrize("page", PAGES)
def test_stranger_is_sent_to_sign_in(client, skilled, page):
    response = client.get(PAGES[page](skilled))
    assert response.status_code == 302
    assert reverse("access:sign-in") in response.url


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR])
def test_role_without_the_permission_is_refused(signed_in, skilled, page, role):
    assert signed_in(role).get(PAGES[page](skilled)).status_code == 403


@pytest.mark.parametrize(
    ("role", "place", "sees"),
    [
        (Role.FEDERATION_LEADER, {"region_code": "3310"}, True),
        (Role.FEDERATION_LEADER, {"region_code": "330324"}, False),
        (Role.TOWN_UNION_CLERK, {"region_code": "331023101"}, True),
        (Role.TOWN_UNION_CLERK, {"region_code": "331023102"}, False),
        (Role.UNION_CLERK, {"organisation_code": "mill"}, True),
        (Role.UNION_CLERK, {"organisation_code": "other"}, False),
    ],
)
def test_people_are_shown_to_those_of_their_place(
    signed_in, skilled, role, place, sees
):
    match()
    client = signed_in(role, **place)
    assert (skilled.name in text(client.get(people_url()))) == sees
    assert client.get(person_url(skilled)).status_code == (200 if sees else 404)
    reach = client.get(reverse("policy:policy-detail", args=[SKILLED])).context["reach"]
    assert reach.eligible == (1 if sees else 0)
