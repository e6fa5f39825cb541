"""Attributes: what policies may read of a person, each computed in one place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import FilteredRelation, Model, TextChoices
from django.db.models.expressions import Combinable

from jiangxin.foundation.i18n import to_translate as _
from jiangxin.foundation.parts import Text, brought
from jiangxin.kernel.policy.enums import (
    Absence,
    AttributeType,
    Sensitivity,
    Subject,
)
from jiangxin.kernel.policy.rules.reading_conditions import Argued

# Of one subject, the days after a day on which its record itself changes a value.
Turns = Callable[[int, date], Iterable[date]]

# The subjects for whom a value changes as the days after one day, up to another, pass.
Passes = Callable[[date, date], Iterable[int]]

# Values with their names, as an editor of policies offers them.
Choices = Callable[[], Iterable[tuple[Any, Text]]]

# Between a family's name and its arguments; in no attribute's own name.
SEPARATOR = "__"
ANY = "any"
# What is left of the 63 letters of a column's name in PostgreSQL.
LONGEST_KEY = 52


@dataclass(frozen=True)
class Relation:
    """A joined row that several attributes read, such as the job a person has.

    make: the relation from Person as of a day. It must meet at most one row a person,
    or people would stand in the profile twice.
    """

    name: str
    make: Callable[[date], FilteredRelation]
    turns: Turns | None = None


@dataclass(frozen=True)
class Gathered:
    """How values of many subjects come from reading the rows they hold once.

    rows: what is read; `holder` names the subject's column there. aggregate: over one
    subject's rows, as of a day. empty: the value of those who hold none.
    """

    rows: type[Model]
    holder: str
    aggregate: Callable[[date], Combinable]
    empty: int | None = None


@dataclass(frozen=True)
class Attribute:
    """One column of the profile of a person, or of an organisation.

    compute: expression over Person, or Organisation, as of a day, which may read the
    joined rows of `through`. shows: writes a value in the active language; plain when not
    given. absent_means: what no value on record says, which decides between "information
    needed" and "not eligible". to_record: what to do so that the value is on record;
    recorded_at: the name of a page at the desk, about the subject, where that is begun.
    turns: needed when time alone may change the value, as when a certificate lapses.
    passes: the same for everybody, where it is not the day on which a row begins or ends.
    gathered: the same value as `compute`, in the way that is quicker for many at once.
    choices: the values that an editor offers, when they are few; classes: the beginnings
    of codes that it offers where a class is asked for.
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
    recorded_at: str = ""
    turns: Turns | None = None
    passes: Passes | None = None
    gathered: Gathered | None = None
    subject: Subject = Subject.PERSON
    choices: Choices | None = None
    classes: Choices | None = None

    def all_turns(self) -> list[Turns]:
        """The days of its own and of the rows it reads."""
        found = [self.turns, *(relation.turns for relation in self.through)]
        return [one for one in found if one]


@dataclass(frozen=True)
class Argument:
    """What a family is asked with. choices: None for a whole number above 0.

    among: the choices that make sense for the family; all of them when it is empty.
    """

    name: str
    choices: type[TextChoices] | None = None
    is_needed: bool = False
    among: tuple[str, ...] = ()

    def offered(self) -> list[tuple[str, Text]]:
        """Return the choices that may be asked for, with their names."""
        pairs = self.choices.choices if self.choices else []
        return [pair for pair in pairs if not self.among or pair[0] in self.among]

    def check(self, value: str) -> None:
        if self.choices is None:
            if not value.isascii() or not value.isdigit() or value.startswith("0"):
                text = _("%(name)s: '%(given)s' is not a whole number above 0")
                raise Argued(text, name=self.name, given=value)
        elif value not in (known := dict(self.offered())):
            text = _("%(name)s: '%(given)s' is not one of: %(known)s")
            listed = ", ".join(known)
            raise Argued(text, name=self.name, given=value, known=listed)


@dataclass(frozen=True)
class AttributeFamily:
    """Attributes that one declaration computes, one for each set of arguments.

    An attribute's key is the family's with the arguments in order, such as
    `credential_grade__skill_certificate__36`, so that the profile stays one flat row and
    any engine can keep it as a column. make: the attribute of a key and its arguments,
    of which those not given are left out.
    """

    key: str
    label: Text
    arguments: tuple[Argument, ...]
    make: Callable[[str, Mapping[str, str]], Attribute]
    explains: Text = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.arguments)

    def example(self) -> Attribute:
        """Return one of them, which shows what they have in common."""
        needed = [one for one in self.arguments if one.is_needed]
        return self.attribute({one.name: one.offered()[0][0] for one in needed})

    def attribute(self, arguments: Mapping[str, str]) -> Attribute:
        """Return the attribute of these arguments. Raises ValueError."""
        for one in self.arguments:
            if one.name in arguments:
                one.check(arguments[one.name])
            elif one.is_needed:
                text = _("'%(given)s' needs '%(name)s'")
                raise Argued(text, given=self.key, name=one.name)
        values = [arguments.get(name, ANY) for name in self.names]
        while values and values[-1] == ANY:
            values.pop()
        key = SEPARATOR.join([self.key, *values])
        if len(key) > LONGEST_KEY:
            raise Argued(_("'%(given)s' is too long for a column's name"), given=key)
        return self.make(key, arguments)

    def of_key(self, key: str) -> Attribute:
        """Return the attribute that `attribute` gave this key. Raises ValueError."""
        values = key.split(SEPARATOR)[1:]
        named = zip(self.names, values, strict=False)
        return self.attribute({name: value for name, value in named if value != ANY})


def attributes() -> dict[str, Attribute]:
    """Return all attributes by key. Raises ValueError when two share one."""
    found: dict[str, Attribute] = {}
    for one in brought(Attribute):
        if found.setdefault(one.key, one) is not one:
            message = f"two attributes are called {one.key!r}"
            raise ValueError(message)
    return found


def families() -> dict[str, AttributeFamily]:
    return {one.key: one for one in brought(AttributeFamily)}


@cache
def attribute(key: str) -> Attribute:
    """Return one attribute. Raises KeyError; policies name none that do not exist."""
    known = attributes()
    if key in known:
        return known[key]
    return families()[key.split(SEPARATOR, maxsplit=1)[0]].of_key(key)
