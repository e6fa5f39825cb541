"""What ends soon, at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.foundation.actor import Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.queries.expiring import (
    count_ending_soon,
    due,
    expiring,
)
from tests.kernel.credentials.views.test_desk import person, record
from tests.kernel.register.cast import OFFICER, SOUTH, Somebody
from tests.kernel.register.views.conftest import (
    auditor,
    clerk,
    now,
    officer,
    outsider,
    signed_in,
)

__all__ = [
    "auditor",
    "clerk",
    "now",
    "officer",
    "outsider",
    "person",
    "record",
    "signed_in",
]

SOUTHERNER = Somebody((Scope(SOUTH),))
URL = reverse("credentials:expiring-list")


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def ending(record):
    """Make a credential that ends so many days from today."""
    on = today(timezone.now())

    def make(days, **more):
        made = record(**more)
        Credential.objects.filter(pk=made.pk).update(
            valid_to=on + timedelta(days=days), valid_from=on - timedelta(days=800)
        )
        return made.pk

    return make


def found(choice=""):
    on = today(timezone.now())
    rows = expiring(OFFICER, on)
    return set((due(rows, choice, on) if choice else rows).values_list("pk", flat=True))


def test_what_ends_within_ninety_days_or_ended_within_a_year_is_shown(ending):
    within = {ending(days) for days in (-364, 0, 90)}
    outside = {ending(days) for days in (-365, 91)}
    assert found() == within
    assert not found() & outside


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("lapsed", {-1, 0}),
        ("30", {1, 30}),
        ("60", {1, 30, 31}),
        ("90", {1, 30, 31, 90}),
    ],
)
def test_the_radar_has_rings(ending, choice, expected):
    made = {days: ending(days) for days in (-1, 0, 1, 30, 31, 90)}
    assert found(choice) == {made[days] for days in expected}


def test_what_does_not_count_any_more_is_not_waited_for(ending):
    Credential.objects.filter(pk=ending(10)).update(status="revoked")
    assert found() == set()


def test_the_home_page_counts_the_innermost_ring_of_ones_places(ending):
    for days in (-1, 10, 40):
        ending(days)
    moment = timezone.now()
    assert count_ending_soon(OFFICER, moment) == 1
    assert count_ending_soon(SOUTHERNER, moment) == 0


def test_the_list_names_the_employer_and_narrows_by_it(officer, ending, firms):
    ending(10)
    name = firms.north.name
    assert name in officer.get(URL).text
    assert "王芳" in officer.get(URL, {"organisation": name}).text
    assert "王芳" not in officer.get(URL, {"organisation": "没有"}).text
    assert "王芳" not in officer.get(URL, {"due": "lapsed"}).text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "ends in 0 days"),
        (1, "ends in 1 day"),
        (-1, "ended 1 day ago"),
        (-5, "ended 5 days ago"),
    ],
)
def test_the_list_says_how_long_there_is_or_was(officer, ending, days, words):
    ending(days)
    assert words in officer.get(URL).text


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long(
    officer, ending, django_assert_max_num_queries, count
):
    for grade in range(1, count + 1):
        ending(grade, grade=grade)
    officer.get(URL)
    with django_assert_max_num_queries(7):
        officer.get(URL)


def test_others_places_are_not_shown(outsider, ending):
    ending(10)
    response = outsider.get(URL)
    assert response.status_code == 403 or "王芳" not in response.text


def test_an_empty_radar_says_so(officer):
    assert "Nothing ends soon" in officer.get(URL).text
