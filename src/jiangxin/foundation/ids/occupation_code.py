"""Codes of the classification of occupations, 2022 edition: d-dd-dd-dd."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.problems import IdProblem, IdWarning
from jiangxin.foundation.ids.typing_habits import plain

# Soldiers (7) and the unclassified (8) are majors without a division below them.
UNDIVIDED_MAJORS = frozenset("78")

_SHAPE = re.compile(r"[1-8]-\d{2}-\d{2}-\d{2}", re.ASCII)
_WITHOUT_DASHES = re.compile(r"([1-8])-?(\d{2})-?(\d{2})-?(\d{2})", re.ASCII)
# The classification marks digital (S) and green (L) occupations behind the code.
_MARK = re.compile(r"\(?(L/S|S/L|L|S)\)?$")
_UNKNOWN_MAJOR = re.compile(r"[09]-?\d{2}-?\d{2}-?\d{2}", re.ASCII)


class BadShape(IdProblem):
    code = "ids.occupation_code.bad_shape"
    text = _(
        "An occupation code is one digit and three pairs of digits, such as "
        "6-18-01-01. Look it up in the list of occupations."
    )


class UnknownMajor(IdProblem):
    code = "ids.occupation_code.unknown_major"
    text = _(
        "An occupation code begins with 1 to 8; this begins with %(digit)s. "
        "Look it up in the list of occupations."
    )


GROUP = IdWarning(
    "ids.occupation_code.group",
    _(
        "This code names a group of occupations. "
        "Give the code of one occupation, if it is known."
    ),
)


@dataclass(frozen=True, slots=True)
class OccupationCode:
    """A code that passed, with its dashes."""

    code: str
    warnings: tuple[IdWarning, ...] = ()

    @property
    def groups(self) -> tuple[str, str, str]:
        """The major, medium and minor group it belongs to: ("6", "6-18", "6-18-01")."""
        return self.code[0], self.code[:4], self.code[:7]


def check_occupation_code(text: str) -> OccupationCode:
    """Return the code in `text`, normalised; dashes may be left out.

    Whether the classification holds such an occupation is not looked at.
    Raises a subclass of IdProblem.
    """
    code = text
    if not _SHAPE.fullmatch(code):
        parts = _WITHOUT_DASHES.fullmatch(_MARK.sub("", plain(text)))
        if parts is None:
            raise _shape_problem(plain(text))
        code = "-".join(parts.groups())
    is_group = code.endswith("-00") and code[0] not in UNDIVIDED_MAJORS
    return OccupationCode(code, (GROUP,) if is_group else ())


def _shape_problem(code: str) -> IdProblem:
    if _UNKNOWN_MAJOR.fullmatch(code):
        return UnknownMajor(digit=code[0])
    return BadShape()
