"""When two records may be of one person.

The same identity number cannot stand in two records, so what is left are numbers that
were typed wrong, or changed: the rules go by what else people share.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jiangxin.kernel.register.enums import DuplicateRule


@dataclass(frozen=True)
class Traits:
    """What of a person the rules read.

    syllables: the name's reading. birth_on: as 1990-01-31. phone_index: "" when no phone is known. employer_id:
    of the open employment, if any.
    """

    name: str
    syllables: Sequence[str]
    birth_on: str
    phone_index: str = ""
    employer_id: int | None = None


def rule_for(one: Traits, other: Traits) -> DuplicateRule | None:
    """Return the surest rule by which these may be one person, if any.

    It does not matter which of the two comes first.
    """
    same_phone = one.phone_index != "" and one.phone_index == other.phone_index
    same_employer = one.employer_id is not None and one.employer_id == other.employer_id
    same_birth = one.birth_on == other.birth_on
    if one.name == other.name and same_birth and same_employer:
        return DuplicateRule.SAME_NAME_AT_WORK
    if one.name == other.name and same_phone:
        return DuplicateRule.SAME_NAME_AND_PHONE
    if (
        same_birth
        and (same_phone or same_employer)
        and are_close(one.syllables, other.syllables)
    ):
        return DuplicateRule.CLOSE_NAME
    return None


def are_close(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two names sound the same, or differ in one syllable.

    A name that cannot be read, or has one syllable, is close to its own reading only.
    """
    if len(one) != len(other) or not one:
        return False
    different = sum(a != b for a, b in zip(one, other, strict=True))
    return different == 0 or (different == 1 and len(one) > 1)
