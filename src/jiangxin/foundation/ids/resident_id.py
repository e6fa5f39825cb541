"""Resident identity numbers (GB 11643-1999): 18 characters with a check digit.

The same form serves residence permits of people from Hong Kong, Macao and Taiwan
(810000, 820000, 830000) and, since 2023, foreigners' permanent residence cards (9…).

A number whose birth century is written 17 or 18 can belong to nobody alive. Such numbers
are what demonstration data is made of: 18 stands for 19 and 17 for 20, so that a made-up
person has an age. They are refused unless the caller allows them (docs/adr/0004).
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from operator import mul
from typing import Literal

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.problems import IdProblem, IdWarning
from jiangxin.foundation.ids.provinces import PROVINCES
from jiangxin.foundation.ids.typing_habits import is_excel_number, plain

EARLIEST_YEAR = 1900
LENGTH = 18
OLD_LENGTH = 15
FOREIGNER = "9"
# The century a demonstration number writes, and the one it means.
DEMONSTRATION_CENTURIES = {"17": "20", "18": "19"}
PERMIT_DIVISIONS = frozenset({"810000", "820000", "830000"})

Kind = Literal["citizen", "residence_permit", "permanent_residence"]
Sex = Literal["1", "2"]

_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
# The sum is taken over character codes, which is faster than over digits; this is what
# the codes add to it.
_SURPLUS = ord("0") * sum(WEIGHTS)
# What a Chinese or Cyrillic keyboard gives for the X.
_LIKE_X = str.maketrans({"\u00d7": "X", "\u0425": "X", "\u0445": "X"})


class WrongLength(IdProblem):
    code = "ids.resident_id.wrong_length"
    text = _(
        "An ID number has 18 characters; this has %(length)s. "
        "Copy it from the card again."
    )


class OldFifteenDigits(IdProblem):
    code = "ids.resident_id.fifteen_digits"
    text = _(
        "ID numbers of 15 digits have been void since 2013. "
        "Give the 18 characters of the present card."
    )


class LostDigits(IdProblem):
    code = "ids.resident_id.lost_digits"
    text = _(
        "The spreadsheet kept this ID number as a number and lost its last digits. "
        "Format the column as text and enter the number again."
    )


class Masked(IdProblem):
    code = "ids.resident_id.masked"
    text = _(
        "Part of this ID number is hidden behind asterisks. Give the whole number."
    )


class BadCharacter(IdProblem):
    code = "ids.resident_id.bad_character"
    text = _(
        "Character %(position)s of the ID number is “%(character)s”. Only digits may "
        "stand there, and X in the last place."
    )


class NoSuchDate(IdProblem):
    code = "ids.resident_id.no_such_date"
    text = _(
        "Characters 7 to 14 of the ID number are a birth date, but these are no day of "
        "the calendar. Compare them with the card."
    )


class BornTooEarly(IdProblem):
    code = "ids.resident_id.born_too_early"
    text = _(
        "The ID number says its holder was born too long ago to be alive. "
        "Compare characters 7 to 10 with the card."
    )


class BornInFuture(IdProblem):
    code = "ids.resident_id.born_in_future"
    text = _(
        "The ID number says its holder was born on a day that is still to come. "
        "Compare characters 7 to 14 with the card."
    )


class DemonstrationNumber(IdProblem):
    code = "ids.resident_id.demonstration"
    text = _(
        "This ID number is made up for demonstrations: its birth century is one that "
        "nobody alive was born in. Give the number of a real card."
    )


class WrongCheckDigit(IdProblem):
    code = "ids.resident_id.wrong_check_digit"
    text = _(
        "The last character of the ID number does not fit the others, so one of them "
        "is mistyped or two are swapped. Compare it with the card."
    )


UNKNOWN_DIVISION = IdWarning(
    "ids.resident_id.unknown_division",
    _(
        "The ID number begins with %(division)s, which is no division known here. "
        "Older numbers may keep abolished codes; otherwise compare it with the card."
    ),
)


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A number that passed. `number` has 18 characters, its X in capitals.

    birth_on: for a demonstration number the date it stands for, not the one it writes.
    """

    number: str
    birth_on: date
    warnings: tuple[IdWarning, ...] = ()

    @property
    def sex(self) -> Sex:
        """GB/T 2261.1: "1" male, "2" female."""
        return "1" if self.number[16] in "13579" else "2"

    @property
    def kind(self) -> Kind:
        if self.number[0] == FOREIGNER:
            return "permanent_residence"
        if self.number[:6] in PERMIT_DIVISIONS:
            return "residence_permit"
        return "citizen"

    @property
    def division_code(self) -> str:
        """Where the number was first given: a county, or a foreigner's province."""
        if self.number[0] == FOREIGNER:
            return self.number[1:3]
        return self.number[:6]

    @property
    def is_demonstration(self) -> bool:
        """Whether the birth century shows that no living person holds the number."""
        return self.number[6:8] in DEMONSTRATION_CENTURIES


