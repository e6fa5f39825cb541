"""The plan of the quarter at the window: the page's figures, on days that were worked."""

from datetime import date, timedelta
from random import Random

import pytest

from jiangxin.demonstration import window
from jiangxin.demonstration.checking import FULL_PROXY
from jiangxin.demonstration.people import made_up_names
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.registry import service
from jiangxin.programmes.service_window.registry import FIRST
from jiangxin.programmes.service_window.rules import last_day


def test_the_quarter_has_the_pages_certificates():
    channels = [window._channel(number) for number in range(window.expected())]
    assert len(channels) > 120
    assert channels.count(Channel.PROXY) == FULL_PROXY == 25
    assert set(channels) == set(Channel)


@pytest.mark.django_db
def test_the_window_opens_on_working_days_of_the_quarter():
    first, last = window.listed(window.PLAN)["quarter"]
    moments = list(window._moments(window.expected()))
    assert moments == sorted(moments, key=lambda at: at.date())
    assert all(first <= at.date() <= last for at in moments)
    assert all(calendar().is_working_day(at.date()) for at in moments)
    assert len(set(moments)) == len(moments)


@pytest.mark.parametrize("on", [date(2026, 11, 23), date(2027, 2, 28)])
def test_some_terms_end_about_today_and_each_began_before_its_certificate(on):
    day = date(2023, 1, 3)
    begins = [window._term_began(number, day, on) for number in range(110)]
    assert all(one < day for one in begins)
    left = sorted((last_day(one, 5) - on).days for one in begins)
    assert left[0] < 0
    assert sum(0 <= days <= 90 for days in left) >= 3


def test_the_answers_are_those_of_the_service():
    answers = window._answers(FIRST, 3, "李明", date(2023, 1, 3), date(2026, 11, 23))
    fields = {one.key for one in service(FIRST).fields}
    assert answers.keys() <= fields


def test_what_lies_there_today_ends_in_ways_that_are_known():
    known = {"submitted", "accepted", "promised", *window._ENDS}
    entries = window.listed(window.PLAN)["open"]
    assert {one["until"] for one in entries} == known


@pytest.mark.django_db
def test_ago_counts_working_days(now):
    for days in range(1, 12):
        at = window.ago(days, now)
        worked = sum(
            calendar().is_working_day(at.date() + timedelta(days=n))
            for n in range(1, (today(now) - at.date()).days + 1)
        )
        assert worked <= days
        assert calendar().is_working_day(at.date())
    assert window.ago(0, now) < now


def test_made_up_names_are_whole_and_repeatable():
    names = made_up_names(50, Random(1))  # noqa: S311 -- repeatable on purpose
    assert names == made_up_names(50, Random(1))  # noqa: S311 -- repeatable on purpose
    assert all(2 <= len(name) <= 4 for name in names)
