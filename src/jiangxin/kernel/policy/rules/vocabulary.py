"""What each comparison means: the types it fits, the shape of its limit, its test.

`rules/sql.py` says the same in SQL; property tests hold the two together. In words it
stands in `registry/comparisons.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

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

    is_threshold: worked cases have to stand just on both sides
    of the limit.
    """

    types: frozenset[AttributeType]
    shape: Shape
    holds: Callable[[Any, Any, date], bool]
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
        lambda value, limit, _: value >= limit,
        is_threshold=True,
    ),
    Comparison.AT_MOST: Meaning(
        ORDERED,
        Shape.ONE,
        lambda value, limit, _: value <= limit,
        is_threshold=True,
    ),
    Comparison.BETWEEN: Meaning(
        ORDERED,
        Shape.PAIR,
        lambda value, limit, _: limit[0] <= value <= limit[1],
        is_threshold=True,
    ),
    Comparison.EQUALS: Meaning(
        ANY,
        Shape.ONE,
        lambda value, limit, _: value == limit,
    ),
    Comparison.NOT_EQUALS: Meaning(
        ANY,
        Shape.ONE,
        lambda value, limit, _: value != limit,
        is_negated=True,
    ),
    Comparison.ONE_OF: Meaning(
        LISTED,
        Shape.MANY,
        lambda value, limit, _: value in limit,
    ),
    Comparison.NONE_OF: Meaning(
        LISTED,
        Shape.MANY,
        lambda value, limit, _: value not in limit,
        is_negated=True,
    ),
    Comparison.STARTS_WITH_ONE_OF: Meaning(
        CODES,
        Shape.MANY,
        lambda value, limit, _: value.startswith(limit),
    ),
    Comparison.STARTS_WITH_NONE_OF: Meaning(
        CODES,
        Shape.MANY,
        lambda value, limit, _: not value.startswith(limit),
        is_negated=True,
    ),
    Comparison.IS_TRUE: Meaning(
        YES_OR_NO,
        Shape.TRUE,
        lambda value, limit, _: value is limit,
    ),
    Comparison.AGE_AT_LEAST: Meaning(
        DATES,
        Shape.YEARS,
        lambda value, limit, on: age_on(value, on) >= limit,
        is_threshold=True,
    ),
    Comparison.AGE_AT_MOST: Meaning(
        DATES,
        Shape.YEARS,
        lambda value, limit, on: age_on(value, on) <= limit,
        is_threshold=True,
    ),
    Comparison.YEARS_SINCE_AT_LEAST: Meaning(
        DATES,
        Shape.YEARS,
        lambda value, limit, on: age_on(value, on) >= limit,
        is_threshold=True,
    ),
    Comparison.YEARS_SINCE_AT_MOST: Meaning(
        DATES,
        Shape.YEARS,
        lambda value, limit, on: age_on(value, on) <= limit,
        is_threshold=True,
    ),
    Comparison.WITHIN_MONTHS: Meaning(
        DATES,
        Shape.MONTHS,
        lambda value, limit, on: months_before(on, limit) <= value <= on,
        is_threshold=True,
    ),
    Comparison.WITHIN_DAYS: Meaning(
        DATES,
        Shape.DAYS,
        lambda value, limit, on: on - timedelta(limit) <= value <= on,
        is_threshold=True,
    ),
}

# Their limit is a number of years, whatever the attribute's own unit.
AGES = (Comparison.AGE_AT_LEAST, Comparison.AGE_AT_MOST)
YEARS_SINCE = (Comparison.YEARS_SINCE_AT_LEAST, Comparison.YEARS_SINCE_AT_MOST)
COUNTED_IN_YEARS = AGES + YEARS_SINCE
