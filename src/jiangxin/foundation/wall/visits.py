"""The second wall: on PostgreSQL the database itself keeps people of elsewhere back.

Every query asks for no more than the actor may see. Should one forget, row-level
security still does: while a request is answered, the connection takes a role of its own
that is held to the policies of the walled tables, and tells it how far the actor
reaches. Commands, jobs and operations act for the platform, which owns the tables and is
not held; an operation asks by itself whether the actor may (docs/adr/0019).

On SQLite, and where there is no such role, nothing of this happens.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from jiangxin.foundation.actor import EVERYWHERE, Actor
from jiangxin.foundation.parts import Permission, brought

T = TypeVar("T")

# The role is named after the one that the platform signs in as, so that two platforms
# of one server do not share it.
SUFFIX = "_walled"

IN_ERROR = 3  # as libpq numbers the states of a transaction; psycopg may be absent

# One statement, because it is sent three times a request. A role that does not exist or
# may not be taken is "none": then the wall is down, and `jiangxin check` says so.
_TAKE = """
SELECT set_config('role', coalesce((
           SELECT rolname::text FROM pg_catalog.pg_roles
           WHERE rolname = session_user || %s AND pg_has_role(oid, 'member')
       ), 'none'), false),
       set_config('jiangxin.regions', %s, false),
       set_config('jiangxin.organisations', %s, false),
       set_config('jiangxin.person', %s, false)
"""
_LEAVE = "SELECT set_config('role', 'none', false)"


@dataclass(frozen=True)
class Reach:
    """How far somebody sees at most, whatever the permission.

    regions: division-code prefixes. organisations: their codes.
    """

    regions: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    person_id: int | None = None


NOBODY = Reach()


@dataclass
class _Visit:
    """A request under way. reach: None for the platform, and for who sees everything."""

    reach: Reach | None = NOBODY
    acts_for_platform: bool = False

    @property
    def effective(self) -> Reach | None:
        return None if self.acts_for_platform else self.reach


_visit: ContextVar[_Visit | None] = ContextVar("wall_visit", default=None)


def reach_of(actor: Actor) -> Reach | None:
    """Return how far an actor sees people; None for everywhere.

    The union over all permissions that open people's records; each single query is
    narrower, and is held to that by its own code.
    """
    scopes = {
        scope
        for permission in brought(Permission)
        if permission.opens_people
        for scope in actor.scopes(permission.key)
    }
    if EVERYWHERE in scopes:
        return None
    return Reach(
        tuple(sorted({one.region_code for one in scopes} - {""})),
        tuple(sorted({one.organisation_code for one in scopes} - {""})),
        actor.person_id,
    )


@contextmanager
def behind_the_wall() -> Iterator[None]:
    """Answer a request behind the wall: as nobody, until `admit` is told who asks."""
    token = _visit.set(_Visit())
    _settle()
    try:
        yield
    finally:
        _visit.reset(token)
        _settle()


def admit(actor: Actor) -> Actor:
    """Let the actor of this request reach as far as they may; return the actor."""
    visit = _visit.get()
    if visit:
        visit.reach = reach_of(actor)
        if not visit.acts_for_platform:
            _settle()
    return actor


@contextmanager
def for_the_platform() -> Iterator[None]:
    """Step out of the wall, for what has to know the whole register."""
    visit = _visit.get()
    if visit is None or visit.acts_for_platform:
        yield
        return
    visit.acts_for_platform = True
    _settle()
    try:
        yield
    finally:
        visit.acts_for_platform = False
        _settle()


def kept(pieces: Iterable[T]) -> Iterator[T]:
    """Return what a view yields after it returned, read behind the same wall."""
    # Not in the generator, which begins when the request is over.
    return _read_as(_visit.get(), iter(pieces))


def _read_as(visit: _Visit | None, pieces: Iterator[T]) -> Iterator[T]:
    while True:
        token = _visit.set(visit)
        _settle()
        try:
            piece = next(pieces)
        except StopIteration:
            return
        finally:
            _visit.reset(token)
            _settle()
        yield piece


def settle_new_connection(
    *,
    connection: BaseDatabaseWrapper,
    **signal: Any,  # noqa: ARG001 -- as signals are sent
) -> None:
    """Tell a connection that is opened in the middle of a request."""
    if _visit.get() is not None:
        _tell(connection)


def _settle() -> None:
    """Tell the connection, unless there is none yet: it is told when it is opened."""
    if connection.connection is not None:
        _tell(connection)


def _tell(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor != "postgresql" or connection.connection.closed:
        return
    if connection.connection.info.transaction_status == IN_ERROR:
        return  # what was told inside it is undone with the rest of it
    visit = _visit.get()
    reach = visit.effective if visit else None
    # Not through Django's cursor: this is no query of the page, and is not counted.
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        if reach is None:
            cursor.execute(_LEAVE)
        else:
            cursor.execute(_TAKE, _values(reach))


def _values(reach: Reach) -> tuple[str, str, str, str]:
    return (
        SUFFIX,
        ",".join(f"{code}%" for code in reach.regions),
        ",".join(reach.organisations),
        "" if reach.person_id is None else str(reach.person_id),
    )
