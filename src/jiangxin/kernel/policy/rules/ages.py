"""Years and months between two days, and the days that bound them.

Each rule has two forms that say the same: `age_on` counts for one person, `latest_birth`
gives the day a column is compared with. Born on 29 February, one is a year older on
1 March of an ordinary year.
"""

from calendar import monthrange
from datetime import date, timedelta

MONTHS_A_YEAR = 12


def age_on(birth_on: date, day: date) -> int:
    """Return the age in full years; negative before birth."""
    had_birthday = (day.month, day.day) >= (birth_on.month, birth_on.day)
    return day.year - birth_on.year - (0 if had_birthday else 1)


def latest_birth(day: date, years: int) -> date:
    """Return the last birthday of those who are at least `years` old on `day`.

    age_on(birth, day) >= years is the same as birth <= latest_birth(day, years).
    """
    year = day.year - years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)  # 29 February of a year that has none


def anniversary(day: date, years: int) -> date:
    """Return the first day on which `years` full years have passed since `day`."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or its last one: 31 May is 30 April."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last one."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def first_day_past(day: date, months: int) -> date:
    """Return the first day from which `day` lies more than so many months back."""
    later = months_after(day, months)
    while months_before(later, months) <= day:  # for a few days, at a month's end
        later += timedelta(days=1)
    return later
