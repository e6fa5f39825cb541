"""Bringing the file up to date with the register: everybody, or whoever changed.

Whoever changed is known from two sources: the changes that acts announced, and rows of
the register that begin or cease to count on a day that has passed since. Everybody is
read when there is no file yet, when attributes are computed in another way than before,
and when more than a quarter of the people changed.

The register's database says whom policies serve; the file follows. So of whoever is
read, the open matches are read too, and compared with.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pyarrow as pa
from django.db import connection as database
from django.db.models import F, QuerySet
from duckdb import DuckDBPyConnection

from jiangxin.foundation.db import Among
from jiangxin.kernel.policy.models import ChangedPeople, MatchRun, PolicyMatch
from jiangxin.kernel.policy.queries.many_profiles import Statement, many_profiles
from jiangxin.kernel.policy.registry import Attribute, moved_between
from jiangxin.kernel.policy.snapshot import layout
from jiangxin.kernel.policy.snapshot.layout import PROFILE, Column
from jiangxin.kernel.register.models import Person

ROWS_A_BATCH = 50_000
IDS_A_STATEMENT = 20_000
# From this share on, reading everybody takes no longer than reading whoever changed.
MOST_CHANGED = 0.25


@dataclass(frozen=True)
class Refreshed:
    """What was brought up to date. before: the day the file stood for, None when new.

    changes: the announced changes that are now in the file, to be forgotten once it is
    published. watermark: the last of them ever. knows_former: the profiles from before are
    at hand, to say what changed. name: random, and kept with the run that writes its
    difference.
    """

    on: date
    before: date | None
    is_whole: bool
    knows_former: bool
    people: int
    changed: int
    changes: tuple[int, ...]
    watermark: int
    name: str


def columns_of(attributes: Sequence[Attribute]) -> list[Column]:
    return [Column(one.key, one.type) for one in attributes]


def refresh(
    connection: DuckDBPyConnection,
    attributes: Sequence[Attribute],
    *,
    on: date,
    now: datetime,
    anew: bool = False,
) -> Refreshed:
    """Bring the profiles up to date as of a day. anew: read everybody in any case.

    Leaves the tables that `evaluating` and `causes` read: changed, before, now, held.
    """
    said = layout.about(connection)
    if said and not MatchRun.objects.filter(snapshot=said["name"]).exists():
        said = {}  # of another database, or of one that was put back since
    way = _way_of_computing(attributes)
    # Before any profile is read: what is announced later is then seen later, too.
    changes = list(ChangedPeople.objects.values_list("pk", "person_ids"))
    day = date.fromisoformat(said["on"]) if said else None
    changed = _changed(changes)
    if changed is not None and day is not None and day < on:
        changed |= moved_between(day, on, attributes)
    if (
        anew
        or day is None
        or day > on
        or said["attributes"] != way
        or (changed is not None and len(changed) > int(said["people"]) * MOST_CHANGED)
    ):
        changed = None

    knows_former = said.get("attributes") == way
    if changed is None:
        _fill_whole(connection, attributes, on, keeps=knows_former)
    else:
        _fill_changed(connection, attributes, on, sorted(changed))
    people = _count(connection, PROFILE)
    pks = tuple(pk for pk, _people in changes)
    refreshed = Refreshed(
        on=on,
        before=day,
        is_whole=changed is None,
        knows_former=knows_former,
        people=people,
        changed=_count(connection, "changed"),
        changes=pks,
        watermark=max(pks, default=int(said.get("watermark", 0))),
        name=uuid4().hex,
    )
    layout.say_about(
        connection,
        {
            "on": on.isoformat(),
            "at": now.isoformat(),
            "people": str(people),
            "columns": str(len(attributes)),
            "watermark": str(refreshed.watermark),
            "name": refreshed.name,
            "attributes": way,
        },
    )
    return refreshed


def _way_of_computing(attributes: Sequence[Attribute]) -> str:
    """Return a digest of how profiles are computed, whatever the day."""
    statement = many_profiles(Person.objects.all(), attributes, date(2000, 1, 1))
    types = [one.type.value for one in attributes]
    text = repr((statement, types))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _changed(changes: Iterable[tuple[int, list[int] | None]]) -> set[int] | None:
    """Return whose records changed, None for anybody's."""
    found: set[int] = set()
    for _pk, people in changes:
        if people is None:
            return None
        found.update(people)
    return found


def _fill_whole(
    connection: DuckDBPyConnection,
    attributes: Sequence[Attribute],
    on: date,
    *,
    keeps: bool,
) -> None:
    """Read everybody. keeps: the old profiles say why matches change; else unknown."""
    columns = columns_of(attributes)
    connection.execute("DROP TABLE IF EXISTS former")
    if keeps:
        connection.execute(f"ALTER TABLE {PROFILE} RENAME TO former")
    else:
        connection.execute(f"DROP TABLE IF EXISTS {PROFILE}")
    layout.make_tables(connection, columns)
    load_profiles(connection, attributes, on, Person.objects.all(), into=PROFILE)
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE changed (person_id BIGINT)")
    before = "former" if keeps else f"(SELECT * FROM {PROFILE} LIMIT 0)"  # noqa: S608 -- our own name
    connection.execute(f"CREATE OR REPLACE TEMPORARY VIEW before AS FROM {before}")
    connection.execute(f"CREATE OR REPLACE TEMPORARY VIEW now AS FROM {PROFILE}")
    _hold(connection, [PolicyMatch.objects.all()])
    # What the database holds takes the place of what was found last time.
    for kept in layout.kept_policies(connection).values():
        connection.execute(
            "CREATE TABLE following AS SELECT person_id, grant_row, amount_fen"  # noqa: S608 -- our own names
            f" FROM held WHERE number = {kept.number}"
        )
        layout.replace_matches(connection, kept, "following", f"FROM {kept.served}")
    connection.execute(
        "UPDATE policy SET made_with = '',"
        " people = (SELECT count(*) FROM held WHERE held.number = policy.number)"
    )
    connection.execute("DELETE FROM held")


