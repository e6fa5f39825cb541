"""Counting days: plain Python, so that a deadline can be recomputed by anyone.

The Civil Code's rules: the day something happens is not counted (art. 201); a period of
months ends on the same day of the last month, or on its last day (art. 202); a last day
that is a holiday moves to the next day that is not (art. 203).
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from jiangxin.foundation.clock.enums import DayKind
from jiangxin.foundation.clock.published import (
    SATURDAY,
    exceptions_of,
    is_published,
    name_of,
)

FEDERATION_ZONE = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def today(now: datetime) -> date:
    """Return the federation's day at `now`, whose time zone must be given.

    Raises ValueError for a naive datetime, which would mean a guess of hours.
    """
    if now.tzinfo is None:
        message = "the moment has no time zone"
        raise ValueError(message)
    return now.astimezone(FEDERATION_ZONE).date()


@dataclass(frozen=True)
class Deadline:
    """A day that was computed, and the years it was computed without a notice for."""

    on: date
    unknown_years: tuple[int, ...] = ()

    @property
    def is_provisional(self) -> bool:
        """Whether a notice still to come may move the day; show its notice if so."""
        return bool(self.unknown_years)

    def __str__(self) -> str:
        return self.on.isoformat()


@dataclass(frozen=True)
class DayCount:
    """A number of working days, and the years counted without a notice."""

    days: int
    unknown_years: tuple[int, ...] = ()

    @property
    def is_provisional(self) -> bool:
        return bool(self.unknown_years)


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked: the table first, then the library, then the weekday.

    table: days that a loaded notice speaks of. noticed_years: whose notice was loaded.
    names: what the notice calls its days.
    """

    table: Mapping[date, bool] = field(default_factory=dict)
    noticed_years: frozenset[int] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        works = self.table.get(day)
        if works is None:
            works = exceptions_of(day.year).get(day)
        return day.weekday() < SATURDAY if works is None else works

    def kind_of(self, day: date) -> DayKind:
        """Return why the day is worked or not; a Sunday within a holiday is a weekend."""
        is_weekend = day.weekday() >= SATURDAY
        if self.is_working_day(day):
            return DayKind.MAKE_UP if is_weekend else DayKind.WORKING
        return DayKind.WEEKEND if is_weekend else DayKind.HOLIDAY

    def name_of(self, day: date, language: str) -> str:
        """Return what the day is called, as "National Day"; "" when it has no name.

        A notice that was loaded has one name a day, whatever the language.
        """
        return self.names.get(day, "") or (
            "" if day in self.table else name_of(day, language)
        )

    def is_known(self, day: date) -> bool:
        """Return whether the holiday notice of that day's year is known."""
        return day.year in self.noticed_years or is_published(day.year)

    def add_working_days(self, start: date, days: int) -> Deadline:
        """Return the last of `days` working days after `start`, itself not counted.

        0 days is `start`, or the next working day when it is none.
        Raises ValueError for a negative number.
        """
        _refuse_negative(days)
        if days == 0:
            return self._roll_forward(start)
        day, left = start, days
        while left:
            day += ONE_DAY
            left -= self.is_working_day(day)
        return Deadline(day, self.unknown_years(start + ONE_DAY, day))

    def add_natural_days(
        self, start: date, days: int, *, rolls_forward: bool = True
    ) -> Deadline:
        """Return the last of `days` calendar days after `start`, itself not counted.

        rolls_forward: a last day that is not worked moves to the next that is; only
        then can the deadline be provisional. Raises ValueError for a negative number.
        """
        _refuse_negative(days)
        last = start + timedelta(days=days)
        return self._roll_forward(last) if rolls_forward else Deadline(last)

    def add_months(
        self, start: date, months: int, *, rolls_forward: bool = True
    ) -> Deadline:
        """Return the same day `months` later, or that month's last; years are 12.

        rolls_forward as in `add_natural_days`. Raises ValueError for a negative number.
        """
        _refuse_negative(months)
        years, month = divmod(start.month - 1 + months, 12)
        year, month = start.year + years, month + 1
        last = date(year, month, min(start.day, monthrange(year, month)[1]))
        return self._roll_forward(last) if rolls_forward else Deadline(last)

    def working_days_between(self, start: date, end: date) -> DayCount:
        """Count working days after `start` up to and including `end`.

        The inverse of `add_working_days`; negative when `end` lies before `start`, so
        that it reads as days overdue.
        """
        first, last = min(start, end), max(start, end)
        count = sum(
            self.is_working_day(first + timedelta(days=n))
            for n in range(1, (last - first).days + 1)
        )
        unknown_years = self.unknown_years(first + ONE_DAY, last)
        return DayCount(count if start <= end else -count, unknown_years)

    def _roll_forward(self, last: date) -> Deadline:
        day = last
        while not self.is_working_day(day):
            day += ONE_DAY
        return Deadline(day, self.unknown_years(last, day))

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the unknown years among the days from `first` to `last` inclusive."""
        if last < first:
            return ()
        years: Iterable[int] = range(first.year, last.year + 1)
        return tuple(year for year in years if not self.is_known(date(year, 1, 1)))


def _refuse_negative(number: int) -> None:
    if number < 0:
        message = f"a deadline lies ahead; {number} is behind"
        raise ValueError(message)
