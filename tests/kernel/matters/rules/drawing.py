"""Made-up calendars, limits and stops for the clock's property tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from jiangxin.foundation.clock.working_days import WorkingCalendar
from jiangxin.kernel.matters.rules.clock import (
    DayUnit,
    Limit,
    LimitKind,
    Segment,
    SegmentKind,
)

STARTS = date(2026, 1, 20)

near = st.integers(0, 60).map(lambda days: STARTS + timedelta(days=days))
# Days are drawn far beyond the limits, so that holidays and make-up days meet them.
calendars = st.builds(
    WorkingCalendar,
    table=st.dictionaries(near, st.booleans(), max_size=30),
    noticed_years=st.just(frozenset({2026})),
)


@st.composite
def segments(draw, kinds=tuple(SegmentKind), closed=False):
    from_on = draw(near)
    length = st.integers(0, 25).map(lambda days: from_on + timedelta(days=days))
    until_on = draw(length if closed else st.none() | length)
    return Segment(draw(st.sampled_from(kinds)), from_on, until_on, "")


limits = st.builds(
    Limit,
    days=st.integers(1, 30),
    unit=st.sampled_from([DayUnit.WORKING, DayUnit.NATURAL]),
    kind=st.sampled_from(LimitKind),
    source=st.just("a rule"),
) | st.builds(
    Limit,
    days=st.just(0),
    unit=st.just(DayUnit.SAME_DAY),
    kind=st.sampled_from(LimitKind),
    source=st.just("a rule"),
)


@st.composite
def cases(draw):
    """Return the arguments of `read_clock` for one limit."""
    return {
        "started_on": draw(near),
        "limit": draw(limits),
        "segments": draw(st.lists(segments(), max_size=4)),
        "calendar": draw(calendars),
        "today": draw(near) + timedelta(days=draw(st.integers(0, 60))),
        "opening_day_counts": draw(st.booleans()),
    }
