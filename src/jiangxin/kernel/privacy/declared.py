"""What documents and federations lay down, from `data/`: each value with its first day.

Limits, notices and periods of retention change with decisions, not with releases, and
what was decided before stays readable.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from jiangxin.kernel.privacy.enums import ConsentPurpose
from jiangxin.kernel.privacy.rules import in_force

_FOLD = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
DATA = Path(__file__).with_name("data")

VIEWS_A_DAY = "views_a_day"
ROWS_WITHOUT_REASON = "rows_without_reason"
LOG_DAYS = "log_days"
REQUEST_DAYS = "request_days"

# Retention keys of what the law calls network logs.
LOGS = ("sign_in_log", "trail", "personal_data_account")


class KeptTooShort(Exception):
    """The data lay down for a log a period that the law does not allow."""


@dataclass(frozen=True)
class Limit:
    """One value of a limit. source: who laid it down, in the source's language."""

    since: date
    value: int
    source: str


@dataclass(frozen=True)
class Notice:
    """What people are told before they agree. `texts` by language, "zh" and "en"."""

    since: date
    purpose: ConsentPurpose
    version: str
    is_asked_anew: bool
    texts: Mapping[str, Mapping[str, str]]

    @property
    def title(self) -> str:
        return self._words["title"]

    @property
    def text(self) -> str:
        return self._words["text"]

    @property
    def _words(self) -> Mapping[str, str]:
        return self.texts["en" if (get_language() or "").startswith("en") else "zh"]


@dataclass(frozen=True)
class Period:
    """How long what has a retention key is kept; None: as long as the record it is of."""

    since: date
    days: int | None
    why: str
    source: str

    @property
    def length(self) -> timedelta | None:
        return None if self.days is None else timedelta(days=self.days)


def limit(key: str, *, on: date) -> int:
    """Return the value of a limit on a day. Raises LookupError for a day before any."""
    return in_force(_limits()[key], on).value


def notice(purpose: str, *, on: date) -> Notice:
    """Return the notice of a purpose that is in force on a day."""
    return in_force(notices()[ConsentPurpose(purpose)], on)


def period(key: str, *, on: date) -> Period:
    """Return how long data of a retention key is kept by the rule of a day.

    Raises KeptTooShort, so that nothing is deleted by a period below the law's.
    """
    found = in_force(periods()[key], on)
    if key in LOGS and found.days is not None:
        least = limit(LOG_DAYS, on=on)
        if found.days < least:
            message = f"{key} is kept {found.days} days; the law demands {least}"
            raise KeptTooShort(message)
    return found


@cache
def _limits() -> dict[str, list[Limit]]:
    return {
        key: [Limit(each["from"], each["value"], each["source"]) for each in values]
        for key, values in _read("limits.yaml").items()
    }


@cache
def notices() -> dict[ConsentPurpose, list[Notice]]:
    """Return every version of every notice, by purpose."""
    return {
        ConsentPurpose(purpose): [
            Notice(
                since=each["from"],
                purpose=ConsentPurpose(purpose),
                version=str(each["version"]),
                is_asked_anew=each["asked_anew"],
                texts={"zh": _unfolded(each["zh"]), "en": each["en"]},
            )
            for each in versions
        ]
        for purpose, versions in _read("notices.yaml").items()
    }


def _unfolded(words: Mapping[str, str]) -> Mapping[str, str]:
    """Take out the spaces that the data file's line ends left between Chinese."""
    return {key: _FOLD.sub("", text) for key, text in words.items()}


@cache
def periods() -> dict[str, list[Period]]:
    """Return the periods of every retention key."""
    return {
        key: [
            Period(each["from"], each["days"], each["why"], each["source"])
            for each in values
        ]
        for key, values in _read("retention.yaml").items()
    }


def _read(name: str) -> dict[str, Iterable[Any]]:
    content: dict[str, Iterable[Any]] = yaml.safe_load(
        (DATA / name).read_text(encoding="utf-8")
    )
    return content
