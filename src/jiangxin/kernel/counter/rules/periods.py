"""Months and quarters, as they stand in addresses: 2026-11, 2026-Q4."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])")
QUARTER = 3
DECEMBER = 12


@dataclass(frozen=True)
class Period:
    """From its first day to its last. key: as it stands in an address."""

    key: str
    first: date
    last: date

    @property
    def is_month(self) -> bool:
        return "Q" not in self.key

    @property
    def quarter(self) -> int:
        return (self.first.month - 1) // QUARTER + 1


def period_of(key: str) -> Period | None:
    """Return the period of a key, None when it is none."""
    if found := _MONTH.fullmatch(key):
        return _months(key, int(found["year"]), int(found["month"]), 1)
    if found := _QUARTER.fullmatch(key):
        month = (int(found["quarter"]) - 1) * QUARTER + 1
        return _months(key, int(found["year"]), month, QUARTER)
    return None


def _months(key: str, year: int, month: int, count: int) -> Period | None:
    if year < date.min.year + 1 or year >= date.max.year:
        return None
    return Period(key, date(year, month, 1), _last(year, month + count - 1))


def _last(year: int, month: int) -> date:
    if month == DECEMBER:
        return date(year, DECEMBER, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def month_of(day: date) -> Period:
    return Period(f"{day:%Y-%m}", day.replace(day=1), _last(day.year, day.month))


def quarter_of(day: date) -> Period:
    number = (day.month - 1) // QUARTER + 1
    first = date(day.year, (number - 1) * QUARTER + 1, 1)
    last = _last(day.year, number * QUARTER)
    return Period(f"{day.year}-Q{number}", first, last)


def before(period: Period) -> Period:
    """Return the month before a month, the quarter before a quarter."""
    return _step(period)(period.first - timedelta(days=1))


def after(period: Period) -> Period:
    return _step(period)(period.last + timedelta(days=1))


def _step(period: Period) -> Callable[[date], Period]:
    return month_of if period.is_month else quarter_of


def periods_to_choose(
    day: date, *, since: date, chosen: Period, months: int = 6
) -> list[Period]:
    """Return what a reader chooses from, newest first: months, then quarters.

    The latest months, those of the chosen quarter, and every quarter since a day; of
    what has not begun yet only what was chosen.
    """
    wanted = [month_of(day)]
    while len(wanted) < months:
        wanted.append(before(wanted[-1]))
    quarter = quarter_of(chosen.first)
    month = month_of(quarter.last)
    while month.first >= quarter.first:
        wanted.append(month)
        month = before(month)
    kept = {chosen} if chosen.is_month else set()
    quarters = {quarter, quarter_of(day)}
    one = quarter_of(day)
    while one.first > since:
        quarters.add(one)
        one = before(one)
    quarters.add(one)
    return [
        *sorted({one for one in wanted if one.first <= day} | kept, key=_newest_first),
        *sorted(quarters, key=_newest_first),
    ]


def _newest_first(period: Period) -> int:
    return -period.first.toordinal()
