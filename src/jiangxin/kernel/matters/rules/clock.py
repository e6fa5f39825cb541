"""When a matter is due: limits, and what stops the clock. Decided in ADR 28.

- The day an application comes in is not counted (Civil Code 201).
- Days spent waiting for the applicant, and those the law leaves out (Administrative
  Licensing Law 45), are not counted either. Like any period, such a stop begins on the
  day after what opens it and takes in the day that ends it.
- A limit in natural days that ends on a rest day ends on the next working day (203);
  one in working days counts make-up Saturdays and leaves out holidays.
- A promise binds where it ends before the limit of the law (Zhejiang, rules on "at most
  one visit", 12).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiangxin.foundation.clock.working_days import ONE_DAY, Deadline, WorkingCalendar


class DayUnit(StrEnum):
    WORKING = "working"
    NATURAL = "natural"
    SAME_DAY = "same_day"


class LimitKind(StrEnum):
    STATUTORY = "statutory"
    PROMISED = "promised"


class SegmentKind(StrEnum):
    """RUNNING: counted; it may stand in a list of segments and changes nothing."""

    RUNNING = "running"
    PAUSED = "paused"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Limit:
    """So many days, by whose word. Raises ValueError unless days are as the unit needs.

    days: at least 1; 0 for SAME_DAY, which means before the counter closes that day.
    """

    days: int
    unit: DayUnit
    kind: LimitKind
    source: str

    def __post_init__(self) -> None:
        if (self.days == 0) != (self.unit is DayUnit.SAME_DAY) or self.days < 0:
            message = f"{self.days} is no number of days in {self.unit}"
            raise ValueError(message)


@dataclass(frozen=True)
class Segment:
    """A stretch of time in which the clock stood, from what opened it to what ended it.

    until_on: None while nobody knows. Raises ValueError if it lies before `from_on`.
    """

    kind: SegmentKind
    from_on: date
    until_on: date | None
    reason: str

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on < self.from_on:
            message = f"a stop from {self.from_on} cannot end on {self.until_on}"
            raise ValueError(message)

    @property
    def stops(self) -> bool:
        return self.kind is not SegmentKind.RUNNING

    def lasts_on(self, day: date) -> bool:
        """Whether the clock stands at the end of that day."""
        is_open = self.until_on is None or day < self.until_on
        return self.stops and self.from_on <= day and is_open


@dataclass(frozen=True)
class LimitReading:
    """One limit as of a day.

    days_used, days_left: in the limit's unit, that day included; together its days.
    overdue_by: calendar days since the due day, whatever the unit; 0 when in time.
    """

    limit: Limit
    due: Deadline
    days_used: int
    days_left: int
    overdue_by: int

    @property
    def due_on(self) -> date:
        return self.due.on

    @property
    def is_provisional(self) -> bool:
        return self.due.is_provisional

    @property
    def is_overdue(self) -> bool:
        return self.overdue_by > 0


@dataclass(frozen=True)
class Reading:
    """All limits of a matter as of a day, in the order they were given.

    stop: what the clock stands for at the end of that day; None when it runs or has
    ended. While a stop has no end, due days are the earliest that can still be.
    """

    limits: tuple[LimitReading, ...]
    stop: Segment | None = None

    @property
    def binding(self) -> LimitReading | None:
        """The limit that is due first, the law's if two are; None without limits."""
        return min(self.limits, key=_due_first, default=None)

    @property
    def statutory(self) -> LimitReading | None:
        return self._of(LimitKind.STATUTORY)

    @property
    def promised(self) -> LimitReading | None:
        return self._of(LimitKind.PROMISED)

    def _of(self, kind: LimitKind) -> LimitReading | None:
        return next((each for each in self.limits if each.limit.kind is kind), None)


