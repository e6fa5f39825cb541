"""Months and quarters, as they stand in addresses: 2026-11, 2026-Q4."""

import re
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


def periods_before(day: date, *, months: int, quarters: int) -> list[Period]:
    """Return the latest months and quarters up to the day's, newest first."""
    found: list[Period] = []
    for step, count in ((month_of, months), (quarter_of, quarters)):
        period = step(day)
        for _number in range(count):
            found.append(period)
            period = step(period.first - timedelta(days=1))
    return found
