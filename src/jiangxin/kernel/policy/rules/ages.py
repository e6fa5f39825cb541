"""Ages in full years, and the birthdays they are the same as.

Born on 29 February, one is a year older on 1 March of an ordinary year.
"""

from datetime import date


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
