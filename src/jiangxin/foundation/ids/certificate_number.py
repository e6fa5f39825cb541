"""Numbers of vocational skill-level certificates: a letter and 21 digits.

    Y 0001 23 XXXXXX 19 5 000001
    | |    |  |      |  | serial
    | |    |  |      |  level: 5 junior … 1 senior technician
    | |    |  |      year, two digits
    | |    |  site, given out by the province
    | |    province
    | evaluating organisation; 0000 when filed with the province first
    Y an employer, S an evaluation organisation

A special technician's has two letters and 20 digits. Older vocational qualifications and
provincial series look otherwise; those are accepted with a warning.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.problems import IdProblem, IdWarning
from jiangxin.foundation.ids.provinces import PROVINCES
from jiangxin.foundation.ids.typing_habits import is_excel_number, plain

Family = Literal["skill_level", "special_technician", "qualification", "other"]

LENGTH = 22
LONGEST = 40
CENTURY = 2000
# Rank on the ladder of eight (0 apprentice … 7 chief technician) by level digit.
RANK_BY_LEVEL = {"5": 1, "4": 2, "3": 3, "2": 4, "1": 5}
LEVEL_BY_RANK = {rank: level for level, rank in RANK_BY_LEVEL.items()}
SPECIAL_TECHNICIAN_RANKS = frozenset({6, 7})

_SKILL_LEVEL = re.compile(r"[YS]\d{21}", re.ASCII)
_SPECIAL_TECHNICIAN = re.compile(r"[A-Z]{2}\d{20}", re.ASCII)
_QUALIFICATION = re.compile(r"\d{16}", re.ASCII)
_NEARLY_SKILL_LEVEL = re.compile(r"[YS]\d{17,25}", re.ASCII)


class Empty(IdProblem):
    code = "ids.certificate_number.empty"
    text = _("There is no certificate number. Copy it from the certificate.")


class TooLong(IdProblem):
    code = "ids.certificate_number.too_long"
    text = _(
        "No certificate number has %(length)s characters. Give the number of one "
        "certificate and nothing else."
    )


class LostDigits(IdProblem):
    code = "ids.certificate_number.lost_digits"
    text = _(
        "The spreadsheet kept this certificate number as a number and lost its last "
        "digits. Format the column as text and enter the number again."
    )


class WrongLength(IdProblem):
    code = "ids.certificate_number.wrong_length"
    text = _(
        "A skill-level certificate number is a letter and 21 digits; this has "
        "%(digits)s digits. Compare it with the certificate."
    )


class NoSuchLevel(IdProblem):
    code = "ids.certificate_number.no_such_level"
    text = _(
        "Character 16 of the certificate number is the level, 5 to 1; “%(level)s” is "
        "none. Compare it with the certificate."
    )


class OtherGrade(IdProblem):
    code = "ids.certificate_number.other_grade"
    text = _(
        "The certificate number is of another grade than the one given beside it. "
        "Correct the number or the grade."
    )


class IssuedBeforeNumber(IdProblem):
    code = "ids.certificate_number.issued_before_number"
    text = _(
        "The certificate number was given out in %(year)s, after the date of issue "
        "%(issued_on)s. Correct the number or the date."
    )


UNKNOWN_PROVINCE = IdWarning(
    "ids.certificate_number.unknown_province",
    _(
        "Characters 6 and 7 of the certificate number should be a province; "
        "%(province)s is none."
    ),
)
OTHER_FAMILY = IdWarning(
    "ids.certificate_number.other_family",
    _(
        "The certificate number is not in the national form of a letter and 21 digits, "
        "so neither level nor year could be compared."
    ),
)


@dataclass(frozen=True, slots=True)
class CertificateNumber:
    """A number that passed; what it tells is None where its family does not say."""

    number: str
    family: Family
    warnings: tuple[IdWarning, ...] = ()

    @property
    def rank(self) -> int | None:
        """Place on the ladder of eight: 1 junior … 5 senior technician, 6 special."""
        if self.family == "skill_level":
            return RANK_BY_LEVEL[self.number[15]]
        return 6 if self.family == "special_technician" else None

    @property
    def year(self) -> int | None:
        if self.family == "skill_level":
            return CENTURY + int(self.number[13:15])
        return None

    @property
    def province_code(self) -> str | None:
        return self.number[5:7] if self.family == "skill_level" else None


def check_certificate_number(
    text: str, *, rank: int | None = None, issued_on: date | None = None
) -> CertificateNumber:
    """Return the number in `text`, normalised.

    rank: the grade given beside the number, 0 apprentice … 7 chief technician; compared
    with the level digit when given. issued_on: date of issue given beside the number.
    Raises a subclass of IdProblem.
    """
    number = text if _SKILL_LEVEL.fullmatch(text) else plain(text)
    if _SKILL_LEVEL.fullmatch(number):
        return _check_skill_level(number, rank, issued_on)
    if _SPECIAL_TECHNICIAN.fullmatch(number):
        if rank is not None and rank not in SPECIAL_TECHNICIAN_RANKS:
            raise OtherGrade
        return CertificateNumber(number, "special_technician")
    _check_other_family(number)
    family: Family = "qualification" if _QUALIFICATION.fullmatch(number) else "other"
    return CertificateNumber(number, family, (OTHER_FAMILY,))


def make_certificate_number(
    *,
    by_employer: bool,
    organisation: int,
    province_code: str,
    site: int,
    year: int,
    rank: int,
    serial: int,
) -> str:
    """Return a number of the national form, for making test and demonstration data.

    organisation: 0–9999; site and serial: 0–999,999; rank: 1 junior … 5 senior
    technician. Raises KeyError for another rank.
    """
    letter = "Y" if by_employer else "S"
    return (
        f"{letter}{organisation:04}{province_code}{site:06}"
        f"{year % 100:02}{LEVEL_BY_RANK[rank]}{serial:06}"
    )


def _check_skill_level(
    number: str, rank: int | None, issued_on: date | None
) -> CertificateNumber:
    level = number[15]
    if level not in RANK_BY_LEVEL:
        raise NoSuchLevel(level=level)
    if rank is not None and rank != RANK_BY_LEVEL[level]:
        raise OtherGrade
    if issued_on is not None:
        year = CENTURY + int(number[13:15])
        if year > issued_on.year:
            raise IssuedBeforeNumber(year=year, issued_on=issued_on.isoformat())
    province = number[5:7]
    if province in PROVINCES:
        return CertificateNumber(number, "skill_level")
    warnings = (UNKNOWN_PROVINCE.about(province=province),)
    return CertificateNumber(number, "skill_level", warnings)


def _check_other_family(number: str) -> None:
    if not number:
        raise Empty
    if is_excel_number(number):
        raise LostDigits
    if _NEARLY_SKILL_LEVEL.fullmatch(number):
        raise WrongLength(digits=len(number) - 1)
    if len(number) > LONGEST:
        raise TooLong(length=len(number))
