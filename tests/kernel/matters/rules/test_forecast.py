from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.clock.working_days import WorkingCalendar
from jiangxin.kernel.matters.rules.forecast import (
    DayForecast,
    Waiting,
    forecast,
    paces,
)

REAL = WorkingCalendar()
TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)


def queue(number, due_on=FRIDAY, hand="一号窗口"):
    return [Waiting(f"{hand}-{n:02}", hand, due_on) for n in range(number)]


def test_three_of_fourteen_will_miss_friday_at_the_present_pace():
    """四个工作日（周二至周五），每日办结 2.75 件，共 11 件。"""
    found = forecast(queue(14), {"一号窗口": Fraction(11, 4)}, REAL, TUESDAY)
    assert found.days() == (DayForecast(FRIDAY, 14, 3),)
    assert [each.finished_on for each in found.missing] == [
        date(2026, 11, 30),
        date(2026, 11, 30),
        date(2026, 12, 1),
    ]


def test_a_make_up_saturday_is_a_day_of_work():
    work = [Waiting("甲", "窗口", date(2026, 10, 10))]
    found = forecast(work, {"窗口": Fraction(1)}, REAL, date(2026, 10, 10))
    assert found.matters[0].finished_on == date(2026, 10, 10)


def test_what_is_due_first_is_done_first_and_hands_do_not_share():
    work = [
        *queue(2, FRIDAY, "二号窗口"),
        Waiting("甲", "一号窗口", FRIDAY),
        Waiting("乙", "一号窗口", TUESDAY),
    ]
    pace = {"一号窗口": Fraction(1), "二号窗口": Fraction(1, 4)}
    found = forecast(work, pace, REAL, TUESDAY)
    assert [each.waiting.key for each in found.missing] == ["二号窗口-01"]
    assert found.matters[0].waiting.key == "乙"
    assert found.days() == (DayForecast(TUESDAY, 1, 0), DayForecast(FRIDAY, 3, 1))


def test_half_a_matter_takes_half_the_time():
    work = [Waiting("甲", "窗口", TUESDAY, Fraction(1, 2))]
    slow = {"窗口": Fraction(1, 2)}
    assert not forecast(work, slow, REAL, TUESDAY).missing
    assert forecast(queue(1, TUESDAY, "窗口"), slow, REAL, TUESDAY).missing


def test_a_pace_nobody_knows_is_not_guessed_at():
    found = forecast(queue(2), {}, REAL, TUESDAY)
    assert (len(found.unknown), found.missing) == (2, ())


def test_a_hand_that_stands_still_finishes_nothing():
    found = forecast(queue(1), {"一号窗口": Fraction(0)}, REAL, TUESDAY)
    assert found.missing[0].finished_on is None


def test_what_is_overdue_already_is_missed():
    work = queue(1, TUESDAY - timedelta(days=1))
    assert forecast(work, {"一号窗口": Fraction(9)}, REAL, TUESDAY).missing


def test_the_pace_is_what_was_finished_by_working_days():
    done = [
        ("甲", date(2026, 10, 10)),
        ("甲", date(2026, 10, 8)),
        ("乙", date(2026, 10, 9)),
    ]
    outside = [("甲", date(2026, 9, 30)), ("丙", date(2026, 10, 12))]
    found = paces(
        done + outside, REAL, after=date(2026, 9, 30), until=date(2026, 10, 10)
    )
    assert found == {"甲": Fraction(2, 3), "乙": Fraction(1, 3)}


def test_a_holiday_tells_no_pace():
    holiday = [("甲", date(2026, 10, 2))]
    assert paces(holiday, REAL, after=date(2026, 9, 30), until=date(2026, 10, 7)) == {}


works = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 4)), min_size=1, max_size=5
).map(
    lambda drawn: [
        Waiting(str(n), "手", TUESDAY + timedelta(days=days), Fraction(work, 2))
        for n, (days, work) in enumerate(drawn)
    ]
)
speeds = st.fractions(Fraction(1, 4), 4, max_denominator=8)


@given(works, speeds)
def test_when_some_will_miss_no_order_of_work_keeps_every_day(work, speed):
    found = forecast(work, {"手": speed}, REAL, TUESDAY)
    keeps = any(_keeps(order, speed) for order in permutations(work))
    assert bool(found.missing) is not keeps


def _keeps(order, speed):
    done = Fraction(0)
    for waiting in order:
        done += waiting.work
        days = REAL.working_days_between(
            TUESDAY - timedelta(days=1), waiting.due_on
        ).days
        if done > days * speed:
            return False
    return True


@given(works, speeds, speeds)
def test_more_pace_never_makes_more_miss(work, speed, more):
    slow = forecast(work, {"手": speed}, REAL, TUESDAY)
    quick = forecast(work, {"手": speed + more}, REAL, TUESDAY)
    assert len(quick.missing) <= len(slow.missing)
