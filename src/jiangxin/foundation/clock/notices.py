"""Reading a year's holiday notice from CSV: on, is_working, name, source."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused

COLUMNS = ("on", "is_working", "name", "source")
DECEMBER = 12
MOST_CHARACTERS = {"name": 64, "source": 200}
_ANSWERS = {
    "yes": True,
    "true": True,
    "1": True,
    "no": False,
    "false": False,
    "0": False,
}


class NoticeWithoutColumns(Refused):
    code = "clock.notice_without_columns"
    text = _(
        "The file's first line must name the columns %(columns)s; %(missing)s is "
        "missing. Add it and load the file again."
    )


class NoticeEmpty(Refused):
    code = "clock.notice_empty"
    text = _("The file lists no days. Add a line for each day the notice names.")


class NoticeLineWrong(Refused):
    code = "clock.notice_line_wrong"
    text = _(
        "Line %(line)s: “%(value)s” cannot be read as %(column)s. Dates look like "
        "2027-02-06, working days are yes or no, and every day has a source of at most "
        "200 characters and a name of at most 64."
    )


class NoticeDayTwice(Refused):
    code = "clock.notice_day_twice"
    text = _("Line %(line)s: %(on)s was listed before. Keep one line a day.")


class NoticeDayAstray(Refused):
    code = "clock.notice_day_astray"
    text = _(
        "%(on)s does not belong to the notice of %(year)s, which settles days of that "
        "year and of the December before. Load one file a year."
    )


@dataclass(frozen=True)
class NoticeDay:
    on: date
    is_working: bool
    name: str
    source: str


@dataclass(frozen=True)
class Notice:
    """The days of one year's notice, in order, each once."""

    year: int
    days: tuple[NoticeDay, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(day.source for day in self.days))


def read_notice(text: str) -> Notice:
    """Return the notice in a CSV file's text, for the latest year it speaks of.

    Raises NoticeWithoutColumns, NoticeEmpty, NoticeLineWrong, NoticeDayTwice,
    NoticeDayAstray (days of two years in one file).
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise NoticeWithoutColumns(
            columns=", ".join(COLUMNS), missing=", ".join(missing)
        )
    days: dict[date, NoticeDay] = {}
    for row in reader:
        day = _read_day(row, reader.line_num)
        if day.on in days:
            raise NoticeDayTwice(line=reader.line_num, on=day.on.isoformat())
        days[day.on] = day
    if not days:
        raise NoticeEmpty
    return _of_one_year(sorted(days.values(), key=lambda day: day.on))


def _of_one_year(days: Sequence[NoticeDay]) -> Notice:
    year = days[-1].on.year
    first = date(year - 1, DECEMBER, 1)
    if days[0].on < first:
        raise NoticeDayAstray(on=days[0].on.isoformat(), year=year)
    return Notice(year, tuple(days))


def _read_day(row: dict[str, str | None], line: int) -> NoticeDay:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        on = date.fromisoformat(values["on"])
    except ValueError:
        raise NoticeLineWrong(line=line, column="on", value=values["on"]) from None
    is_working = _ANSWERS.get(values["is_working"].lower())
    if is_working is None:
        raise NoticeLineWrong(
            line=line, column="is_working", value=values["is_working"]
        )
    for column, most in MOST_CHARACTERS.items():
        if len(values[column]) > most or (column == "source" and not values[column]):
            raise NoticeLineWrong(line=line, column=column, value=values[column])
    return NoticeDay(on, is_working, values["name"], values["source"])
