from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.access import rules

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
periods = st.tuples(days, st.none() | days)


@given(st.text())
def test_sign_in_name_applied_twice_changes_nothing(text):
    once = rules.sign_in_name(text)
    assert rules.sign_in_name(once) == once


def test_sign_in_name_does_not_tell_capitals_and_full_width_letters_apart():
    assert rules.sign_in_name(" Ｗａｎｇ.Fang ") == "wang.fang"


def test_is_in_force_counts_the_first_day_and_not_the_last():
    period = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 2, 1)}
    assert not rules.is_in_force(date(2025, 12, 31), **period)
    assert rules.is_in_force(date(2026, 1, 1), **period)
    assert rules.is_in_force(date(2026, 1, 31), **period)
    assert not rules.is_in_force(date(2026, 2, 1), **period)


@given(periods, periods)
def test_overlap_does_not_depend_on_the_order(one, other):
    assert rules.overlap(one, other) == rules.overlap(other, one)


@given(periods, periods, days)
def test_overlap_holds_when_a_day_lies_in_both(one, other, day):
    both = all(
        rules.is_in_force(day, valid_from=start, valid_to=end)
        for start, end in (one, other)
    )
    assert not both or rules.overlap(one, other)


def test_overlap_of_an_empty_period_is_none():
    empty = (date(2026, 1, 1), date(2026, 1, 1))
    assert not rules.overlap(empty, (date(2025, 1, 1), None))


def test_minutes_to_wait_begin_with_the_fifth_failure():
    failures = [NOW - timedelta(minutes=n) for n in (14, 4, 3, 2)]
    assert rules.minutes_to_wait(failures, now=NOW) == 0
    assert rules.minutes_to_wait([*failures, NOW], now=NOW) == 1


def test_minutes_to_wait_end_when_the_first_of_five_is_old_enough():
    failures = [NOW - timedelta(minutes=n) for n in (15, 4, 3, 2, 1)]
    assert rules.minutes_to_wait(failures, now=NOW) == 0


@given(st.lists(st.integers(0, 2_000), max_size=20))
def test_minutes_to_wait_are_never_more_than_a_quarter_of_an_hour(seconds):
    failures = [NOW - timedelta(seconds=s) for s in seconds]
    assert 0 <= rules.minutes_to_wait(failures, now=NOW) <= 15


def test_new_passwords_differ_and_are_long():
    made = {rules.new_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(password) for password in made} == {19}
