"""What ratings ask, from `data/`: each version with its first day and its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from jiangxin.kernel.ratings.enums import RatingWay

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Dimension:
    key: str
    zh: str
    en: str

    @property
    def label(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


@dataclass(frozen=True)
class DimensionSet:
    """What is asked about besides the grade, from a day on."""

    since: date
    version: str
    source: str
    dimensions: tuple[Dimension, ...]


def dimension_set(way: RatingWay, *, on: date) -> DimensionSet:
    """Return the set in force on a day; the first for days before any."""
    sets = _sets()[way]
    return next((one for one in reversed(sets) if one.since <= on), sets[0])


def set_of(way: str, version: str) -> DimensionSet:
    """Return the set that a rating was given by."""
    return next(one for one in _sets()[RatingWay(way)] if one.version == version)


def open_days(*, on: date) -> int:
    """Return for how many days after it was settled a matter can be rated."""
    values: Sequence[Mapping[str, Any]] = _read("terms.yaml")["open_days"]
    value: int = [one for one in values if one["from"] <= on][-1]["value"]
    return value


@cache
def _sets() -> dict[RatingWay, list[DimensionSet]]:
    return {
        RatingWay(way): [
            DimensionSet(
                each["from"],
                str(each["version"]),
                each["source"],
                tuple(Dimension(**one) for one in each["dimensions"]),
            )
            for each in versions
        ]
        for way, versions in _read("sets.yaml").items()
    }


@cache
def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((DATA / name).read_text("utf-8"))
    return content
