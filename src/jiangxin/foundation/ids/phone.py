"""Mobile phone numbers of the mainland: 11 digits from 13 to 19."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.typing_habits import is_excel_number, plain

LENGTH = 11

_SHAPE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_PUNCTUATION = str.maketrans("", "", "-()./\u00b7")
_COUNTRY = re.compile(r"(?:\+86|0086|86)(?=1\d{10}$)", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)\d{6,}", re.ASCII)
# With its area code, or seven or eight digits alone, or a number for enterprises.
_LANDLINE = re.compile(
    r"(?:(?:\+86|0086)0?|0)[1-9]\d{1,2}[2-9]\d{6,7}|[2-9]\d{6,7}|[48]00\d{7}",
    re.ASCII,
)


class Empty(IdProblem):
    code = "ids.phone.empty"
    text = _("There is no phone number. Give a mobile number of 11 digits.")


class LostDigits(IdProblem):
    code = "ids.phone.lost_digits"
    text = _(
        "The spreadsheet kept this phone number as a shortened number. "
        "Format the column as text and enter the number again."
    )


class Masked(IdProblem):
    code = "ids.phone.masked"
    text = _(
        "Part of this phone number is hidden behind asterisks. Give the whole number."
    )


class Landline(IdProblem):
    code = "ids.phone.landline"
    text = _(
        "This is a landline, which receives no text messages. "
        "Give a mobile number of 11 digits."
    )


class Abroad(IdProblem):
    code = "ids.phone.abroad"
    text = _(
        "This number is from outside the mainland. "
        "Give a mainland mobile number of 11 digits."
    )


class BadCharacter(IdProblem):
    code = "ids.phone.bad_character"
    text = _(
        "A phone number has digits only. Give one mobile number of 11 digits and "
        "nothing else."
    )


class WrongLength(IdProblem):
    code = "ids.phone.wrong_length"
    text = _(
        "A mobile number has 11 digits; this has %(length)s. Compare it with the "
        "source, and give one number only."
    )


class NotMobile(IdProblem):
    code = "ids.phone.not_mobile"
    text = _(
        "Mobile numbers begin with 13 to 19; this begins with %(digits)s. "
        "Compare it with the source."
    )


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that passed: 11 digits, without the country code."""

    number: str


def check_phone(text: str) -> Phone:
    """Return the mobile number in `text`, normalised.

    Raises a subclass of IdProblem.
    """
    if _SHAPE.fullmatch(text):
        return Phone(text)
    written = plain(text)
    if is_excel_number(written):
        raise LostDigits
    # Read from a number cell, 13800000000 comes as 13800000000.0.
    number = _COUNTRY.sub("", written.removesuffix(".0").translate(_PUNCTUATION))
    if not _SHAPE.fullmatch(number):
        raise _shape_problem(number)
    return Phone(number)


def _shape_problem(number: str) -> IdProblem:
    for shape, problem in _REASONS:
        if shape.fullmatch(number):
            return problem()
    if len(number) != LENGTH:
        return WrongLength(length=len(number))
    return NotMobile(digits=number[:2])


# The first shape that fits tells why.
_REASONS: tuple[tuple[re.Pattern[str], type[IdProblem]], ...] = (
    (re.compile(""), Empty),
    (re.compile(r".*\*.*", re.DOTALL), Masked),
    (_LANDLINE, Landline),
    (_ABROAD, Abroad),
    (re.compile(r".*\D.*", re.ASCII | re.DOTALL), BadCharacter),
)
