from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.clock.working_days import WorkingCalendar
from jiangxin.kernel.matters.rules.clock import (
    DayUnit,
    Limit,
    LimitKind,
    Segment,
    SegmentKind,
    read_clock,
)
from tests.kernel.matters.rules.drawing import cases, segments

REAL = WorkingCalendar()


def limit(days, unit=DayUnit.WORKING, kind=LimitKind.STATUTORY):
    return Limit(days, unit, kind, "《演示办法》第十条")


def paused(from_on, until_on=None):
    return Segment(SegmentKind.PAUSED, from_on, until_on, "等待申请人补正材料")


def excluded(from_on, until_on):
    return Segment(SegmentKind.EXCLUDED, from_on, until_on, "专家评审")


def read(started_on, given_limit, *stops, today=None, ended_on=None, **more):
    reading = read_clock(
        started_on, [given_limit], stops, REAL, today or started_on, ended_on, **more
    )
    return reading.limits[0]


def one(case):
    case = dict(case)
    return read_clock(limits=[case.pop("limit")], **case).limits[0]


# --- worked by hand on the State Council's calendar of 2026 ---


def test_a_limit_across_spring_festival_counts_both_make_up_saturdays():
    """2月11日受理，十个工作日：2月14日、2月28日两个周六调休上班，2月15日至23日放假。"""
    found = read(date(2026, 2, 11), limit(10))
    # 2月12、13、14日，24至28日（含周六），3月2、3日。
    assert found.due_on == date(2026, 3, 3)
    assert not found.is_provisional


def test_a_limit_in_natural_days_that_ends_in_spring_festival_rolls_forward():
    """2月5日受理，十五个自然日至2月20日（春节假期），顺延至2月24日。"""
    found = read(date(2026, 2, 5), limit(15, DayUnit.NATURAL))
    assert found.due_on == date(2026, 2, 24)


def test_a_limit_in_natural_days_may_end_on_a_make_up_saturday():
    """1月30日受理，十五个自然日至2月14日（周六，调休上班），不再顺延。"""
    found = read(date(2026, 1, 30), limit(15, DayUnit.NATURAL))
    assert found.due_on == date(2026, 2, 14)


def test_a_limit_across_national_day_counts_the_make_up_saturday():
    """9月28日受理，五个工作日：29、30日，10月8、9日和10日（周六，调休上班）。"""
    assert read(date(2026, 9, 28), limit(5)).due_on == date(2026, 10, 10)


def test_what_comes_in_on_a_holiday_is_counted_from_the_next_working_day():
    """10月3日网上申报，一个工作日：10月8日。"""
    assert read(date(2026, 10, 3), limit(1)).due_on == date(2026, 10, 8)


def test_a_pause_over_a_make_up_saturday_does_not_count_it():
    """10月8日受理，9日（第一日）发出补正通知，12日补齐：10日不计，13日是第二日。"""
    found = read(
        date(2026, 10, 8), limit(3), paused(date(2026, 10, 9), date(2026, 10, 12))
    )
    assert found.due_on == date(2026, 10, 14)


def test_the_day_the_office_stops_the_clock_is_charged_unless_it_is_said_not_to_be():
    stop = paused(date(2026, 11, 4), date(2026, 11, 6))
    # 周二受理；周三（第一日）停，周五补齐；下周一是第二日。
    assert read(date(2026, 11, 3), limit(2), stop).due_on == date(2026, 11, 9)
    lenient = read(date(2026, 11, 3), limit(2), stop, opening_day_counts=False)
    assert lenient.due_on == date(2026, 11, 10)


def test_a_stop_of_one_day_wins_the_office_nothing():
    stop = paused(date(2026, 11, 4), date(2026, 11, 4))
    assert read(date(2026, 11, 3), limit(2), stop) == read(date(2026, 11, 3), limit(2))


