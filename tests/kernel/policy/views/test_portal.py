from datetime import date, timedelta

import pytest
from django.urls import reverse

from jiangxin.kernel.access.enums import Role
from tests.kernel.policy import making

URL = reverse("policy:entitlement-list")
SKILLED = "craftsmen.highly_skilled_worker"
FARMER = "talent_pools.countryside_maker"


@pytest.fixture
def worker(db):
    who = making.person(education="")
    making.employ(who, making.organisation("farm", industry="A0141", at="330781"))
    making.certify(who, 4)
    return who


def answers(response):
    return {one.policy.code: one for one in response.context["answers"]}


def test_worker_sees_what_serves_them_first_and_then_the_rest(signed_in, worker):
    response = signed_in(Role.WORKER, person_id=worker.pk).get(URL)
    shown = answers(response)
    near = [
        "eligible" if one.is_eligible else "one short" if one.ways else one.verdict
        for one in shown.values()
    ]
    first = ["eligible", "one short", "need_information", "not_eligible"]
    assert near == sorted(near, key=first.index)
    assert {"eligible", "need_information"} <= set(near)
    assert shown[SKILLED].verdict == "eligible"
    assert shown[FARMER].verdict == "need_information"
    assert [one.key for one in shown[FARMER].missing] == ["education"]
    folded = [one.policy.code for one in response.context["folded"]]
    assert "craftsmen.star_technician" in folded
    assert set(folded).isdisjoint(shown)
    page = response.content.decode()
    assert "职业技能等级达到高级工及以上" in page
    assert "学历在大专及以上" in page


def test_demonstration_is_called_one(signed_in, worker):
    making.join(worker, making.organisation("union", at="331023"))
    worker.employments.all().delete()
    response = signed_in(Role.WORKER, person_id=worker.pk).get(URL)
    assert answers(response)["craftsmen.star_technician"].policy.is_demonstration


def test_stranger_is_sent_to_sign_in(client, db):
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.FEDERATION_OFFICER, {"region_code": "331023"}, 403),
        (Role.WORKER, {}, 403),
        (Role.WORKER, {"person_id": 404}, 404),
    ],
)
def test_others_have_no_entitlements_of_their_own(signed_in, role, place, status):
    assert signed_in(role, **place).get(URL).status_code == status


def test_home_page_says_what_one_is_entitled_to(signed_in, worker):
    response = signed_in(Role.WORKER, person_id=worker.pk).get(
        reverse("access:portal-home")
    )
    page = response.content.decode()
    assert "高技能人才" in page
    assert URL in page


def test_worker_reads_when_an_answer_will_be_another(signed_in, worker):
    worker.education = "31"
    worker.save()
    response = signed_in(Role.WORKER, person_id=worker.pk).get(URL)
    turn = answers(response)[FARMER].turn
    # Born on 1 January 1990: 45 until the last day of 2035.
    assert "2035年12月31日" in turn
    assert "年龄在45周岁以下" in turn


def test_worker_reads_that_one_condition_is_short(signed_in, worker):
    worker.credentials.all().delete()
    making.certify(worker, 2)
    response = signed_in(Role.WORKER, person_id=worker.pk).get(URL)
    (way,) = answers(response)["craftsmen.highly_skilled_worker"].ways
    assert "高级工" in way
    assert "中级工" in way
    assert way in response.content.decode()


def test_worker_reads_what_is_given_and_by_which_line(signed_in, worker):
    worker.credentials.all().delete()
    making.certify(worker, 4, since=date.today() - timedelta(days=30))  # noqa: DTZ011 -- any day near this one will do
    making.join(worker, making.organisation("union", at="330781"))
    response = signed_in(Role.WORKER, person_id=worker.pk).get(URL)
    shown = answers(response)["craftsmen.skill_reward"]
    assert (shown.grant.row, shown.grant.title) == (2, "技师一次性奖励")
    assert "3,000" in shown.grant.amount
    assert shown.grant.amount in response.content.decode()
