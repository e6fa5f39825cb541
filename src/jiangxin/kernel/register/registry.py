"""Where parts above the register hook in without the register knowing them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.parts import brought
from jiangxin.foundation.web.listing import Column, Filter


@dataclass(frozen=True)
class PeopleChange:
    """Some people's records changed, in the transaction that is still open.

    person_ids: whose; every table already shows the new state. on: the federation's
    day. reason: a stored key saying what happened ("roster:12", "credential", …).
    """

    person_ids: Sequence[int]
    on: date
    at: datetime
    actor: Actor
    reason: str


@dataclass(frozen=True)
class RosterPanel:
    """Shown under a roster that was written: what it led to in the part that brings it.

    template: included with `panel`, which `context` makes from the roster's number.
    """

    template: str
    context: Callable[[int, Actor], object]


@dataclass(frozen=True)
class OnPeopleChanged:
    """Brought by a part that must follow changed people, such as policy matching."""

    handle: Callable[[PeopleChange], None]


@needs_transaction
def announce_people_changed(change: PeopleChange) -> None:
    """Tell every part that follows people, in the transaction that changed them.

    What a follower raises undoes the change with it: records and what follows from
    them never part.
    """
    if not change.person_ids:
        return
    for follower in brought(OnPeopleChanged):
        follower.handle(change)


@dataclass(frozen=True)
class PanelFor:
    """For whom a panel is drawn: who looks, at which record, as of which day."""

    actor: Actor
    id: int
    on: date
    now: datetime


@dataclass(frozen=True)
class PersonPanel:
    """A card that a part above adds to a person's page.

    context: returns what `template` needs, or None when there is nothing to show to
    this actor; then nothing is drawn. The page's order is that of `order`, then of parts.
    """

    template: str
    context: Callable[[PanelFor], Mapping[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class OrganisationPanel:
    """The same for an organisation's page."""

    template: str
    context: Callable[[PanelFor], Mapping[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class OwnRecordPanel:
    """A card that a part above adds to what a worker sees of their own record."""

    template: str
    context: Callable[[PanelFor], Mapping[str, Any]]
    order: int = 100


@dataclass(frozen=True)
class PeopleListExtra:
    """Columns and filters that a part above adds to the list of people.

    prepare: adds to the queryset what the columns read (a prefetch, an annotation), so
    that a page costs the same number of queries however long it is.
    """

    prepare: Callable[[QuerySet[Any]], QuerySet[Any]]
    columns: tuple[Column, ...] = ()
    filters: tuple[Filter, ...] = ()