def test_a_limit_rolls_over_a_stop_that_holds_the_working_day_after_its_rest_day():
    """第七个自然日是11月14日（周六），当日交专家评审，至17日，顺延至18日。"""
    stop = excluded(date(2026, 11, 14), date(2026, 11, 17))
    last = limit(7, DayUnit.NATURAL)
    assert read(date(2026, 11, 7), last, stop).due_on == date(2026, 11, 18)


# --- the same day ---

SAME_DAY = limit(0, DayUnit.SAME_DAY, LimitKind.PROMISED)


@pytest.mark.parametrize(
    ("started_on", "due_on"),
    [
        (date(2026, 11, 3), date(2026, 11, 3)),
        (date(2026, 10, 10), date(2026, 10, 10)),  # 周六调休上班
        (date(2026, 10, 1), date(2026, 10, 8)),
    ],
)
def test_the_same_day_is_the_first_working_day(started_on, due_on):
    found = read(started_on, SAME_DAY, today=due_on)
    assert (found.due_on, found.is_overdue) == (due_on, False)
    assert read(started_on, SAME_DAY, today=due_on + timedelta(1)).is_overdue


def test_the_same_day_is_that_on_which_the_applicant_came_back():
    stop = paused(date(2026, 11, 3), date(2026, 11, 5))
    assert read(date(2026, 11, 3), SAME_DAY, stop).due_on == date(2026, 11, 5)


# --- how it stands ---


def test_today_is_one_of_the_days_used():
    found = read(date(2026, 11, 2), limit(15), today=date(2026, 11, 11))
    assert (found.days_used, found.days_left, found.overdue_by) == (7, 8, 0)


def test_on_the_due_day_no_day_is_left_and_nothing_is_late():
    found = read(date(2026, 11, 2), limit(5), today=date(2026, 11, 9))
    assert (found.days_left, found.is_overdue) == (0, False)


def test_days_overdue_are_calendar_days():
    found = read(date(2026, 11, 2), limit(4), today=date(2026, 11, 9))
    assert (found.due_on, found.overdue_by) == (date(2026, 11, 6), 3)


def test_days_a_limit_rolls_over_are_neither_used_nor_late():
    found = read(date(2026, 11, 6), limit(8, DayUnit.NATURAL), today=date(2026, 11, 15))
    assert (found.days_used, found.days_left, found.overdue_by) == (8, 0, 0)


def test_a_clock_that_ended_stands_as_on_that_day():
    found = read(
        date(2026, 11, 2),
        limit(5),
        today=date(2026, 12, 24),
        ended_on=date(2026, 11, 4),
    )
    assert (found.days_used, found.is_overdue) == (2, False)


def test_while_the_applicant_is_waited_for_no_day_is_used():
    stop = paused(date(2026, 11, 4))
    early = read(date(2026, 11, 2), limit(5), stop, today=date(2026, 11, 5))
    late = read(date(2026, 11, 2), limit(5), stop, today=date(2026, 11, 20))
    assert (early.days_used, late.days_used) == (2, 2)
    assert (early.due_on, late.due_on) == (date(2026, 11, 10), date(2026, 11, 25))


@pytest.mark.parametrize(
    ("day", "stands"),
    [(2, False), (3, True), (5, True), (6, False), (7, False)],
)
def test_the_clock_stands_from_the_day_it_was_stopped_until_it_goes_on(day, stands):
    stop = paused(date(2026, 11, 3), date(2026, 11, 6))
    reading = read_clock(
        date(2026, 11, 2), [limit(5)], [stop], REAL, date(2026, 11, day)
    )
    assert reading.stop == (stop if stands else None)


def test_a_clock_that_ended_no_longer_stands():
    reading = read_clock(
        date(2026, 11, 2),
        [limit(5)],
        [paused(date(2026, 11, 3))],
        REAL,
        date(2026, 11, 9),
        date(2026, 11, 5),
    )
    assert reading.stop is None


def test_a_year_without_its_notice_makes_the_due_day_provisional():
    unknown = read(date(2028, 12, 25), limit(15))
    assert unknown.due.unknown_years == (2028, 2029)
    known = WorkingCalendar(noticed_years=frozenset({2028, 2029}))
    reading = read_clock(date(2028, 12, 25), [limit(15)], [], known, date(2028, 12, 26))
    assert not reading.limits[0].is_provisional


