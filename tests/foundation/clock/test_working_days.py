from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.clock.enums import DayKind
from jiangxin.foundation.clock.published import LAST_YEAR, exceptions_of, is_published
from jiangxin.foundation.clock.working_days import (
    DayCount,
    Deadline,
    WorkingCalendar,
    today,
)

PUBLISHED = WorkingCalendar()
FIRST_UNKNOWN = LAST_YEAR + 1

days = st.dates(date(2003, 6, 1), date(LAST_YEAR + 3, 12, 31))
calendars = st.builds(
    WorkingCalendar,
    table=st.dictionaries(days, st.booleans(), max_size=30),
    noticed_years=st.frozensets(
        st.integers(FIRST_UNKNOWN, FIRST_UNKNOWN + 2), max_size=2
    ),
)
ONE_DAY = timedelta(days=1)


def count_one_by_one(calendar, start, number):
    """The slow way: walk, and note each day that was looked at."""
    day, looked_at = start, []
    while number:
        day += ONE_DAY
        looked_at.append(day)
        if calendar.is_working_day(day):
            number -= 1
    return day, looked_at


# What the State Council's notices say, read from the notices themselves.
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2015, 9, 3), False),  # anniversary of the victory, that year only
        (date(2015, 9, 6), True),
        (date(2018, 12, 29), True),
        (date(2018, 12, 31), False),
        (date(2020, 1, 31), False),  # the extended Spring Festival
        (date(2020, 2, 1), False),
        (date(2023, 1, 27), False),
        (date(2023, 1, 28), True),
        (date(2023, 1, 29), True),
        (date(2023, 10, 7), True),
        (date(2023, 10, 8), True),
        (date(2024, 2, 4), True),
        (date(2024, 2, 9), True),  # New Year's Eve was not free in 2024
        (date(2024, 2, 18), True),
        (date(2024, 10, 12), True),
        (date(2025, 1, 26), True),
        (date(2025, 1, 28), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 28), True),
        (date(2026, 10, 10), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_the_library_agrees_with_the_notices(day, works):
    assert PUBLISHED.is_working_day(day) is works


@pytest.mark.parametrize(
    ("year", "working_days"),
    [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_a_published_year_has_as_many_working_days_as_it_should(year, working_days):
    count = PUBLISHED.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))
    assert count.days == working_days


def test_a_year_without_notice_falls_back_to_weekdays_and_says_so():
    new_year = date(FIRST_UNKNOWN, 1, 1)
    assert not PUBLISHED.is_known(new_year)
    assert exceptions_of(FIRST_UNKNOWN) == {}
    assert PUBLISHED.is_working_day(new_year) == (new_year.weekday() < 5)
    assert PUBLISHED.is_known(date(2026, 12, 31))
    assert not is_published(2003)


def test_the_table_goes_before_the_library():
    calendar = WorkingCalendar(table={date(2026, 2, 14): False})
    assert not calendar.is_working_day(date(2026, 2, 14))
    assert calendar.is_working_day(date(2026, 2, 28))


def test_a_loaded_notice_makes_its_year_known():
    calendar = WorkingCalendar(
        table={date(FIRST_UNKNOWN, 1, 1): False},
        noticed_years=frozenset({FIRST_UNKNOWN}),
    )
    assert calendar.is_known(date(FIRST_UNKNOWN, 6, 1))
    assert not calendar.is_working_day(date(FIRST_UNKNOWN, 1, 1))
    assert not calendar.add_working_days(date(FIRST_UNKNOWN, 1, 1), 5).is_provisional


def test_working_days_skip_a_holiday_and_count_a_make_up_saturday():
    # Friday; Saturday 14 is worked, 15 to 23 February is the Spring Festival.
    assert PUBLISHED.add_working_days(date(2026, 2, 13), 1).on == date(2026, 2, 14)
    assert PUBLISHED.add_working_days(date(2026, 2, 13), 2).on == date(2026, 2, 24)


def test_no_working_days_is_the_day_itself_or_the_next_worked():
    assert PUBLISHED.add_working_days(date(2026, 11, 20), 0).on == date(2026, 11, 20)
    assert PUBLISHED.add_working_days(date(2026, 11, 21), 0).on == date(2026, 11, 23)


@given(calendars, days, st.integers(1, 120))
def test_adding_agrees_with_counting_one_by_one(calendar, start, number):
    day, looked_at = count_one_by_one(calendar, start, number)
    deadline = calendar.add_working_days(start, number)
    assert deadline.on == day
    unknown = {d.year for d in looked_at if not calendar.is_known(d)}
    assert deadline.unknown_years == tuple(sorted(unknown))
    assert deadline.is_provisional == bool(unknown)


@given(calendars, days, st.integers(1, 120))
def test_counting_back_gives_what_was_added(calendar, start, number):
    deadline = calendar.add_working_days(start, number)
    counted = calendar.working_days_between(start, deadline.on)
    assert counted == DayCount(number, deadline.unknown_years)
    assert counted.is_provisional == deadline.is_provisional


@given(calendars, days, days)
def test_days_overdue_are_days_left_with_the_sign_turned(calendar, start, end):
    there = calendar.working_days_between(start, end)
    back = calendar.working_days_between(end, start)
    assert there.days == -back.days
    assert there.unknown_years == back.unknown_years


@given(calendars, days, st.integers(0, 60), st.integers(0, 60))
def test_more_days_never_end_earlier(calendar, start, fewer, more):
    fewer, more = sorted((fewer, more))
    assert (
        calendar.add_working_days(start, fewer).on
        <= calendar.add_working_days(start, more).on
    )


@given(calendars, days, st.integers(0, 120))
def test_natural_days_end_on_the_next_day_that_is_worked(calendar, start, number):
    last = start + timedelta(days=number)
    deadline = calendar.add_natural_days(start, number)
    assert calendar.is_working_day(deadline.on)
    between = [last + timedelta(days=n) for n in range((deadline.on - last).days)]
    assert not any(calendar.is_working_day(day) for day in between)
    looked_at = [*between, deadline.on]
    assert deadline.is_provisional == (not all(map(calendar.is_known, looked_at)))
    assert calendar.add_natural_days(start, number, rolls_forward=False) == Deadline(
        last
    )


def test_natural_days_move_past_the_spring_festival():
    # The last day is 15 February 2026, in the holiday of 15 to 23 February.
    deadline = PUBLISHED.add_natural_days(date(2026, 2, 5), 10)
    assert deadline == Deadline(date(2026, 2, 24))
    assert str(deadline) == "2026-02-24"


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 12, 15), 0, date(2025, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(start, months, last):
    assert PUBLISHED.add_months(start, months, rolls_forward=False).on == last


def test_a_month_that_ends_in_a_holiday_moves_forward():
    assert PUBLISHED.add_months(date(2026, 1, 17), 1).on == date(2026, 2, 24)


@pytest.mark.parametrize("add", ["add_working_days", "add_natural_days", "add_months"])
def test_a_deadline_never_lies_behind(add):
    with pytest.raises(ValueError, match="behind"):
        getattr(PUBLISHED, add)(date(2026, 1, 1), -1)


def test_today_is_the_federations_day():
    assert today(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert today(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    with pytest.raises(ValueError, match="no time zone"):
        today(datetime(2026, 11, 22))  # noqa: DTZ001 -- it is what is refused


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (date(2026, 10, 9), DayKind.WORKING, ""),
        (date(2026, 10, 10), DayKind.MAKE_UP, ""),
        (date(2026, 10, 11), DayKind.WEEKEND, ""),
        (date(2026, 10, 3), DayKind.WEEKEND, "国庆节"),
        (date(2026, 10, 1), DayKind.HOLIDAY, "国庆节"),
    ],
)
def test_a_day_says_why_it_is_worked_or_not(day, kind, name):
    assert PUBLISHED.kind_of(day) is kind
    assert PUBLISHED.name_of(day, "zh-hans") == name


def test_a_holiday_has_a_name_in_each_language_we_speak():
    assert PUBLISHED.name_of(date(2026, 10, 1), "en") == "National Day"
    assert PUBLISHED.name_of(date(2026, 10, 1), "de") == "National Day"


def test_a_holiday_that_is_only_projected_has_no_name():
    assert PUBLISHED.name_of(date(FIRST_UNKNOWN, 10, 1), "zh-hans") == ""


def test_a_loaded_notice_names_its_days_itself():
    day = date(2026, 10, 1)
    named = WorkingCalendar(table={day: False}, names={day: "国庆节、中秋节"})
    assert named.name_of(day, "en") == "国庆节、中秋节"
    unnamed = WorkingCalendar(table={day: True}, names={day: ""})
    assert unnamed.name_of(day, "zh-hans") == ""
