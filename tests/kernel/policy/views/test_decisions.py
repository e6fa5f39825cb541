"""Deciding at the desk: from a person's answer to the decision, its page and the list."""

from datetime import date

import pytest
from django.urls import reverse

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.models import FrozenAnswer, QuotaTaken
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW

RELIEF = "rights.hardship_relief"
HERE = "330726"
LIST = reverse("policy:decision-list")
GIVEN = {"decision": "granted", "remark": "经核实"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def poor(db):
    who = making.person()
    making.employ(who, making.organisation("mill", at=HERE))
    Credential.objects.create(
        person=who,
        kind="hardship_file",
        ladder="hardship",
        grade=3,
        valid_from=date(2026, 1, 1),
        recorded_at=NOW,
    )
    return who


@pytest.fixture
def here(signed_in):
    return signed_in(Role.FEDERATION_OFFICER, region_code=HERE)


def url(who, name="policy-decide"):
    return reverse(f"policy:{name}", args=[RELIEF, who.pk])


def text(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_an_officer_decides_from_the_answer_and_finds_it_in_the_list(here, poor):
    assert url(poor) in text(here.get(url(poor, "policy-person")))
    assert "名额还剩：" in text(here.get(url(poor)))
    answer = here.post(url(poor), GIVEN)
    kept = FrozenAnswer.objects.get()
    assert answer.url == reverse("policy:frozen-answer", args=[kept.pk])
    page = text(here.get(answer.url))
    assert "经核实" in page
    assert kept.decided_by in page
    assert "给予" in text(here.get(url(poor, "policy-person")))
    assert answer.url in text(here.get(LIST))
    assert answer.url not in text(here.get(f"{LIST}?decision=declined"))
    assert "已于" in text(here.get(url(poor)))


def test_a_refusal_stands_above_the_form(here, poor):
    here.post(url(poor), GIVEN)
    again = here.post(url(poor), GIVEN)
    assert again.context["form"].non_field_errors()
    assert FrozenAnswer.objects.count() == 1


def test_a_decision_without_a_reason_is_not_made(here, poor):
    answer = here.post(url(poor), {"decision": "granted", "remark": " "})
    assert list(answer.context["form"].errors) == ["remark"]


def test_who_only_looks_is_offered_no_decision(signed_in, poor):
    leader = signed_in(Role.FEDERATION_LEADER, region_code=HERE)
    assert url(poor) not in text(leader.get(url(poor, "policy-person")))
    assert leader.get(url(poor)).status_code == 403
    assert leader.post(url(poor), GIVEN).status_code == 403


def test_who_is_of_another_place_finds_neither_form_nor_decision(signed_in, poor, here):
    kept = here.post(url(poor), GIVEN).url
    other = signed_in(Role.FEDERATION_OFFICER, region_code="331023")
    assert other.get(url(poor)).status_code == 404
    assert other.get(kept).status_code == 404
    assert kept not in text(other.get(LIST))


def test_the_policy_and_the_person_are_told_what_is_left(here, poor, signed_in):
    policy_page = reverse("policy:policy-detail", args=[RELIEF])
    assert "名额还剩：" in text(here.get(policy_page))
    QuotaTaken.objects.create(
        policy_code=RELIEF,
        begins_on=date.today().replace(month=1, day=1),  # noqa: DTZ011 -- the server's clock
        people=9,
        fen=50_000_000,
    )
    assert "本期名额已用完" in text(here.get(policy_page))
    portal = signed_in(Role.WORKER, person_id=poor.pk)
    assert "本期名额已用完" in text(portal.get(reverse("policy:entitlement-list")))
