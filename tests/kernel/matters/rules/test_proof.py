from datetime import date

from hypothesis import given

from jiangxin.foundation.clock.enums import DayKind
from jiangxin.foundation.clock.working_days import WorkingCalendar
from jiangxin.kernel.matters.rules.clock import (
    DayUnit,
    Limit,
    LimitKind,
    Segment,
    SegmentKind,
    read_clock,
)
from jiangxin.kernel.matters.rules.proof import Why, proof, runs, weeks
from tests.kernel.matters.rules.drawing import cases

REAL = WorkingCalendar()
WORKING_5 = Limit(5, DayUnit.WORKING, LimitKind.STATUTORY, "《演示办法》第十条")


def both(case):
    case = dict(case)
    limit = case.pop("limit")
    return read_clock(limits=[limit], **case).limits[0], proof(limit, **case)


@given(cases())
def test_the_proof_and_the_reading_agree(case):
    reading, lines = both(case)
    assert [line.on for line in lines if line.is_due] == [reading.due_on]
    counted = [line for line in lines if line.is_counted]
    assert len(counted) == case["limit"].days
    assert sum(not line.is_ahead for line in counted) == reading.days_used
    late = [line for line in lines if line.on == case["today"]]
    if case["today"] >= case["started_on"]:
        assert late[0].late_by == reading.overdue_by


@given(cases())
def test_a_proof_shows_each_day_once_and_numbers_them_on(case):
    _reading, lines = both(case)
    numbers = [line.number for line in lines if line.is_counted]
    assert numbers == list(range(1, len(numbers) + 1))
    days = [line.on.toordinal() for line in lines]
    assert days == list(range(days[0], days[-1] + 1))
    assert lines[0].on == case["started_on"]


@given(cases())
def test_runs_and_weeks_hold_every_line_in_order(case):
    _reading, lines = both(case)
    assert tuple(line for run in runs(lines) for line in run.lines) == lines
    sheet = list(weeks(lines))
    assert tuple(line for row in sheet for line in row if line) == lines
    for row in sheet:
        assert len(row) == 7
        for weekday, line in enumerate(row):
            assert line is None or line.on.weekday() == weekday


def test_a_sheet_of_nothing_has_no_weeks():
    assert list(weeks(())) == []


def test_every_day_says_why_it_is_counted_or_not():
    """9月29日受理，五个工作日，跨国庆节和10月10日调休上班，其间一次补正。"""
    stop = Segment(
        SegmentKind.PAUSED, date(2026, 10, 8), date(2026, 10, 9), "补正住所证明"
    )
    lines = proof(WORKING_5, date(2026, 9, 29), [stop], REAL, date(2026, 10, 13))
    shown = [(line.on.day, line.why, line.number) for line in lines]
    rest = [(day, Why.REST_DAY, None) for day in range(1, 8)]
    assert shown == [
        (29, Why.FIRST_DAY, None),
        (30, Why.COUNTED, 1),
        *rest,
        (8, Why.COUNTED, 2),
        (9, Why.PAUSED, None),
        (10, Why.COUNTED, 3),
        (11, Why.REST_DAY, None),
        (12, Why.COUNTED, 4),
        (13, Why.COUNTED, 5),
    ]
    named = {line.on.day: (line.kind, line.holiday) for line in lines}
    assert named[1] == (DayKind.HOLIDAY, "国庆节")
    assert named[3] == (DayKind.WEEKEND, "国庆节")
    assert named[7] == (DayKind.HOLIDAY, "休息日（由 2026-10-10 调休）")
    assert named[10] == (DayKind.MAKE_UP, "")
    assert named[11] == (DayKind.WEEKEND, "")
    assert [line.reason for line in lines if line.why is Why.PAUSED] == ["补正住所证明"]
    assert lines[-1].is_due


def test_holidays_are_named_in_the_reader_s_language():
    lines = proof(
        WORKING_5, date(2026, 9, 29), [], REAL, date(2026, 9, 29), language="en"
    )
    assert lines[2].holiday == "National Day"


def test_a_natural_limit_rolls_forward_over_the_weekend():
    limit = Limit(7, DayUnit.NATURAL, LimitKind.STATUTORY, "《演示办法》第十条")
    lines = proof(limit, date(2026, 11, 7), [], REAL, date(2026, 11, 17))
    assert [line.why for line in lines[-4:]] == [
        Why.COUNTED,  # the 14th, a Saturday, is the seventh day
        Why.ROLLED,
        Why.ROLLED,
        Why.LATE,
    ]
    assert [line.is_due for line in lines[-4:]] == [False, False, True, False]


def test_days_ahead_are_told_from_those_gone_by():
    lines = proof(
        WORKING_5, date(2026, 11, 2), [], REAL, date(2026, 12, 1), date(2026, 11, 5)
    )
    assert [line.on.day for line in lines if line.is_ahead] == [6, 7, 8, 9]


def test_a_month_of_waiting_takes_one_line():
    stop = Segment(SegmentKind.PAUSED, date(2026, 9, 1), date(2026, 10, 9), "补正")
    lines = proof(WORKING_5, date(2026, 8, 31), [stop], REAL, date(2026, 10, 9))
    waiting = [run for run in runs(lines) if run.first.why is Why.PAUSED]
    assert [(run.first.on, run.last.on) for run in waiting] == [
        (date(2026, 9, 2), date(2026, 10, 9))
    ]
