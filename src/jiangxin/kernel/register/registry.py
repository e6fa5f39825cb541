"""Where parts above the register hook in without the register knowing them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.parts import Text, brought
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
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(change.person_ids)
        return
    for follower in brought(OnPeopleChanged):
        follower.handle(change)


_gathered: ContextVar[set[int] | None] = ContextVar("gathered_people", default=None)


@contextmanager
def announcing_once(
    *, on: date, at: datetime, actor: Actor, reason: str
) -> Iterator[None]:
    """Gather whose records change inside, and announce them together at the end.

    For loading much by many acts, each a transaction of its own: followers look at each
    person once. Whoever is cut off before the end leaves it to the followers' nightly
    work, so nothing that people wait for is loaded like this.
    """
    token = _gathered.set(set())
    try:
        yield
        people = sorted(_gathered.get() or ())
    finally:
        _gathered.reset(token)
    _announce(PeopleChange(people, on, at, actor, reason))


@opens_transaction
def _announce(change: PeopleChange) -> None:
    announce_people_changed(change)


@dataclass(frozen=True)
class Merging:
    """Two records about to become one. on: the federation's day.

    taken: which of the merged record's details win: "employment", "membership", …
    """

    kept_id: int
    merged_id: int
    taken: frozenset[str]
    on: date
    at: datetime


@dataclass(frozen=True)
class MovesWithPerson:
    """Brought for every model whose rows hang on a person: a merge moves them.

    person: the column that names the person. changing: further columns that `settle`,
    or followers of the change, may alter; an undo sets back these and no others.
    settle: makes room before the rows move, where one person cannot have both.
    lines: what is shown of one person's rows, when two people are looked at together.
    is_derived: the rows follow from others, so what became of them since hinders no
    undo; they are then handed back, and followers say the rest.
    """

    model: type[Model]
    person: str = "person_id"
    changing: tuple[str, ...] = ()
    settle: Callable[[Merging], None] | None = None
    lines: Callable[[int], Sequence[str]] | None = None
    is_derived: bool = False

    @property
    def rows(self) -> QuerySet[Any]:
        """Every row, also those that the model's own manager leaves out."""
        return self.model._base_manager.all()  # noqa: SLF001 -- Django's name for it


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
class KnownField:
    """Something that should be known of everybody; organisations see who lacks it.

    is_known: returns the condition on people of whom it is known.
    """

    key: str
    label: Text
    is_known: Callable[[], Q]


@dataclass(frozen=True)
class NeedsFields:
    """Brought by a part that reads some of the known fields, such as policies.

    keys_on: returns the keys of those that it reads on a day.
    """

    keys_on: Callable[[date], Collection[str]]


@dataclass(frozen=True)
class RosterConflict:
    """A roster says otherwise than somebody who is trusted more; the record stands.

    value: what the roster says of the field, as the register writes it.
    """

    person_id: int
    field: str
    value: str


@dataclass(frozen=True)
class OnRosterConflicts:
    """Brought by a part that lets somebody settle what rosters say otherwise.

    handle: is told in the transaction that writes the roster, with the roster's number.
    """

    handle: Callable[[Sequence[RosterConflict], int, datetime], None]


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
