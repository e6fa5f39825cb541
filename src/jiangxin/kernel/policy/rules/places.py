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

from jiangxin.kernel.policy.rules.tree import HUNDREDTHS, Sentence

E = TypeVar("E", bound=Enum)

NULL = "tag:yaml.org,2002:null"
TRUTHS = {"true": True, "false": False}
# Of whole yuan, say; the fen of it still fit into 64 bits.
MOST_DIGITS = 15


class PolicyFault(Exception):
    """A policy or parameter file says something that cannot be right."""

    def __init__(self, file: str, line: int, where: str, problem: str) -> None:
        place = f"{file}:{line}" + (f": {where}" if where else "")
        super().__init__(f"{place}: {problem}")
        self.file = file
        self.line = line
        self.where = where
        self.problem = problem


@dataclass(frozen=True)
class Place:
    """A node of a file, and the way to it from the top."""

    node: yaml.Node
    file: str
    where: str = ""

    def fault(self, problem: str) -> PolicyFault:
        line = self.node.start_mark.line + 1
        return PolicyFault(self.file, line, self.where, problem)

    def fields(
        self, needed: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, "Place"]:
        """Return the values of a mapping whose keys are a closed list."""
        found = self.mapping()
        for key, place in found.items():
            if key not in needed and key not in optional:
                known = ", ".join([*needed, *optional])
                raise place.fault(f"{key!r} is not one of: {known}")
        for key in needed:
            if key not in found:
                raise self.fault(f"{key!r} is missing")
        return found

    def mapping(self) -> dict[str, "Place"]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("should be a mapping of keys to values")
        found: dict[str, Place] = {}
        for key, value in self.node.value:
            name = str(key.value)
            place = Place(value, self.file, f"{self.where}.{name}".lstrip("."))
            if name in found:
                raise place.fault(f"{name!r} stands here twice")
            found[name] = place
        return found

    def items(self) -> list["Place"]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault("should be a list")
        if not self.node.value:
            raise self.fault("is an empty list")
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
            raise self.fault("should be a text")
        text = self.node.value.strip()
        if not text and not may_be_empty:
            raise self.fault("is empty")
        return str(text)

    def sentence(self) -> Sentence:
        fields = self.fields(["zh-hans", "en"])
        return Sentence(fields["zh-hans"].text(), fields["en"].text())

    def day(self) -> date:
        text = self.text()
        try:
            return date.fromisoformat(text)
        except ValueError as problem:
            raise self.fault(f"{text!r} is not a date like 2026-01-31") from problem

    def integer(self) -> int:
        text = self.text()
        try:
            number = int(text)
        except ValueError as problem:
            raise self.fault(f"{text!r} is not a whole number") from problem
        if not _is_of_a_size(Decimal(number)):
            raise self.fault("is too large a number")
        return number

    def decimal(self) -> Decimal:
        text = self.text()
        try:
            number = Decimal(text)
        except InvalidOperation as problem:
            raise self.fault(f"{text!r} is not a number") from problem
        if not number.is_finite() or not _is_of_a_size(number):
            raise self.fault(f"{text!r} is not a number")
        return number

    def hundredths(self) -> int:
        """Read yuan as fen, or per cent as hundredths of it; never below zero."""
        number = self.decimal() * HUNDREDTHS
        if number != int(number):
            raise self.fault("has more than two decimals")
        if number < 0:
            raise self.fault("is below zero")
        return int(number)

    def truth(self) -> bool:
        text = self.text()
        if text not in TRUTHS:
            raise self.fault(f"{text!r} is neither true nor false")
        return TRUTHS[text]

    def choice(self, kind: type[E]) -> E:
        text = self.text()
        try:
            return kind(text)
        except ValueError as problem:
            known = ", ".join(str(member.value) for member in kind)
            raise self.fault(f"{text!r} is not one of: {known}") from problem


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
        raise PolicyFault(file, 1, "", "is nested too deeply") from problem
    except yaml.reader.ReaderError as problem:
        raise PolicyFault(file, 1, "", f"not a text: {problem.reason}") from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = mark.line + 1 if mark else 1
        raise PolicyFault(file, line, "", f"not YAML: {problem.problem}") from problem
    if node is None:
        raise PolicyFault(file, 1, "", "the file is empty")
    return Place(node, file)