def _fill_changed(
    connection: DuckDBPyConnection,
    attributes: Sequence[Attribute],
    on: date,
    changed: Sequence[int],
) -> None:
    ids = pa.table({"person_id": pa.array(changed, pa.int64())})
    connection.register("ids", ids)
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE changed AS FROM ids")
    connection.unregister("ids")
    keep_former(connection)
    some = [_some(Person.objects.all(), "pk", batch) for batch in _batches(changed)]
    for people in some:
        load_profiles(connection, attributes, on, people, into="now")
    take_over(connection)
    matches = [
        _some(PolicyMatch.objects.all(), "person_id", batch)
        for batch in _batches(changed)
    ]
    _hold(connection, matches)


def keep_former(connection: DuckDBPyConnection) -> None:
    """Set the changed people's profiles aside, and make room for the new ones."""
    connection.execute(
        f"CREATE OR REPLACE TEMPORARY TABLE before AS SELECT * FROM {PROFILE}"  # noqa: S608 -- our own names
        " WHERE person_id IN (SELECT person_id FROM changed)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMPORARY TABLE now AS SELECT * FROM {PROFILE} LIMIT 0"  # noqa: S608 -- our own name
    )


def take_over(connection: DuckDBPyConnection) -> None:
    """Put the changed people's new profiles in place of the former."""
    connection.execute(
        f"DELETE FROM {PROFILE} WHERE person_id IN (SELECT person_id FROM changed)"  # noqa: S608 -- our own names
    )
    connection.execute(f"INSERT INTO {PROFILE} SELECT * FROM now")  # noqa: S608 -- our own name


def load_profiles(
    connection: DuckDBPyConnection,
    attributes: Sequence[Attribute],
    on: date,
    people: QuerySet[Person],
    *,
    into: str,
) -> None:
    """Copy profiles from the register's database."""
    statement = many_profiles(people, attributes, on)
    load_rows(connection, columns_of(attributes), statement, into=into)


def load_rows(
    connection: DuckDBPyConnection,
    columns: Sequence[Column],
    statement: Statement,
    *,
    into: str,
) -> None:
    """Copy a query's rows, number first, a batch at a time."""
    types = ["BIGINT", *(one.sql_type for one in columns)]
    names = [f"c{place}" for place in range(len(types))]
    casts = ", ".join(
        f"CAST({name} AS {type_})" for name, type_ in zip(names, types, strict=True)
    )
    for table in _tables(statement, names):
        connection.register("batch", table)
        connection.execute(f"INSERT INTO {into} SELECT {casts} FROM batch")  # noqa: S608 -- our own names
        connection.unregister("batch")


def _hold(
    connection: DuckDBPyConnection, queries: Iterable[QuerySet[PolicyMatch]]
) -> None:
    """Copy the open matches, by the policies' numbers."""
    connection.execute(
        "CREATE OR REPLACE TEMPORARY TABLE held"
        f" (number INTEGER, {layout.MATCH_COLUMNS})"
    )
    numbers = _Numbers(connection)
    for query in queries:
        rows = query.filter(valid_to__isnull=True).values_list(
            "policy_code", "person_id", "grant_row", "amount_fen"
        )
        statement = rows.order_by().query.sql_with_params()
        for table in _tables(statement, ["code", "person", "row", "amount"]):
            numbers.know(table.column("code").unique().to_pylist())
            connection.register("batch", table)
            connection.execute(
                "INSERT INTO held SELECT policy.number, CAST(person AS BIGINT),"
                " CAST(row AS SMALLINT), CAST(amount AS BIGINT)"
                " FROM batch JOIN policy ON policy.code = batch.code"
            )
            connection.unregister("batch")


class _Numbers:
    """Gives every policy that has matches a place in the file."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection
        self.known = layout.kept_policies(connection)

    def know(self, codes: Iterable[str]) -> None:
        for code in codes:
            if code not in self.known:
                kept = layout.Kept(layout.next_number(self.known.values()), code)
                layout.add_policy(self.connection, kept)
                self.known[code] = kept


def _tables(statement: Statement, names: Sequence[str]) -> Iterator[pa.Table]:
    """Read a query's rows past Django's conversions, as columns."""
    with database.chunked_cursor() as cursor:
        cursor.execute(*statement)
        while rows := cursor.fetchmany(ROWS_A_BATCH):
            columns = [_column(values) for values in zip(*rows, strict=True)]
            yield pa.table(dict(zip(names, columns, strict=True)))


def _column(values: tuple[Any, ...]) -> pa.Array:
    """Decimals go as texts: their places differ from row to row."""
    if any(isinstance(value, Decimal) for value in values):
        return pa.array([None if value is None else str(value) for value in values])
    return pa.array(values)


def _some(query: QuerySet[Any], column: str, ids: Sequence[int]) -> QuerySet[Any]:
    return query.filter(Among(F(column), ids))


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), IDS_A_STATEMENT):
        yield ids[start : start + IDS_A_STATEMENT]


def _count(connection: DuckDBPyConnection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)  # noqa: S608 -- our own name
    return int(count)
