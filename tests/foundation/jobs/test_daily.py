from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.jobs import daily
from jiangxin.foundation.jobs.daily import Daily, Repeated, begin_due, last_due
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.operations import start
from tests.foundation.jobs import samples

AT = time(1, 30)
# 09:30 in the federation's calendar.
LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 -- hypothesis wants it naive
MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture
def one_daily(monkeypatch):
    brought = {Daily: [Daily(samples.refuse, AT)], Repeated: []}
    monkeypatch.setattr(daily, "brought", brought.__getitem__)


def begun():
    return Job.objects.filter(kind="tests.refuse").count()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (MORNING, datetime(2026, 11, 22, 17, 30, tzinfo=UTC)),
        # a minute before the hour it was yesterday's; at the hour it is today's
        (
            datetime(2026, 11, 23, 17, 29, tzinfo=UTC),
            datetime(2026, 11, 22, 17, 30, tzinfo=UTC),
        ),
        (
            datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
            datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
        ),
    ],
)
def test_the_hour_is_one_of_the_federations_calendar(now, due):
    assert last_due(AT, now) == due


@given(st.datetimes(timezones=st.just(UTC), min_value=LONG_AGO), st.times())
def test_the_last_hour_is_past_and_less_than_a_day_ago(now, at):
    due = last_due(at, now)
    assert timedelta(0) <= now - due < timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_daily")
def test_a_job_is_begun_once_a_day_by_the_platform_itself():
    assert begin_due(now=MORNING) == 1
    assert begin_due(now=MORNING + timedelta(hours=1)) == 0
    assert begin_due(now=MORNING + timedelta(days=1)) == 1
    assert begun() == 2
    assert set(Job.objects.values_list("created_by", flat=True)) == {None}


@pytest.mark.django_db
@pytest.mark.usefixtures("one_daily")
def test_days_that_were_missed_are_made_up_once():
    begin_due(now=MORNING)
    assert begin_due(now=MORNING + timedelta(days=5)) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("one_daily")
def test_what_a_person_began_does_not_stand_for_the_day(officer):
    start("tests.refuse", {}, actor=officer, now=MORNING)
    assert begin_due(now=MORNING) == 1


@pytest.mark.django_db
def test_the_register_is_matched_every_night():
    assert begin_due(now=MORNING) >= 1
    assert Job.objects.filter(kind="policy.match_all").count() == 1
