"""Faults that rosters have, each put into one row and known by the reason it is refused.

And oddities: unusual ways to write what is right, which the import must take.
"""

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from jiangxin.demonstration.texts import roster_words
from jiangxin.foundation.ids.resident_id import with_check_digit

Row = dict[str, str | None]
Spoil = Callable[[Row, Random], None]

_FULL_WIDTH = {ord(digit): 0xFF10 + int(digit) for digit in string.digits}


@dataclass(frozen=True)
class Fault:
    """One kind of fault.

    column, code: where and why the import refuses the row. needs: columns that must
    not be blank for the fault to be possible.
    """

    key: str
    column: str
    code: str
    spoil: Spoil
    needs: tuple[str, ...] = ()


def _put(column: str, text: str | None) -> Spoil:
    def spoil(row: Row, _chance: Random) -> None:
        row[column] = text

    return spoil


def _change(column: str, change: Callable[[str], str]) -> Spoil:
    def spoil(row: Row, _chance: Random) -> None:
        row[column] = change(row[column] or "")

    return spoil


def _other_check_digit(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")


def _month_thirteen(number: str) -> str:
    return with_check_digit(f"{number[:10]}13{number[12:17]}")


def _other_sex(row: Row, _chance: Random) -> None:
    said = roster_words()["sex"]
    row["sex"] = said["2"] if row["sex"] == said["1"] else said["1"]


def _other_birthday(row: Row, chance: Random) -> None:
    born_on = date.fromisoformat(row["birth_on"] or "")
    row["birth_on"] = str(born_on + timedelta(days=chance.randint(1, 27)))


def _before_birth(row: Row, _chance: Random) -> None:
    born_on = date.fromisoformat(row["birth_on"] or "")
    row["joined_on"] = str(born_on - timedelta(days=1))


def _tomorrow(column: str) -> Spoil:
    def spoil(row: Row, _chance: Random) -> None:
        # Later than the day of any check that this file will meet.
        row[column] = "2099-01-01"

    return spoil


def _other_grade(row: Row, _chance: Random) -> None:
    grades: dict[int, str] = roster_words()["grades"]
    rank = next(rank for rank, word in grades.items() if word == row["skill_grade"])
    row["skill_grade"] = grades[rank - 1 if rank > 1 else rank + 1]


@cache
def faults() -> Sequence[Fault]:
    """Return every kind but the repeated row, which needs another row to repeat."""
    unknown = roster_words()["unknown"]
    number = "ids.resident_id"
    certificate = "certificate_number"
    return (
        Fault("name_missing", "name", "missing", _put("name", None)),
        Fault("id_missing", "id_number", "missing", _put("id_number", None)),
        Fault(
            "id_check_digit",
            "id_number",
            f"{number}.wrong_check_digit",
            _change("id_number", _other_check_digit),
        ),
        Fault(
            "id_impossible_date",
            "id_number",
            f"{number}.no_such_date",
            _change("id_number", _month_thirteen),
        ),
        Fault(
            "id_digit_missing",
            "id_number",
            f"{number}.wrong_length",
            _change("id_number", lambda text: text[:16] + text[17:]),
        ),
        Fault(
            "id_fifteen_digits",
            "id_number",
            f"{number}.fifteen_digits",
            _change("id_number", lambda text: text[:6] + text[8:17]),
        ),
        Fault(
            "id_shortened_by_spreadsheet",
            "id_number",
            f"{number}.lost_digits",
            _change("id_number", lambda text: f"{text[0]}.{text[1:6]}E+17"),
        ),
        Fault(
            "id_masked",
            "id_number",
            f"{number}.masked",
            _change("id_number", lambda text: f"{text[:4]}**********{text[14:]}"),
        ),
        Fault("sex_contradicts", "sex", "sex_contradicts_id", _other_sex),
        Fault("sex_unknown", "sex", "sex_unknown", _put("sex", unknown["sex"])),
        Fault("birth_contradicts", "birth_on", "birth_contradicts_id", _other_birthday),
        Fault(
            "birth_impossible",
            "birth_on",
            "date_unreadable",
            _change("birth_on", lambda text: f"{text[:4]}-02-30"),
        ),
        Fault(
            "birth_without_day",
            "birth_on",
            "date_incomplete",
            _change("birth_on", lambda text: text[:7]),
        ),
        Fault(
            "phone_too_short",
            "phone",
            "ids.phone.wrong_length",
            _change("phone", lambda text: text[:10]),
            needs=("phone",),
        ),
        Fault(
            "phone_landline",
            "phone",
            "ids.phone.landline",
            _put("phone", "0576-83000000"),
        ),
        Fault(
            "education_unknown",
            "education",
            "education_unknown",
            _put("education", unknown["education"]),
        ),
        Fault(
            "employer_unknown",
            "employer",
            "employer_unknown",
            _put("employer", unknown["employer"]),
        ),
        Fault(
            "grade_unknown",
            "skill_grade",
            "grade_unknown",
            _put("skill_grade", unknown["grade"]),
            needs=("skill_grade",),
        ),
        Fault(
            "certificate_too_short",
            certificate,
            f"ids.{certificate}.wrong_length",
            _change(certificate, lambda text: text[:-1]),
            needs=(certificate,),
        ),
        Fault(
            "certificate_of_other_grade",
            certificate,
            f"ids.{certificate}.other_grade",
            _other_grade,
            needs=(certificate, "skill_grade"),
        ),
        Fault(
            "issued_in_future",
            "certificate_issued_on",
            "date_in_future",
            _tomorrow("certificate_issued_on"),
            needs=(certificate,),
        ),
        Fault(
            "joined_in_future", "joined_on", "date_in_future", _tomorrow("joined_on")
        ),
        Fault("joined_before_birth", "joined_on", "date_too_early", _before_birth),
    )


REPEATED = Fault(
    "row_repeated", "id_number", "duplicate_row", lambda _row, _chance: None
)


def _other_dates(row: Row, chance: Random) -> None:
    for column in ("birth_on", "joined_on", "certificate_issued_on"):
        if row[column]:
            day = date.fromisoformat(row[column] or "")
            row[column] = day.strftime(chance.choice(roster_words()["dates"]))


@cache
def oddities() -> Sequence[Spoil]:
    """Return unusual ways to write a sound row; the import reads the same from them."""
    return (
        _change("id_number", str.lower),
        _change("id_number", lambda text: f" {text[:6]} {text[6:14]} {text[14:]} "),
        _change("id_number", lambda text: text.translate(_FULL_WIDTH)),
        _change("name", "\u3000".join),
        _other_dates,
    )