def check_resident_id(
    text: str,
    *,
    on: date,
    known_divisions: Container[str] | None = None,
    allow_demonstration: bool = False,
) -> ResidentId:
    """Return the number in `text`, normalised.

    on: the day of the check; a birth after it is refused.
    known_divisions: county codes to compare with; an unknown one is a warning only.
    Without them only the province is compared.
    allow_demonstration: whether a number that can belong to nobody alive will do.
    Raises a subclass of IdProblem.
    Source: GB 11643-1999.
    """
    number = text
    if not _SHAPE.fullmatch(number):
        number = plain(text).translate(_LIKE_X)
        if not _SHAPE.fullmatch(number):
            raise _shape_problem(number)
    birth_on = _birth_date(number[6:14], on)
    if number[17] != check_digit(number):
        raise WrongCheckDigit
    if number[6:8] in DEMONSTRATION_CENTURIES and not allow_demonstration:
        raise DemonstrationNumber
    return ResidentId(number, birth_on, _warnings(number, known_divisions))


def check_digit(number: str) -> str:
    """Return the check digit that the first 17 digits of `number` call for."""
    total = sum(map(mul, number.encode(), WEIGHTS)) - _SURPLUS
    return CHECK_DIGITS[total % 11]


def with_check_digit(seventeen: str) -> str:
    """Return the whole number of 17 digits, for making test and demonstration data.

    Raises ValueError unless given exactly 17 digits.
    """
    if len(seventeen) != LENGTH - 1 or not (
        seventeen.isascii() and seventeen.isdigit()
    ):
        message = f"not 17 digits: {seventeen!r}"
        raise ValueError(message)
    return seventeen + check_digit(seventeen)


def _birth_date(digits: str, on: date) -> date:
    century = DEMONSTRATION_CENTURIES.get(digits[:2], digits[:2])
    try:
        birth_on = date.fromisoformat(century + digits[2:])
    except ValueError:
        raise NoSuchDate from None
    if birth_on > on:
        raise BornInFuture
    if birth_on.year < EARLIEST_YEAR:
        raise BornTooEarly
    return birth_on


def _warnings(
    number: str, known_divisions: Container[str] | None
) -> tuple[IdWarning, ...]:
    if number[0] == FOREIGNER:
        division, is_known = number[1:3], number[1:3] in PROVINCES
    elif known_divisions is None or number[:6] in PERMIT_DIVISIONS:
        division = number[:2]
        is_known = division in PROVINCES or number[:6] in PERMIT_DIVISIONS
    else:
        division = number[:6]
        is_known = division in known_divisions
    return () if is_known else (UNKNOWN_DIVISION.about(division=division),)


def _shape_problem(number: str) -> IdProblem:
    """Say why plain `number` has not the shape of an ID number."""
    if is_excel_number(number):
        return LostDigits()
    if "*" in number:
        return Masked()
    if len(number) == OLD_LENGTH and number.isascii() and number.isdigit():
        return OldFifteenDigits()
    if len(number) != LENGTH:
        return WrongLength(length=len(number))
    position, character = next(
        (position, character)
        for position, character in enumerate(number, start=1)
        if not _may_stand(character, position)
    )
    return BadCharacter(position=position, character=character)


def _may_stand(character: str, position: int) -> bool:
    if position == 1:
        return character in "123456789"
    return character in "0123456789" or (position == LENGTH and character == "X")
