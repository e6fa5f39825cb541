"""What the holidays library knows of the State Council's yearly notices.

Only this module looks into the library. It projects statutory holidays into years whose
notice is not out yet, without make-up days; those years count as unknown here.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from holidays import country_holidays
from holidays.countries.china import ChinaStaticHolidays

# Before 2004 the notices are incomplete in the library.
FIRST_YEAR = 2004
# The library keeps a row of exchanged days for each year whose notice it has read.
LAST_YEAR: int = max(ChinaStaticHolidays.special_public_holidays)
SATURDAY = 5
# How the library names the languages it has the holidays' names in.
LANGUAGES = {"zh-hans": "zh_CN", "en": "en_US"}

_NOTHING: Mapping[date, bool] = MappingProxyType({})


def is_published(year: int) -> bool:
    """Return whether the library has the notice of that year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def exceptions_of(year: int) -> Mapping[date, bool]:
    """Return the days of a year that break the weekday rule, True for working ones.

    Empty for a year whose notice the library has not.
    """
    return _read(year) if is_published(year) else _NOTHING


def name_of(day: date, language: str) -> str:
    """Return the name of the holiday on that day; "" for none and for unknown years.

    language: as the catalogue writes it; English for one the library has not.
    """
    return _names(day.year, language).get(day, "") if is_published(day.year) else ""


@cache
def _names(year: int, language: str) -> Mapping[date, str]:
    spoken = LANGUAGES.get(language, LANGUAGES["en"])
    return MappingProxyType(dict(country_holidays("CN", years=year, language=spoken)))


@cache
def _read(year: int) -> Mapping[date, bool]:
    # The next year's notice may make a working day of this December.
    found = country_holidays("CN", years=[year, year + 1])
    exceptions = {day: False for day in found if day.weekday() < SATURDAY}
    exceptions |= dict.fromkeys(found.weekend_workdays, True)
    return MappingProxyType(
        {day: works for day, works in exceptions.items() if day.year == year}
    )
