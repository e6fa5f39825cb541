"""Dates and numbers as people read them, in the language that is active now.

Dates are words in prose and ISO in tables; large numbers are told in ten thousands and
hundred millions in Chinese prose, in full elsewhere. The shapes are in `project/formats`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import gettext

Number = int | float | Decimal


def prose_date(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def table_date(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def table_moment(at: datetime) -> str:
    """Return date and time on the federation's clock; `at` must be aware."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def listed(words: Iterable[object]) -> str:
    """Return the words one after the other, parted as the active language does."""
    return gettext(", ").join(map(str, words))


def grouped(number: Number) -> str:
    """Return 74000 as 74,000."""
    return number_format(number, force_grouping=True)


def to_translate(text: str) -> str:
    """Mark a text of plain rules that is translated where it is shown, by `told`."""
    return text


def told(text: str, values: Mapping[str, object]) -> str:
    """Return a marked text in the active language, filled in."""
    return gettext(text) % values if values else gettext(text)


def shortest(number: Decimal) -> int | Decimal:
    """Return 120.00 as 120, and 8.50 as 8.5."""
    return int(number) if number == int(number) else number.normalize()


def in_words(number: Number, decimals: int = 1) -> str:
    """Return 74000 as it stands in a sentence: 7.4 ten thousands in Chinese.

    Rounded half up to at most `decimals` places of the unit; below the smallest unit,
    and in a language without such units, in full.
    """
    exact = Decimal(str(number))
    for size, name in _large_units():
        if abs(exact) >= size:
            return f"{grouped(_rounded(exact / size, decimals))} {name}"
    return grouped(number)


def _large_units() -> tuple[tuple[int, str], ...]:
    units = get_format("LARGE_NUMBER_UNITS")
    # Django hands back the name itself while no language is active.
    return units if isinstance(units, tuple) else ()


def _rounded(amount: Decimal, decimals: int) -> Decimal:
    """Round half up, and drop zeros behind the point: 8.0 is 8, 2200 stays 2200."""
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize()
