"""Policies as plain lists and mappings: what a draft is edited as, and how it is written.

`tree_of` keeps every scalar as the text it is written as, which is what forms show and
what `rules/places.py` reads; `text_of` writes a tree in the house format.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from jiangxin.kernel.policy.rules.places import NULL, top

Tree = dict[str, Any]
Step = str | int
Path = tuple[Step, ...]

WIDTH = 88
# A mapping of scalars stands on one line when it is no longer than this.
LINE = 76
# Written on lines of their own even when short, so that files compare well.
ALWAYS_OPEN = frozenset({"grants"})
TRUTH = re.compile("true|false")


def tree_of(text: str, file: str = "draft") -> Tree:
    """Parse a draft's text. Raises PolicyFault when it is not YAML."""
    plain = _plain(top(text, file).node)
    return plain if isinstance(plain, dict) else {}


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return None if node.tag == NULL else str(node.value)


class _Writer(yaml.SafeDumper):
    """Indents lists under their key, and refers to nothing by a name of its own."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 -- PyYAML's signature
        super().increase_indent(flow, False)

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _decimal(writer: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    kind = "int" if value == int(value) and "." not in str(value) else "float"
    return writer.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{value:f}")


def _mapping(writer: yaml.SafeDumper, value: dict[str, Any]) -> yaml.Node:
    is_short = _is_flat(value) and not ALWAYS_OPEN & value.keys()
    length = sum(len(str(k)) + _width(v) + 4 for k, v in value.items())
    return writer.represent_mapping(
        "tag:yaml.org,2002:map",
        value.items(),
        flow_style=is_short and length <= LINE,
    )


def _sequence(writer: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    return writer.represent_sequence(
        "tag:yaml.org,2002:seq",
        value,
        flow_style=not any(isinstance(one, dict | list) for one in value),
    )


def _is_flat(value: dict[str, Any]) -> bool:
    return not any(isinstance(one, dict | list) for one in value.values())


def _width(value: Any) -> int:
    """Chinese characters are twice as wide as letters."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(value))  # noqa: PLR2004 -- where they begin


# Only the words that policies are read by are truth values: `on` is a key of cases.
_Writer.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":bool")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Writer.add_implicit_resolver("tag:yaml.org,2002:bool", TRUTH, ["t", "f"])
_Writer.add_representer(Decimal, _decimal)
_Writer.add_representer(dict, _mapping)
_Writer.add_representer(list, _sequence)


def text_of(tree: Tree) -> str:
    """Write a tree as a file."""
    written: str = yaml.dump(
        tree, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=WIDTH
    )
    return written


def at(tree: Tree, path: Path) -> Any:
    """Return what stands at a path. Raises LookupError."""
    found: Any = tree
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError) as missing:
            raise LookupError(path) from missing
    return found


def path_of(text: str) -> Path:
    """Read a path as addresses write it: `conditions.2.any_of.0`."""
    return tuple(
        int(step) if step.isdigit() else step for step in text.split(".") if step
    )


def lists_of_conditions(tree: Tree) -> Iterator[Path]:
    """Every list that conditions stand in, also inside groups and rows of grants."""
    yield from _lists(tree, ("conditions",))
    for number in range(len(_rows(tree))):
        yield from _lists(tree, ("grants", "rows", number, "when"))


def _rows(tree: Tree) -> list[Any]:
    grants = tree.get("grants") or {}
    return grants.get("rows") or []


def _lists(tree: Tree, path: Path) -> Iterator[Path]:
    try:
        members = at(tree, path) or []
    except LookupError:
        return
    yield path
    for place, member in enumerate(members):
        for junction in ("any_of", "all_of"):
            if isinstance(member, dict) and junction in member:
                yield from _lists(tree, (*path, place, junction))