def test_natural_days_are_provisional_only_where_they_end():
    days = limit(30, DayUnit.NATURAL)
    assert read(date(2026, 12, 10), days).due.unknown_years == (2027,)
    assert not read(date(2026, 11, 20), days).is_provisional


# --- which limit binds ---


def test_a_promise_binds_where_it_ends_first():
    limits = [limit(15), limit(3, kind=LimitKind.PROMISED)]
    reading = read_clock(date(2026, 11, 2), limits, [], REAL, date(2026, 11, 2))
    assert reading.binding is reading.promised
    assert reading.promised.due_on == date(2026, 11, 5)
    assert reading.statutory.due_on == date(2026, 11, 23)


def test_the_law_binds_where_a_promise_ends_later_or_on_the_same_day():
    for promise in (10, 11):
        limits = [
            limit(promise, kind=LimitKind.PROMISED),
            limit(14, DayUnit.NATURAL),
        ]
        reading = read_clock(date(2026, 11, 2), limits, [], REAL, date(2026, 11, 2))
        assert reading.binding is reading.statutory


def test_what_has_no_limit_is_bound_by_none():
    reading = read_clock(date(2026, 11, 2), [], [], REAL, date(2026, 11, 2))
    assert (reading.binding, reading.statutory, reading.promised) == (None,) * 3


# --- what cannot be ---


@pytest.mark.parametrize(
    ("days", "unit"),
    [(0, DayUnit.WORKING), (-1, DayUnit.NATURAL), (1, DayUnit.SAME_DAY)],
)
def test_a_limit_has_the_days_its_unit_needs(days, unit):
    with pytest.raises(ValueError, match="no number of days"):
        limit(days, unit)


def test_a_stop_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end"):
        paused(date(2026, 11, 4), date(2026, 11, 3))


# --- whatever the calendar ---


@given(cases(), segments())
def test_one_more_stop_never_makes_the_due_day_earlier(case, another):
    longer = {**case, "segments": [*case["segments"], another]}
    assert one(longer).due_on >= one(case).due_on


@given(cases())
def test_the_due_day_is_a_working_day_after_the_clock_began(case):
    due_on = one(case).due_on
    assert case["calendar"].is_working_day(due_on)
    assert due_on >= case["started_on"]


@given(cases())
def test_days_used_and_left_are_the_days_of_the_limit(case):
    found = one(case)
    assert found.days_used + found.days_left == case["limit"].days
    assert found.days_used >= 0 <= found.days_left
    assert found.is_overdue == (case["today"] > found.due_on)
    if found.is_overdue:
        assert found.days_left == 0


@given(cases(), segments(closed=True), st.data())
def test_a_stop_in_two_that_touch_is_the_same_stop(case, stop, data):
    length = (stop.until_on - stop.from_on).days
    at = stop.from_on + timedelta(days=data.draw(st.integers(0, length)))
    halves = [
        Segment(stop.kind, stop.from_on, at, ""),
        Segment(stop.kind, at, stop.until_on, ""),
    ]
    whole = {**case, "segments": [*case["segments"], stop]}
    split = {**case, "segments": [*case["segments"], *halves]}
    assert one(split) == one(whole)


@given(cases(), st.randoms())
def test_the_order_in_which_stops_are_told_does_not_matter(case, random):
    shuffled = list(case["segments"])
    random.shuffle(shuffled)
    assert one({**case, "segments": shuffled}) == one(case)


@given(cases())
def test_segments_in_which_the_clock_runs_change_nothing(case):
    stops = [each for each in case["segments"] if each.stops]
    assert one({**case, "segments": stops}) == one(case)


@given(cases())
def test_charging_the_day_of_the_stop_never_makes_the_due_day_later(case):
    strict = one({**case, "opening_day_counts": True})
    assert strict.due_on <= one({**case, "opening_day_counts": False}).due_on
