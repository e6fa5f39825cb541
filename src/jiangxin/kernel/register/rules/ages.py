"""How old people are."""

from datetime import date


def age_on(birth_on: date, on: date) -> int:
    """Return the full years of age on a day; who was born on 29 February ages on 1 March.

    Negative before the birth.
    """
    had_birthday = (on.month, on.day) >= (birth_on.month, birth_on.day)
    return on.year - birth_on.year - (not had_birthday)
