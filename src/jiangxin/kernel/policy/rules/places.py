"""Reading YAML so that every fault can be pointed at: file, line and place in the tree.

The plain loader forgets lines, takes `on` for a truth value and lets a key stand twice;
here nodes are read one by one, as the type that is wanted.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

import yaml

from jiangxin.foundation.i18n import to_translate as _
from jiangxin.foundation.i18n import told
from jiangxin.kernel.policy.rules.tree import HUNDREDTHS, Sentence

E = TypeVar("E", bound=Enum)

NOT_ONE_OF = _("'%(given)s' is not one of: %(known)s")
NOT_A_NUMBER = _("'%(given)s' is not a number")

NULL = "tag:yaml.org,2002:null"
TRUTHS = {"true": True, "false": False}
# Of whole yuan, say; the fen of it still fit into 64 bits.
MOST_DIGITS = 15


class PolicyFault(Exception):
    """A policy or parameter file says something that cannot be right.

    where: the way to the field. text: marked by `to_translate`; values: what fills it.
    """

    def __init__(
        self, file: str, line: int, where: str, text: str, **values: object
    ) -> None:
        super().__init__(file, line, where, text, values)
        self.file = file
        self.line = line
        self.where = where
        self.text = text
        self.values = values

    @property
    def problem(self) -> str:
        """What is wrong, in the active language."""
        return told(self.text, self.values)

    def __str__(self) -> str:
        place = {"file": self.file, "line": self.line, "problem": self.problem}
        if not self.where:
            return told(_("%(file)s:%(line)s: %(problem)s"), place)
        text = _("%(file)s:%(line)s: %(where)s: %(problem)s")
        return told(text, {**place, "where": self.where})


@dataclass(frozen=True)
class Place:
    """A node of a file, and the way to it from the top."""

    node: yaml.Node
    file: str
    where: str = ""

    def fault(self, text: str, **values: object) -> PolicyFault:
        line = self.node.start_mark.line + 1
        return PolicyFault(self.file, line, self.where, text, **values)

    def fields(
        self, needed: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, "Place"]:
        """Return the values of a mapping whose keys are a closed list."""
        found = self.mapping()
        for key, place in found.items():
            if key not in needed and key not in optional:
                known = ", ".join([*needed, *optional])
                raise place.fault(NOT_ONE_OF, given=key, known=known)
        for key in needed:
            if key not in found:
                raise self.fault(_("'%(key)s' is missing"), key=key)
        return found

    def mapping(self) -> dict[str, "Place"]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault(_("should be a mapping of keys to values"))
        found: dict[str, Place] = {}
        for key, value in self.node.value:
            name = str(key.value)
            place = Place(value, self.file, f"{self.where}.{name}".lstrip("."))
            if name in found:
                raise place.fault(_("'%(key)s' stands here twice"), key=name)
            found[name] = place
        return found

    def items(self) -> list["Place"]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault(_("should be a list"))
        if not self.node.value:
            raise self.fault(_("is an empty list"))
        return [
            Place(value, self.file, f"{self.where}[{number}]")
            for number, value in enumerate(self.node.value)
        ]

    @property
    def is_null(self) -> bool:
        return self.node.tag == NULL

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    def text(self, *, may_be_empty: bool = False) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or self.is_null:
            raise self.fault(_("should be a text"))
        text = self.node.value.strip()
        if not text and not may_be_empty:
            raise self.fault(_("is empty"))
        return str(text)

    def sentence(self) -> Sentence:
        fields = self.fields(["zh-hans", "en"])
        return Sentence(fields["zh-hans"].text(), fields["en"].text())

    def day(self) -> date:
        text = self.text()
        try:
            return date.fromisoformat(text)
        except ValueError as problem:
            raise self.fault(
                _("'%(given)s' is not a date like 2026-01-31"), given=text
            ) from problem

    def integer(self) -> int:
        text = self.text()
        try:
            number = int(text)
        except ValueError as problem:
            raise self.fault(
                _("'%(given)s' is not a whole number"), given=text
            ) from problem
        if not _is_of_a_size(Decimal(number)):
            raise self.fault(_("is too large a number"))
        return number

    def decimal(self) -> Decimal:
        text = self.text()
        try:
            number = Decimal(text)
        except InvalidOperation as problem:
            raise self.fault(NOT_A_NUMBER, given=text) from problem
        if not number.is_finite() or not _is_of_a_size(number):
            raise self.fault(NOT_A_NUMBER, given=text)
        return number

    def hundredths(self) -> int:
        """Read yuan as fen, or per cent as hundredths of it; never below zero."""
        number = self.decimal() * HUNDREDTHS
        if number != int(number):
            raise self.fault(_("has more than two decimals"))
        if number < 0:
            raise self.fault(_("is below zero"))
        return int(number)

    def truth(self) -> bool:
        text = self.text()
        if text not in TRUTHS:
            raise self.fault(_("'%(given)s' is neither true nor false"), given=text)
        return TRUTHS[text]

    def choice(self, kind: type[E]) -> E:
        text = self.text()
        try:
            return kind(text)
        except ValueError as problem:
            known = ", ".join(str(member.value) for member in kind)
            raise self.fault(NOT_ONE_OF, given=text, known=known) from problem


def _is_of_a_size(number: Decimal) -> bool:
    """Whether it has no more digits than databases reckon with: `1e999999` is short."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and (
        number.adjusted() < MOST_DIGITS and exponent > -MOST_DIGITS
    )


def top(text: str, file: str) -> Place:
    """Parse a file's text. Raises PolicyFault when it is not YAML or is empty."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError as problem:
        raise PolicyFault(file, 1, "", _("is nested too deeply")) from problem
    except yaml.reader.ReaderError as problem:
        raise PolicyFault(
            file, 1, "", _("not a text: %(reason)s"), reason=problem.reason
        ) from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = mark.line + 1 if mark else 1
        raise PolicyFault(
            file, line, "", _("not YAML: %(reason)s"), reason=problem.problem
        ) from problem
    if node is None:
        raise PolicyFault(file, 1, "", _("the file is empty"))
    return Place(node, file)
