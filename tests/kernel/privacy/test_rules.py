from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.privacy.rules import in_force

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


@dataclass(frozen=True)
class Value:
    since: date


def test_value_holds_from_its_first_day():
    old, new = Value(date(2024, 1, 1)), Value(date(2026, 1, 1))
    assert in_force([old, new], date(2025, 12, 31)) is old
    assert in_force([old, new], date(2026, 1, 1)) is new


def test_nothing_holds_before_the_first_value():
    with pytest.raises(LookupError):
        in_force([Value(date(2024, 1, 1))], date(2023, 12, 31))


@given(st.lists(days, min_size=1, unique=True), days)
def test_order_of_values_does_not_matter(firsts, on):
    values = [Value(day) for day in firsts]
    on = max(on, min(firsts))
    assert in_force(values, on) == in_force(reversed(values), on)


@given(st.lists(days, min_size=1), st.integers(0, 900))
def test_later_day_never_goes_back_to_an_earlier_value(firsts, later):
    values, on = [Value(day) for day in firsts], max(firsts)
    assert (
        in_force(values, on).since <= in_force(values, on + timedelta(days=later)).since
    )
