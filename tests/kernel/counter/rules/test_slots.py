from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.counter.rules.slots import (
    Plan,
    free_position,
    moment_of,
    slots,
    times_of,
)

MORNING = Plan(1, time(9), time(11), 30, 2)


def test_slots_begin_every_so_many_minutes_and_fit_in():
    assert times_of(MORNING) == [time(9), time(9, 30), time(10), time(10, 30)]
    odd = Plan(1, time(9), time(10), 25, 1)
    assert times_of(odd) == [time(9), time(9, 25)]


def test_what_is_booked_is_no_longer_left():
    found = slots([MORNING], {(1, time(9)): 2, (1, time(10)): 1})
    assert [one.left for one in found] == [0, 2, 1, 2]
    assert found[0].key == "1-0900"


def test_a_capacity_made_smaller_leaves_none_not_less():
    assert slots([MORNING], {(1, time(9)): 5})[0].left == 0


def test_what_has_begun_is_not_offered():
    found = slots([MORNING], {}, after=time(9, 30))
    assert [one.starts for one in found] == [time(10), time(10, 30)]


@given(st.sets(st.integers(1, 9)), st.integers(1, 9))
def test_a_free_place_is_one_that_nobody_has(taken, capacity):
    found = free_position(taken, capacity)
    if found is None:
        assert set(range(1, capacity + 1)) <= taken
    else:
        assert found not in taken
        assert 1 <= found <= capacity


def test_a_booked_time_is_the_federations_time_of_day():
    at = moment_of(date(2026, 11, 23), time(9))
    assert at.astimezone(UTC) == datetime(2026, 11, 23, 1, tzinfo=UTC)
