"""Numbers of bank accounts and bank cards: 12 to 19 digits.

ISO/IEC 7812-1 permits a card number of up to 19 digits; passbooks have 12 and more.
Their last digit is a check digit by Luhn's formula on cards only, of 16 or 19 digits
here, and not on every account of these lengths: so it is a warning, not a refusal.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.problems import IdProblem, IdWarning
from jiangxin.foundation.ids.typing_habits import is_excel_number, plain

SHORTEST, LONGEST = 12, 19
CARD_LENGTHS = (16, 19)

_PUNCTUATION = str.maketrans("", "", "-. ")
_NINE = 9


class Empty(IdProblem):
    code = "ids.bank_account.empty"
    text = _("There is no account number. Give the digits on the card or passbook.")


class LostDigits(IdProblem):
    code = "ids.bank_account.lost_digits"
    text = _(
        "The spreadsheet kept this account number as a shortened number. "
        "Format the column as text and enter the number again."
    )


class BadCharacter(IdProblem):
    code = "ids.bank_account.bad_character"
    text = _("An account number has digits only. Give it whole and nothing else.")


class WrongLength(IdProblem):
    code = "ids.bank_account.wrong_length"
    text = _(
        "An account number has 12 to 19 digits; this has %(length)s. "
        "Compare it with the card."
    )


CHECK_DIGIT = IdWarning(
    "ids.bank_account.check_digit",
    _(
        "The last digit does not fit a bank card of this length. The number is kept; "
        "compare it with the card once more."
    ),
)


@dataclass(frozen=True, slots=True)
class BankAccountNumber:
    """A number that passed: digits only. warning: what to look at again, if anything."""

    number: str
    warning: IdWarning | None = None


def check_bank_account(text: str) -> BankAccountNumber:
    """Return the account number in `text`, normalised.

    Raises a subclass of IdProblem.
    """
    written = plain(text)
    if not written:
        raise Empty
    if is_excel_number(written):
        raise LostDigits
    number = written.translate(_PUNCTUATION)
    if not re.fullmatch(r"\d+", number, re.ASCII):
        raise BadCharacter
    if not SHORTEST <= len(number) <= LONGEST:
        raise WrongLength(length=len(number))
    is_odd = len(number) in CARD_LENGTHS and not fits_luhn(number)
    return BankAccountNumber(number, CHECK_DIGIT if is_odd else None)


def fits_luhn(digits: str) -> bool:
    """Return whether the last digit is the check digit of those before it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - _NINE if value > _NINE else value
    return total % 10 == 0
