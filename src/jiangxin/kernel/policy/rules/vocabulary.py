"""What each comparison means: the types it fits, the shape of its limit, its test.

`rules/sql.py` says the same in SQL; property tests hold the two together. The editor and
the reference page are made from this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Text
from jiangxin.kernel.policy.enums import AttributeType, Comparison
from jiangxin.kernel.policy.rules.ages import age_on, months_before


class Shape(Enum):
    ONE = "one value"
    PAIR = "a list of two values, lowest first"
    MANY = "a list of values"
    YEARS = "a number of years from 0 to 150"
    MONTHS = "a number of months from 0 to 1200"
    DAYS = "a number of days from 0 to 36500"
    TRUE = "the word true"


# The largest number that a length of time may have.
LENGTHS = {Shape.YEARS: 150, Shape.MONTHS: 1200, Shape.DAYS: 36500}


@dataclass(frozen=True)
class Meaning:
    """holds(value, limit, on): the test, for a value that is not missing.

    means: the test in words. is_threshold: worked cases have to stand just on both sides
    of the limit.
    """

    types: frozenset[AttributeType]
    shape: Shape
    holds: Callable[[Any, Any, date], bool]
    means: Text
    is_negated: bool = False
    is_threshold: bool = False


ORDERED = frozenset(
    {
        AttributeType.DATE,
        AttributeType.INTEGER,
        AttributeType.DECIMAL,
        AttributeType.MONEY,
    }
)
LISTED = frozenset({AttributeType.INTEGER, AttributeType.CODE, AttributeType.TEXT})
ANY = frozenset(AttributeType)
CODES = frozenset({AttributeType.CODE})
DATES = frozenset({AttributeType.DATE})
YES_OR_NO = frozenset({AttributeType.BOOLEAN})

MEANINGS: dict[Comparison, Meaning] = {
    Comparison.AT_LEAST: Meaning(
        ORDERED,
        Shape.ONE,
        lambda value, limit, _on: value >= limit,
        _("The value is the limit or more; a day is the limit or later."),
        is_threshold=True,
    ),
    Comparison.AT_MOST: Meaning(
        ORDERED,
        Shape.ONE,
        lambda value, limit, _on: value <= limit,
        _("The value is the limit or less; a day is the limit or earlier."),
        is_threshold=True,
    ),
    Comparison.BETWEEN: Meaning(
        ORDERED,
        Shape.PAIR,
        lambda value, limit, _on: limit[0] <= value <= limit[1],
        _("The value lies between the two limits, both included."),
        is_threshold=True,
    ),
    Comparison.EQUALS: Meaning(
        ANY,
        Shape.ONE,
        lambda value, limit, _on: value == limit,
        _("The value is exactly this."),
    ),
    Comparison.NOT_EQUALS: Meaning(
        ANY,
        Shape.ONE,
        lambda value, limit, _on: value != limit,
        _("The value is known and is not this."),
        is_negated=True,
    ),
    Comparison.ONE_OF: Meaning(
        LISTED,
        Shape.MANY,
        lambda value, limit, _on: value in limit,
        _("The value is one of those listed."),
    ),
    Comparison.NONE_OF: Meaning(
        LISTED,
        Shape.MANY,
        lambda value, limit, _on: value not in limit,
        _("The value is known and is none of those listed."),
        is_negated=True,
    ),
    Comparison.STARTS_WITH_ONE_OF: Meaning(
        CODES,
        Shape.MANY,
        lambda value, limit, _on: value.startswith(limit),
        _("The code lies in one of the classes listed, named by their first digits."),
    ),
    Comparison.STARTS_WITH_NONE_OF: Meaning(
        CODES,
        Shape.MANY,
        lambda value, limit, _on: not value.startswith(limit),
        _("The code is known and lies in none of the classes listed."),
        is_negated=True,
    ),
    Comparison.IS_TRUE: Meaning(
        YES_OR_NO,
        Shape.TRUE,
        lambda value, limit, _on: value is limit,
        _("It is so."),
    ),
    Comparison.AGE_AT_LEAST: Meaning(
        DATES,
        Shape.YEARS,
        lambda value, limit, on: age_on(value, on) >= limit,
        _("The age in full years on the day is the limit or more."),
        is_threshold=True,
    ),
    Comparison.AGE_AT_MOST: Meaning(
        DATES,
        Shape.YEARS,
        lambda value, limit, on: age_on(value, on) <= limit,
        _("The age in full years on the day is the limit or less."),
        is_threshold=True,
    ),
    Comparison.YEARS_SINCE_AT_LEAST: Meaning(
        DATES,
        Shape.YEARS,
        lambda value, limit, on: age_on(value, on) >= limit,
        _("Since the day on record at least so many full years have passed."),
        is_threshold=True,
    ),
    Comparison.YEARS_SINCE_AT_MOST: Meaning(
        DATES,
        Shape.YEARS,
        lambda value, limit, on: age_on(value, on) <= limit,
        _("Since the day on record no more than so many full years have passed."),
        is_threshold=True,
    ),
    Comparison.WITHIN_MONTHS: Meaning(
        DATES,
        Shape.MONTHS,
        lambda value, limit, on: months_before(on, limit) <= value <= on,
        _("The day on record lies no more than so many months back, and not ahead."),
        is_threshold=True,
    ),
    Comparison.WITHIN_DAYS: Meaning(
        DATES,
        Shape.DAYS,
        lambda value, limit, on: on - timedelta(limit) <= value <= on,
        _("The day on record lies no more than so many days back, and not ahead."),
        is_threshold=True,
    ),
}

# Their limit is a number of years, whatever the attribute's own unit.
AGES = (Comparison.AGE_AT_LEAST, Comparison.AGE_AT_MOST)
YEARS_SINCE = (Comparison.YEARS_SINCE_AT_LEAST, Comparison.YEARS_SINCE_AT_MOST)
COUNTED_IN_YEARS = AGES + YEARS_SINCE
