"""A limit proved day by day, so that anybody can recount it with a wall calendar.

`clock` reckons with stretches of days; here every day is looked at for itself. Property
tests hold the two to the same answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from jiangxin.foundation.clock.enums import DayKind
from jiangxin.foundation.clock.working_days import ONE_DAY, WorkingCalendar
from jiangxin.kernel.matters.rules.clock import DayUnit, Limit, Segment, SegmentKind


class Why(StrEnum):
    """Why a day is counted or is not."""

    FIRST_DAY = "first_day"  # Civil Code 201
    COUNTED = "counted"
    REST_DAY = "rest_day"  # of a limit in working days
    PAUSED = "paused"
    EXCLUDED = "excluded"
    ROLLED = "rolled"  # on from a rest day the limit ended on; Civil Code 203
    SAME_DAY = "same_day"
    LATE = "late"


DAYS_A_WEEK = 7
STOPPED = {SegmentKind.PAUSED: Why.PAUSED, SegmentKind.EXCLUDED: Why.EXCLUDED}


@dataclass(frozen=True)
class DayLine:
    """One day of a limit.

    holiday: its name, "" for none. number: which of the limit's days it is; None for
    one not counted. reason: what the clock stood for. is_due: the limit ends on it.
    is_ahead: it lies after the day of the proof, and stops may still move it.
    late_by: calendar days since the due day.
    """

    on: date
    kind: DayKind
    holiday: str
    why: Why
    reason: str = ""
    number: int | None = None
    is_due: bool = False
    is_ahead: bool = False
    late_by: int = 0

    @property
    def is_counted(self) -> bool:
        return self.number is not None


@dataclass(frozen=True)
class DayRun:
    """Consecutive days of which the same is true, to be shown as one line."""

    lines: tuple[DayLine, ...]

    @property
    def first(self) -> DayLine:
        return self.lines[0]

    @property
    def last(self) -> DayLine:
        return self.lines[-1]


def proof(
    limit: Limit,
    started_on: date,
    segments: Sequence[Segment],
    calendar: WorkingCalendar,
    today: date,
    ended_on: date | None = None,
    *,
    opening_day_counts: bool = True,
    language: str = "zh-hans",
) -> tuple[DayLine, ...]:
    """Return every day from the first to the due day, or to `today` if that is later.

    The arguments are those of `read_clock`. language: that of the holidays' names.
    """
    end = today if ended_on is None else ended_on
    opening = opening_day_counts and limit.unit is not DayUnit.SAME_DAY
    stops = sorted((each for each in segments if each.stops), key=_opened)
    lines: list[DayLine] = []
    day, number, due_on = started_on, 0, None
    while due_on is None or day <= end:
        stop = next(
            (s for s in stops if _stands(s, limit, day, end, opening=opening)), None
        )
        why = _why(limit, started_on, day, calendar, number, stop, due_on)
        number += why is Why.COUNTED
        is_due = _is_due(limit, why, number, calendar, day)
        due_on = day if is_due else due_on
        lines.append(
            DayLine(
                on=day,
                kind=calendar.kind_of(day),
                holiday=calendar.name_of(day, language),
                why=why,
                reason=stop.reason if stop and why is STOPPED[stop.kind] else "",
                number=number if why is Why.COUNTED else None,
                is_due=is_due,
                is_ahead=day > end,
                late_by=(day - due_on).days if due_on else 0,
            )
        )
        day += ONE_DAY
    return tuple(lines)


def runs(lines: Iterable[DayLine]) -> tuple[DayRun, ...]:
    """Join days that say the same, so that a month's pause takes one line."""
    return tuple(DayRun(tuple(same)) for _key, same in groupby(lines, _said))


def weeks(lines: Sequence[DayLine]) -> Iterator[tuple[DayLine | None, ...]]:
    """Yield rows of seven, Monday first, None outside the proof: a calendar sheet."""
    row: list[DayLine | None] = [None] * lines[0].on.weekday() if lines else []
    for line in lines:
        row.append(line)
        if len(row) == DAYS_A_WEEK:
            yield tuple(row)
            row = []
    if row:
        yield (*row, *[None] * (DAYS_A_WEEK - len(row)))


def _why(
    limit: Limit,
    started_on: date,
    day: date,
    calendar: WorkingCalendar,
    number: int,
    stop: Segment | None,
    due_on: date | None,
) -> Why:
    """Return the first reason that settles the day: order is the rule here."""
    is_same_day = limit.unit is DayUnit.SAME_DAY
    if due_on is not None:
        return Why.LATE
    if day == started_on and not is_same_day:
        return Why.FIRST_DAY
    if stop is not None:
        return STOPPED[stop.kind]
    if number == limit.days and not is_same_day:
        return Why.ROLLED
    if calendar.is_working_day(day):
        return Why.SAME_DAY if is_same_day else Why.COUNTED
    return Why.COUNTED if limit.unit is DayUnit.NATURAL else Why.REST_DAY


def _is_due(
    limit: Limit, why: Why, number: int, calendar: WorkingCalendar, day: date
) -> bool:
    reached = number == limit.days and why in {Why.COUNTED, Why.ROLLED, Why.SAME_DAY}
    return reached and calendar.is_working_day(day)


def _stands(
    stop: Segment, limit: Limit, day: date, end: date, *, opening: bool
) -> bool:
    """Whether the clock stands on that day: see `clock` for the two edges."""
    ends_on = stop.until_on or max(stop.from_on, end)
    if limit.unit is DayUnit.SAME_DAY:
        return stop.from_on <= day < ends_on
    after_opening = stop.from_on < day or (stop.from_on == day and not opening)
    return after_opening and day <= ends_on


def _opened(segment: Segment) -> date:
    return segment.from_on


def _said(line: DayLine) -> tuple[object, ...]:
    # On days that were not counted anyway it does not matter what kind they are.
    kind = line.kind if line.why in {Why.COUNTED, Why.REST_DAY} else None
    holiday = line.holiday if line.why is Why.REST_DAY else ""
    return line.why, line.reason, line.is_ahead, line.is_due, kind, holiday
