"""Unified social credit codes (GB 32100-2015): 18 characters with a check character.

The letters I, O, S, V and Z are not used. The first character names the authority that
registers: 8 is the trade unions (81 a grassroots union), 9 the market regulator, and a
few are letters: A the army, N agriculture (N2 a village cooperative), Y others.
"""

import re
from dataclasses import dataclass
from operator import mul

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.problems import IdProblem, IdWarning
from jiangxin.foundation.ids.typing_habits import is_excel_number, plain

LENGTH = 18
ORGANISATION_CODE_LENGTH = 9
OLD_LICENCE_LENGTH = 15
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
AUTHORITIES = frozenset("123456789ANY")

_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_WEIGHTS = tuple(3**i % 31 for i in range(17))
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_INNER_CHECKS = "0123456789X0"  # by 11 minus the remainder, 1 to 11; 10 is X, 11 is 0


def _values(alphabet: str) -> bytes:
    """Return a table for `bytes.translate` from a character to its place in `alphabet`."""
    table = bytearray(256)
    for value, character in enumerate(alphabet):
        table[ord(character)] = value
    return bytes(table)


_VALUES = _values(ALPHABET)
_INNER_VALUES = _values("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class WrongLength(IdProblem):
    code = "ids.credit_code.wrong_length"
    text = _(
        "A unified social credit code has 18 characters; this has %(length)s. "
        "Copy it from the certificate or licence again."
    )


class OldLicenceNumber(IdProblem):
    code = "ids.credit_code.old_licence_number"
    text = _(
        "This is a business registration number of 15 digits, as used until 2018. "
        "Give the 18 characters of the unified social credit code."
    )


class OrganisationCodeAlone(IdProblem):
    code = "ids.credit_code.organisation_code_alone"
    text = _(
        "This is an organisation code of 9 characters. Give the 18 characters of the "
        "unified social credit code, which contains it."
    )


class LostDigits(IdProblem):
    code = "ids.credit_code.lost_digits"
    text = _(
        "The spreadsheet kept this code as a number and lost its last digits. "
        "Format the column as text and enter the code again."
    )


class BadCharacter(IdProblem):
    code = "ids.credit_code.bad_character"
    text = _(
        "Character %(position)s of the credit code is “%(character)s”. The letters "
        "I, O, S, V and Z are never used: look for 1, 0, 5, U and 2."
    )


class BadDivision(IdProblem):
    code = "ids.credit_code.bad_division"
    text = _(
        "Characters 3 to 8 of the credit code are a division code, so they must be "
        "digits; “%(characters)s” is not. Compare it with the certificate."
    )


class WrongCheckCharacter(IdProblem):
    code = "ids.credit_code.wrong_check_character"
    text = _(
        "The last character of the credit code does not fit the others, so one of them "
        "is mistyped or two are swapped. Compare it with the certificate."
    )


UNKNOWN_AUTHORITY = IdWarning(
    "ids.credit_code.unknown_authority",
    _(
        "The credit code begins with %(character)s, which stands for no registering "
        "authority known here. Compare it with the certificate."
    ),
)
# Not every registrant's organisation code satisfies GB 11714, so it is advice only.
INNER_CHECK = IdWarning(
    "ids.credit_code.inner_check",
    _(
        "The organisation code inside the credit code (characters 9 to 17) has an "
        "unusual check digit. Compare it with the certificate if in doubt."
    ),
)


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code that passed. `code` has 18 characters, letters in capitals."""

    code: str
    warnings: tuple[IdWarning, ...] = ()

    @property
    def authority(self) -> str:
        """The first character: "8" trade unions, "9" market regulator, "N" agriculture."""
        return self.code[0]

    @property
    def is_union(self) -> bool:
        return self.code[0] == "8"

    @property
    def is_grassroots_union(self) -> bool:
        return self.code.startswith("81")

    @property
    def division_code(self) -> str:
        """Six digits: where the registering authority sits."""
        return self.code[2:8]

    @property
    def organisation_code(self) -> str:
        """Nine characters (GB 11714), the part that names the organisation."""
        return self.code[8:17]


def check_credit_code(text: str) -> CreditCode:
    """Return the code in `text`, normalised.

    Raises a subclass of IdProblem.
    Source: GB 32100-2015 with amendment 1 of 2016; GB 11714 for the inner check.
    """
    code = text
    if not _SHAPE.fullmatch(code):
        code = plain(text)
        if not _SHAPE.fullmatch(code):
            raise _shape_problem(code)
    if code[17] != check_character(code):
        raise WrongCheckCharacter
    return CreditCode(code, _warnings(code))


def check_character(code: str) -> str:
    """Return the check character that the first 17 characters of `code` call for."""
    values = code.encode().translate(_VALUES)
    return ALPHABET[-sum(map(mul, values, _WEIGHTS)) % 31]


def inner_check_character(eight: str) -> str:
    """Return the check character of an organisation code's first eight characters."""
    values = eight.encode().translate(_INNER_VALUES)
    return _INNER_CHECKS[11 - sum(map(mul, values, _INNER_WEIGHTS)) % 11]


def with_check_digit(seventeen: str) -> str:
    """Return the whole code of 17 characters, for making test and demonstration data.

    Raises ValueError unless given exactly 17 characters of the alphabet.
    """
    if len(seventeen) != LENGTH - 1 or not set(seventeen) <= set(ALPHABET):
        message = f"not 17 characters of a credit code: {seventeen!r}"
        raise ValueError(message)
    return seventeen + check_character(seventeen)


def make_credit_code(*, authority: str, division_code: str, serial: str) -> str:
    """Return a code right in every check, inner one included.

    authority: two characters ("81" grassroots union, "91" company, "N2" village
    cooperative); division_code: six digits; serial: eight characters of the alphabet.
    """
    return with_check_digit(
        authority + division_code + serial + inner_check_character(serial)
    )


def _warnings(code: str) -> tuple[IdWarning, ...]:
    warnings: tuple[IdWarning, ...] = ()
    if code[0] not in AUTHORITIES:
        warnings += (UNKNOWN_AUTHORITY.about(character=code[0]),)
    if code[16] != inner_check_character(code[8:16]):
        warnings += (INNER_CHECK,)
    return warnings


def _shape_problem(code: str) -> IdProblem:
    """Say why plain `code` has not the shape of a credit code."""
    if is_excel_number(code):
        return LostDigits()
    if len(code) != LENGTH:
        return _length_problem(code)
    for position, character in enumerate(code, start=1):
        if character not in ALPHABET:
            return BadCharacter(position=position, character=character)
    return BadDivision(characters=code[2:8])


def _length_problem(code: str) -> IdProblem:
    if len(code) == OLD_LICENCE_LENGTH and code.isascii() and code.isdigit():
        return OldLicenceNumber()
    bare = code.replace("-", "")
    if len(bare) == ORGANISATION_CODE_LENGTH and bare.isascii() and bare.isalnum():
        return OrganisationCodeAlone()
    return WrongLength(length=len(code))
