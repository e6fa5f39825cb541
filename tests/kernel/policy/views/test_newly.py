"""The list that staff are led to when policies found people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.notices.models import NoticeChoice
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW

pytestmark = pytest.mark.django_db

# The list reads the clock of the day it is opened.
TODAY = today(timezone.now())
URL = reverse("policy:newly-served")
SKILLED = "craftsmen.highly_skilled_worker"
STAR = "craftsmen.star_technician"


@pytest.fixture(autouse=True)
def english(settings, monkeypatch):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def mill(db):
    return making.organisation("mill", at="331023101")


@pytest.fixture
def find(mill):
    def found(number, *, days_ago=0, at=mill, code=SKILLED, until=None, run=None):
        who = making.person(number)
        making.employ(who, at)
        on = TODAY - timedelta(days=days_ago)
        run = run or MatchRun.objects.create(reason="tests", on=on, at=NOW)
        PolicyMatch.objects.create(
            policy_code=code, person=who, valid_from=on, valid_to=until, gained_in=run
        )
        return who, run

    return found


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def names(page, *people):
    return [one.name for one in people if one.name in page]


def test_whom_any_policy_found_lately_is_listed(officer, find):
    first, _run = find(1)
    second, _run = find(2, code=STAR)
    gone, _run = find(3, until=TODAY)
    old, _run = find(4, days_ago=31)
    page = text(officer.get(URL))
    assert names(page, first, second, gone, old) == [first.name, second.name]
    assert "Organisation mill" in page


def test_matching_chosen_shows_all_it_found_however_long_ago(officer, find):
    other, _run = find(1)
    gone, run = find(2, days_ago=90, until=TODAY)
    page = text(officer.get(URL, {"run": run.pk}))
    assert names(page, other, gone) == [gone.name]
    assert "everybody" in page


@pytest.mark.parametrize("run", ["", "x", "9" * 30, "4040404"])
def test_matching_that_is_not_there_breaks_nothing(officer, find, run):
    find(1)
    text(officer.get(URL, {"run": run}))


def test_list_is_narrowed_by_policy_and_employer(officer, find):
    first, _run = find(1)
    second, _run = find(2, code=STAR)
    assert names(text(officer.get(URL, {"policy": STAR})), first, second) == [
        second.name
    ]
    assert names(text(officer.get(URL, {"employer": "farm"})), first, second) == []


def test_people_of_elsewhere_are_not_listed(signed_in, find):
    here, run = find(1)
    other = signed_in(Role.FEDERATION_OFFICER, region_code="330726")
    assert names(text(other.get(URL)), here) == []
    assert names(text(other.get(URL, {"run": run.pk})), here) == []


def test_worker_has_no_such_list(signed_in, find):
    worker = signed_in(Role.WORKER, person_id=find(1)[0].pk)
    assert worker.get(URL).status_code == 403


def test_desk_sees_who_does_not_wish_to_be_told(officer, find):
    all_of_them, _run = find(1)
    this_one, _run = find(2)
    another, _run = find(3)
    for who, subject in (
        (all_of_them, ""),
        (this_one, f"policy:{SKILLED}"),
        (another, f"policy:{STAR}"),
    ):
        NoticeChoice.objects.create(
            person=who,
            kind="policy.newly_served",
            subject=subject,
            is_wanted=False,
            at=NOW,
        )
    flag = "Does not wish to be told"
    assert text(officer.get(URL)).count(flag) == 2
    people = reverse("policy:policy-people", args=[SKILLED])
    assert text(officer.get(people)).count(flag) == 2
    for who, shown in ((this_one, True), (another, False)):
        url = reverse("policy:policy-person", args=[SKILLED, who.pk])
        assert (flag in text(officer.get(url))) == shown


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_however_long(
    officer, find, count, django_assert_num_queries
):
    _who, run = find(1)
    for number in range(2, count + 1):
        find(number, run=run)
    text(officer.get(URL))
    with django_assert_num_queries(8):
        officer.get(URL)
