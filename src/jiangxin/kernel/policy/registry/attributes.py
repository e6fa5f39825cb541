"""Attributes: what policies may read of a person, each computed in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation
from django.db.models.expressions import Combinable

from jiangxin.foundation.parts import Text, brought
from jiangxin.kernel.policy.enums import Absence, AttributeType, Sensitivity


@dataclass(frozen=True)
class Relation:
    """A joined row that several attributes read, such as the job a person has.

    make: the relation from Person as of a day. It must meet at most one row a person,
    or people would stand in the profile twice.
    """

    name: str
    make: Callable[[date], FilteredRelation]


@dataclass(frozen=True)
class Attribute:
    """One column of the profile.

    compute: expression over Person as of a day, which may read the joined rows of
    `through`. shows: writes a value in the active language; plain when not given.
    absent_means: what no value on record says, which decides between "information
    needed" and "not eligible". to_record: what to do so that the value is on record.
    """

    key: str
    label: Text
    type: AttributeType
    compute: Callable[[date], Combinable]
    through: tuple[Relation, ...] = ()
    unit: Text = ""
    shows: Callable[[Any], Text] | None = None
    absent_means: Absence = Absence.UNKNOWN
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    to_record: Text = ""
    subject: str = "person"


def attributes() -> dict[str, Attribute]:
    """Return all attributes by key. Raises ValueError when two share one."""
    found: dict[str, Attribute] = {}
    for one in brought(Attribute):
        if found.setdefault(one.key, one) is not one:
            message = f"two attributes are called {one.key!r}"
            raise ValueError(message)
    return found


def attribute(key: str) -> Attribute:
    """Return one attribute. Raises KeyError; policies name none that do not exist."""
    return attributes()[key]
