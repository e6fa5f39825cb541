"""Division codes (GB/T 2260 and the statistical codes that continue it).

    33 07 26 100 001     province, prefecture, county, township, village

A code is the prefix of the codes below it, so "is it in there" is `startswith`. Codes
written with zeros to a full length (330700, 330726000000) are cut to what they say.
"""

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.provinces import PROVINCES
from jiangxin.foundation.ids.typing_habits import plain

Level = Literal["province", "prefecture", "county", "township", "village"]

LEVELS: dict[int, Level] = {
    2: "province",
    4: "prefecture",
    6: "county",
    9: "township",
    12: "village",
}

_DIGITS = re.compile(r"\d+", re.ASCII)
_TAILS = ((12, 9, "000"), (9, 6, "000"), (6, 4, "00"), (4, 2, "00"))


class BadCharacter(IdProblem):
    code = "ids.division_code.bad_character"
    text = _("A division code has digits only. Look it up in the list of regions.")


class WrongLength(IdProblem):
    code = "ids.division_code.wrong_length"
    text = _(
        "A division code has 2, 4, 6, 9 or 12 digits; this has %(length)s. "
        "Look it up in the list of regions."
    )


class UnknownProvince(IdProblem):
    code = "ids.division_code.unknown_province"
    text = _(
        "No province has the code %(province)s, with which this division code begins. "
        "Look it up in the list of regions."
    )


@dataclass(frozen=True, slots=True)
class DivisionCode:
    """A code that passed, without the zeros that only fill it up."""

    code: str

    @property
    def level(self) -> Level:
        return LEVELS[len(self.code)]

    @property
    def parents(self) -> tuple[str, ...]:
        """The codes it lies in, widest first; empty for a province."""
        return tuple(self.code[:n] for n in LEVELS if n < len(self.code))


def check_division_code(text: str) -> DivisionCode:
    """Return the code in `text`, normalised.

    Whether such a place exists is not looked at.
    Raises a subclass of IdProblem.
    """
    code = plain(text)
    if code and not _DIGITS.fullmatch(code):
        raise BadCharacter
    if len(code) not in LEVELS:
        raise WrongLength(length=len(code))
    if code[:2] not in PROVINCES:
        raise UnknownProvince(province=code[:2])
    for length, shorter, tail in _TAILS:
        if len(code) == length and code.endswith(tail):
            code = code[:shorter]
    return DivisionCode(code)
