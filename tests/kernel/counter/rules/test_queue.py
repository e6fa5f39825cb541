from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.counter.rules.queue import (
    USUAL_MINUTES,
    Waiting,
    in_order,
    minutes_to_wait,
    next_for,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
numbers = st.builds(
    Waiting,
    number=st.integers(1, 999),
    service=st.sampled_from(["a", "b"]),
    booked_for=st.none()
    | st.integers(-90, 90).map(lambda minutes: NOON + timedelta(minutes=minutes)),
)
queues = st.lists(numbers, max_size=12, unique_by=lambda one: one.number)


def kind(one):
    if one.booked_for is None:
        return 1
    return 0 if one.booked_for <= NOON else 2


@given(queues)
def test_those_whose_time_has_come_go_first_and_those_too_early_last(queue):
    kinds = [kind(one) for one in in_order(queue, NOON)]
    assert kinds == sorted(kinds)


@given(queues)
def test_nobody_is_lost_or_called_twice(queue):
    ordered = in_order(queue, NOON)
    assert sorted(one.number for one in ordered) == sorted(one.number for one in queue)


@given(queues)
def test_at_the_door_numbers_go_in_their_order(queue):
    walked_in = [one.number for one in in_order(queue, NOON) if not one.booked_for]
    assert walked_in == sorted(walked_in)


@given(queues)
def test_a_window_calls_only_what_it_handles(queue):
    found = next_for(queue, ["a"], NOON)
    mine = [one for one in queue if one.service == "a"]
    assert (found is None) == (not mine)
    assert found is None or found == in_order(mine, NOON)[0]


@given(st.integers(0, 200), st.integers(1, 9), st.floats(0, 120))
def test_waiting_is_told_in_steps_of_five_and_never_too_short(ahead, windows, each):
    minutes = minutes_to_wait(ahead, windows, each)
    assert minutes % 5 == 0
    assert -1e-9 <= minutes - ahead * each / windows < 5.001


@given(st.integers(0, 50), st.integers(1, 5))
def test_one_more_ahead_never_shortens_the_wait(ahead, windows):
    sooner = minutes_to_wait(ahead, windows, 7)
    assert minutes_to_wait(ahead + 1, windows, 7) >= sooner
    assert minutes_to_wait(ahead, windows + 1, 7) <= sooner


def test_before_anybody_was_served_the_usual_minutes_count():
    assert minutes_to_wait(1, 1, None) == USUAL_MINUTES
    assert minutes_to_wait(0, 0, None) == 0
