"""What the counter reckons with, from `data/`: each value with its first day."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jiangxin.kernel.counter.rules.board import FlagRule

DATA = Path(__file__).with_name("data")

BOOK_AHEAD = "book_ahead_days"
BOOKINGS_A_PHONE = "bookings_a_phone"
ARRIVE_EARLY = "arrive_early_minutes"
ARRIVE_LATE = "arrive_late_minutes"
ANSWER_DAYS = "answer_days"


@dataclass(frozen=True)
class Term:
    since: date
    value: int
    source: str


def term(key: str, *, on: date) -> Term:
    """Return the value in force on a day."""
    values = [
        Term(each["from"], each["value"], each["source"]) for each in _terms()[key]
    ]
    return next((one for one in reversed(values) if one.since <= on), values[0])


@cache
def _terms() -> dict[str, list[dict[str, Any]]]:
    content: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (DATA / "terms.yaml").read_text("utf-8")
    )
    return content


@dataclass(frozen=True)
class DatedFlagRule:
    """The rule of the red flag, with whose word it is."""

    since: date
    version: str
    rule: FlagRule
    source: str


def flag_rule(*, on: date) -> DatedFlagRule:
    """Return the rule that a period beginning on that day is judged by."""
    rules = _flag_rules()
    return next((one for one in reversed(rules) if one.since <= on), rules[0])


@cache
def _flag_rules() -> list[DatedFlagRule]:
    rows = yaml.safe_load((DATA / "red_flag.yaml").read_text("utf-8"))
    return [
        DatedFlagRule(
            each["from"],
            each["version"],
            FlagRule(
                each["least_settled"],
                each["least_rated"],
                each["on_time"],
                each["good"],
            ),
            each["source"],
        )
        for each in rows
    ]