def read_clock(
    started_on: date,
    limits: Sequence[Limit],
    segments: Sequence[Segment],
    calendar: WorkingCalendar,
    today: date,
    ended_on: date | None = None,
    *,
    opening_day_counts: bool = True,
) -> Reading:
    """Return how each limit stands at the end of `today`, or of the day it ended.

    started_on: when the application came in complete. segments: in any order; they may
    touch and overlap. opening_day_counts: whether the office is charged the day on which
    it stops the clock; no text says, and charging it is the reading that no office can
    profit from. What limits in `SAME_DAY` wait for is never charged.
    """
    end = today if ended_on is None else ended_on
    readings = []
    for limit in limits:
        opening = opening_day_counts and limit.unit is not DayUnit.SAME_DAY
        free = _free(_first(limit, started_on), limit, segments, end, opening=opening)
        readings.append(_read(limit, free, calendar, end))
    ordered = sorted(segments, key=lambda segment: segment.from_on)
    stop = next((each for each in ordered if each.lasts_on(end)), None)
    return Reading(tuple(readings), stop if ended_on is None else None)


# Days that may be counted, both ends included; the last stretch has no end.
Free = list[tuple[date, date | None]]


def _read(
    limit: Limit, free: Free, calendar: WorkingCalendar, end: date
) -> LimitReading:
    last = _nth(max(limit.days, 1), limit.unit, free, calendar)
    due_on = _roll_forward(last, free, calendar)
    looked_at = (
        list(_until(due_on, free))
        if limit.unit is DayUnit.WORKING
        else [(last, due_on)]
    )
    unknown = {year for days in looked_at for year in calendar.unknown_years(*days)}
    counted = sum(_count(limit.unit, *days, calendar) for days in _until(end, free))
    used = min(counted, limit.days)
    return LimitReading(
        limit,
        Deadline(due_on, tuple(sorted(unknown))),
        days_used=used,
        days_left=limit.days - used,
        overdue_by=max((end - due_on).days, 0),
    )


def _first(limit: Limit, started_on: date) -> date:
    is_same_day = limit.unit is DayUnit.SAME_DAY
    return started_on if is_same_day else started_on + ONE_DAY


def _free(
    first: date,
    limit: Limit,
    segments: Sequence[Segment],
    end: date,
    *,
    opening: bool,
) -> Free:
    """Return the stretches from `first` on in which the clock runs."""
    # What is due the same day is due on the very day that the applicant came back.
    closing = timedelta(days=limit.unit is DayUnit.SAME_DAY)
    gaps = sorted(
        (each.from_on + timedelta(days=opening), _last(each, end) - closing)
        for each in segments
        if each.stops
    )
    free: Free = []
    for stops_on, stands_until in gaps:
        if stops_on > first:
            free.append((first, stops_on - ONE_DAY))
        first = max(first, stands_until + ONE_DAY)
    return [*free, (first, None)]


def _last(segment: Segment, end: date) -> date:
    return segment.until_on or max(segment.from_on, end)


def _nth(number: int, unit: DayUnit, free: Free, calendar: WorkingCalendar) -> date:
    day = date.min
    for first, last in free:
        before = first - ONE_DAY
        day = (
            calendar.add_working_days(before, number).on
            if unit is DayUnit.WORKING
            else before + timedelta(days=number)
        )
        if last is None or day <= last:
            break
        number -= _count(unit, first, last, calendar)
    return day


def _roll_forward(day: date, free: Free, calendar: WorkingCalendar) -> date:
    """Return the first day from `day` on that is worked and not stopped."""
    while not (calendar.is_working_day(day) and _holds(day, free)):
        day += ONE_DAY
    return day


def _holds(day: date, free: Free) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in free)


def _until(end: date, free: Free) -> Iterator[tuple[date, date]]:
    for first, last in free:
        if first <= end:
            yield first, end if last is None else min(last, end)


def _count(unit: DayUnit, first: date, last: date, calendar: WorkingCalendar) -> int:
    if unit is DayUnit.WORKING:
        return calendar.working_days_between(first - ONE_DAY, last).days
    return (last - first).days + 1


def _due_first(reading: LimitReading) -> tuple[date, bool]:
    return reading.due_on, reading.limit.kind is not LimitKind.STATUTORY
