from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.counter.rules.periods import (
    after,
    before,
    month_of,
    period_of,
    periods_to_choose,
    quarter_of,
)

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(days)
def test_a_day_lies_in_its_month_and_its_quarter(day):
    for period in (month_of(day), quarter_of(day)):
        assert period.first <= day <= period.last
        assert period_of(period.key) == period


@given(days)
def test_months_follow_one_another_without_a_gap(day):
    month = month_of(day)
    assert month_of(month.last + timedelta(days=1)).first > month.last
    assert month.first.day == 1


@pytest.mark.parametrize("key", ["", "2026", "2026-13", "2026-Q5", "0000-01", "x-Q1"])
def test_what_is_no_period_is_none(key):
    assert period_of(key) is None


def test_the_fourth_quarter_ends_with_the_year():
    period = quarter_of(date(2026, 11, 23))
    assert (period.key, period.first, period.last, period.quarter) == (
        "2026-Q4",
        date(2026, 10, 1),
        date(2026, 12, 31),
        4,
    )
    assert not period.is_month


@given(days)
def test_before_and_after_undo_each_other(day):
    for period in (month_of(day), quarter_of(day)):
        assert after(before(period)) == period
        assert before(period).last + timedelta(days=1) == period.first


def test_the_latest_come_first_and_quarters_go_back_to_the_first_record():
    day = date(2026, 1, 5)
    found = periods_to_choose(
        day, since=date(2025, 8, 1), chosen=month_of(day), months=2
    )
    assert [one.key for one in found] == [
        "2026-01",
        "2025-12",
        "2026-Q1",
        "2025-Q4",
        "2025-Q3",
    ]


def test_the_months_of_a_quarter_long_ago_can_be_chosen_from_it():
    chosen = period_of("2023-Q1")
    found = periods_to_choose(date(2026, 11, 23), since=date(2026, 9, 1), chosen=chosen)
    assert {"2023-01", "2023-02", "2023-03", "2023-Q1"} < {one.key for one in found}
