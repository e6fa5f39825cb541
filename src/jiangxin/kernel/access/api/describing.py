"""The OpenAPI document as rows to read, for the page and for docs/reference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jiangxin.kernel.access.api import door
from jiangxin.kernel.access.api.declaring import SCOPE

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Value:
    """One value that is given or answered. name: the way to it, such as items[].grant."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    description: str
    scope: str
    inputs: list[Value]
    answer: list[Value]

    @property
    def title(self) -> str:
        return f"{self.method} {self.path}"


def operations() -> list[Operation]:
    """Return all operations, in the order in which parts declare them."""
    document = door.description()
    known: Node = document["components"]["schemas"]
    return [
        Operation(
            method=method.upper(),
            path=path,
            description=" ".join(one.get("description", "").split()),
            scope=one.get(SCOPE, ""),
            inputs=[*_parameters(one, known), *_body(one, known)],
            answer=list(_members(_answer(one), known)),
        )
        for path, methods in document["paths"].items()
        for method, one in methods.items()
    ]


def _parameters(one: Node, known: Node) -> Iterator[Value]:
    for each in one.get("parameters", []):
        schema = each["schema"]
        text = each.get("description") or schema.get("description", "")
        yield Value(each["name"], f"{each['in']}: {_kind(schema, known)}", text)


def _body(one: Node, known: Node) -> Iterator[Value]:
    content = one.get("requestBody", {}).get("content", {})
    if content:
        schema = content["application/json"]["schema"]
        for each in _members(schema, known):
            yield Value(each.name, f"body: {each.kind}", each.text)


def _answer(one: Node) -> Node:
    found: Node = one["responses"][200]["content"]["application/json"]["schema"]
    return found


def _members(
    schema: Node, known: Node, before: str = "", above: tuple[str, ...] = ()
) -> Iterator[Value]:
    """Each member with what is inside it; what contains itself is opened once."""
    name, schema = _opened(schema, known)
    if schema.get("type") == "array":
        yield from _members(schema["items"], known, f"{before}[]", above)
        return
    for key, member in schema.get("properties", {}).items():
        way = f"{before}.{key}".lstrip(".")
        inner, opened = _opened(member, known)
        yield Value(way, _kind(member, known), member.get("description", ""))
        in_items, _schema = _opened(opened.get("items", {}), known)
        if name not in above and {inner, in_items} - {""}:
            yield from _members(member, known, way, (*above, name))


def _opened(schema: Node, known: Node) -> tuple[str, Node]:
    """Follow a reference, also to a value that may be null; "" when there is none."""
    for each in (schema, *schema.get("anyOf", []), *schema.get("allOf", [])):
        if "$ref" in each:
            name = str(each["$ref"]).rpartition("/")[2]
            return name, known[name]
        if each.get("type") == "array" and each is not schema:
            return "", each
    return "", schema


def _kind(schema: Node, known: Node) -> str:
    if "anyOf" in schema:
        kinds = [_kind(each, known) for each in schema["anyOf"]]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in schema:
        _name, schema = _opened(schema, known)
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'], known)}"
    return str(schema.get("format") or schema.get("type") or "any")
