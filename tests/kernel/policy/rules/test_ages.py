from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.policy.rules.ages import (
    age_on,
    anniversary,
    first_day_past,
    latest_birth,
    months_after,
    months_before,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("birth_on", "day", "age"),
    [
        (date(1980, 6, 15), date(2025, 6, 14), 44),
        (date(1980, 6, 15), date(2025, 6, 15), 45),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(2026, 1, 1), date(2025, 12, 31), -1),
    ],
)
def test_age_is_counted_in_birthdays(birth_on, day, age):
    assert age_on(birth_on, day) == age


@given(day=st.dates(date(2050, 1, 1), date(2100, 12, 31)), years=st.integers(0, 149))
def test_latest_birth_is_the_last_day_that_makes_the_age(day, years):
    birth_on = latest_birth(day, years)
    assert age_on(birth_on, day) >= years
    assert age_on(birth_on + timedelta(days=1), day) < years


@given(
    birth_on=DAYS,
    day=st.one_of(DAYS, st.integers(2000, 2096).map(lambda y: date(y // 4 * 4, 2, 29))),
    years=st.integers(0, 120),
)
def test_being_of_an_age_is_being_born_by_its_latest_birth(birth_on, day, years):
    assert (age_on(birth_on, day) >= years) == (birth_on <= latest_birth(day, years))


@given(day=st.dates(date(1990, 1, 1), date(2040, 1, 1)), months=st.integers(0, 120))
def test_first_day_past_is_the_first_that_lies_beyond_the_months(day, months):
    past = first_day_past(day, months)
    assert months_before(past, months) > day
    assert months_before(past - timedelta(days=1), months) <= day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_month_that_is_too_short_ends_on_its_last_day(day, months, later):
    assert months_after(day, months) == later


@given(day=st.dates(date(1990, 1, 1), date(2040, 1, 1)), years=st.integers(0, 60))
def test_anniversary_is_the_first_day_of_so_many_years(day, years):
    on = anniversary(day, years)
    assert age_on(day, on) == years
    assert age_on(day, on - timedelta(days=1)) == years - 1
