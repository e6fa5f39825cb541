"""What a part of the house declares about itself, and the list of all parts.

Each kernel part and programme has one `programme.py` with a `Part`; its `apps.py`
registers it when Django starts. Menus, permissions, attributes, policies, jobs and the
generated reference are built from what parts bring, so adding a part edits no other file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from django.db.models import QuerySet
from django.utils.functional import Promise

from jiangxin.foundation.actor import Actor

T = TypeVar("T")
Text = str | Promise
Door = Literal["desk", "portal", "public"]


@dataclass(frozen=True)
class Part:
    """The front page of a kernel part or programme.

    key: the folder's name, stable. urls: dotted path of its URL module, if it has pages.
    brings: declarations of any kind (menu items, permissions, attributes, …); whoever
    owns a kind collects them with `brought(Kind)`.
    """

    key: str
    title: Text
    purpose: Text
    urls: str | None = None
    brings: tuple[object, ...] = ()


@dataclass(frozen=True)
class MenuItem:
    """A line of a door's menu, shown to those who hold `permission` ("" for all).

    count: how much of it is new to the actor, shown beside it on every page; so it has
    to be quick. short: the label where there is little room, as on a portal's tabs.
    """

    door: Door
    label: Text
    url_name: str
    icon: str
    permission: str = ""
    order: int = 100
    count: Callable[[Actor, datetime], int] | None = None
    short: Text = ""


@dataclass(frozen=True)
class SearchBox:
    """The box in the desk's top bar: what is typed goes to a list as its `q`.

    hint: what it finds. The first that the actor may use is shown.
    """

    label: Text
    hint: Text
    url_name: str
    permission: str


@dataclass(frozen=True)
class WaitingItem:
    """Something that may wait for the signed-in person; shown on the home page."""

    key: str
    label: Text
    icon: str
    url_name: str
    count: Callable[[Actor, datetime], int]
    permission: str = ""
    unit: Text = ""


@dataclass(frozen=True)
class HomePanel:
    """A block of a door's home page, shown to those who hold `permission` ("" for all).

    context: what `template` is rendered with, read anew for each visit; None leaves the
    panel out.
    """

    door: Door
    template: str
    context: Callable[[Actor, datetime], Mapping[str, object] | None]
    permission: str = ""
    order: int = 100


@dataclass(frozen=True)
class Permission:
    """An act that a role may allow. The key is `part.verb_object`, stable.

    opens_people: whoever holds it sees records of people in the places it is held for;
    the second wall lets these through (`foundation.wall`).
    """

    key: str
    label: Text
    description: Text = ""
    opens_people: bool = False


@dataclass(frozen=True)
class Erasure:
    """What a part deletes once it was kept long enough.

    retention: the key whose period counts, as in `class Personal` of models. count: how
    many were done with before a moment. erase: deletes them and returns how many.
    """

    key: str
    retention: str
    label: Text
    count: Callable[[datetime], int]
    erase: Callable[[datetime], int]


def erasure_of_rows(
    key: str, retention: str, label: Text, rows: Callable[[datetime], QuerySet[Any]]
) -> Erasure:
    """Return the erasure of the rows that were done with before a moment."""
    return Erasure(
        key,
        retention,
        label,
        count=lambda before: rows(before).count(),
        erase=lambda before: rows(before).delete()[0],
    )


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Add a part to the house. Registering the same part again changes nothing."""
    if _parts.setdefault(part.key, part) is not part:
        message = f"two parts are called {part.key!r}"
        raise ValueError(message)


def parts() -> list[Part]:
    """Return all parts in the order of INSTALLED_APPS."""
    return list(_parts.values())


def brought(kind: type[T]) -> list[T]:
    """Return all declarations of one kind, in the order of parts and of declaration."""
    return [item for part in parts() for item in part.brings if isinstance(item, kind)]
