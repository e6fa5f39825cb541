"""One in a hundred changed, inside the register's database; and reading it out.

    python -m benchmarks.policy.in_database NAME PEOPLE

Profiles are copied from a flat table, so that what is measured is matching, comparing
and applying, and not how the register computes its attributes.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from benchmarks.policy.people import ATTRIBUTES, COLUMNS, change_some, make_people
from benchmarks.policy.policies import ON, policies
from benchmarks.report import Measure, peak_megabytes, print_measure

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


def main() -> None:
    django.setup()
    name, people = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="jiangxin-bench-") as place:
        _fill(Path(place), people)
    chosen = _changed()
    _warm_up(chosen)
    worked = time.process_time()
    seconds, written = _match(chosen)
    worked = time.process_time() - worked
    again, nothing = _match(chosen)
    assert not nothing, "matching twice changes nothing"
    print_measure(
        Measure(
            f"{name}, 1 in 100 changed",
            people,
            seconds,
            peak_megabytes(),
            f"{len(chosen):,} people, {written:,} differences",
            {"again, nothing differs": again, "processor, of this side": worked},
        )
    )
    print_measure(_read_out(name, people))


class _Undone(Exception):
    pass


def _warm_up(chosen: list[int]) -> None:
    """A worker has matched before: its rules are compiled and its pages at hand."""
    from django.db import transaction

    from jiangxin.foundation.db import empty_log

    with suppress(_Undone), transaction.atomic():
        _match(chosen)
        raise _Undone
    empty_log()  # as an idle worker does


def _read_out(name: str, people: int) -> Measure:
    """Read everybody's profiles into a new snapshot, by the way that `refresh` takes."""
    from jiangxin.kernel.policy.snapshot import filling, layout, store

    with tempfile.TemporaryDirectory(prefix="jiangxin-bench-") as place:
        connection = store.connect(Path(place) / "read.duckdb", read_only=False)
        layout.make_tables(connection, COLUMNS)
        began, worked = time.perf_counter(), time.process_time()
        statement = ("SELECT * FROM bench_profile", ())
        filling.load_rows(connection, COLUMNS, statement, into=layout.PROFILE)
        connection.execute("CHECKPOINT")
        seconds = time.perf_counter() - began
    return Measure(
        f"{name}, everybody into a snapshot",
        people,
        seconds,
        peak_megabytes(),
        "from a flat table",
        {"processor, of this side": time.process_time() - worked},
    )


def _fill(place: Path, people: int) -> None:
    """Write the register's people, a flat table of profiles before and after, matches."""
    from django.db import connection, transaction

    from jiangxin.kernel.policy.operations.profile_table import COLUMN_TYPES
    from jiangxin.kernel.policy.snapshot import store

    source = store.connect(place / "people.duckdb", read_only=False)
    make_people(source, people)
    change_some(source, 100)
    fields = ", ".join(f'"{one.key}" {COLUMN_TYPES[one.type]}' for one in COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("bench_profile", "bench_renewed"):
            cursor.execute(
                f"CREATE TABLE {table} (person_id bigint PRIMARY KEY, {fields})"
            )
        _copy(cursor, "bench_profile", _rows(source, "profile"))
        _copy(cursor, "bench_renewed", _rows(source, "renewed"))
        _register(cursor)
    with transaction.atomic():
        _match_all()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM bench_profile WHERE person_id IN (SELECT person_id FROM bench_renewed)"
        )
        cursor.execute("INSERT INTO bench_profile SELECT * FROM bench_renewed")
        cursor.execute("ANALYZE")


def _rows(source: Any, table: str) -> Iterator[tuple[Any, ...]]:
    cursor = source.execute(f"SELECT * FROM {table} ORDER BY person_id")
    while rows := cursor.fetchmany(20_000):
        yield from rows


def _copy(cursor: Any, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    from django.db import connection

    from jiangxin.foundation.db import in_batches

    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join(["%s"] * (len(ATTRIBUTES) + 1))
    for batch in in_batches(rows, 5_000):
        cursor.executemany(f"INSERT INTO {table} VALUES ({places})", batch)


def _register(cursor: Any) -> None:
    """Everybody in the register, with the least a record must hold."""
    from jiangxin.kernel.register.models import Person

    columns, values = [], []
    for field in Person._meta.concrete_fields:
        if field.null:
            continue
        columns.append(field.column)
        values.append(_value(field))
    cursor.execute(
        f"INSERT INTO {Person._meta.db_table} ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM bench_profile"
    )


# What a record must hold, as SQLite and as PostgreSQL write it.
LEAST = {
    "DateField": ("'2024-01-01'", "CAST('2024-01-01' AS date)"),
    "DateTimeField": ("'2024-01-01 00:00:00'", "now()"),
    "BinaryField": ("x'00'", "'\\x00'::bytea"),
    "BooleanField": ("0", "false"),
}


def _value(field: Any) -> str:
    from django.db import connection

    if field.primary_key:
        return "person_id"
    if field.unique or field.name == "id_index":
        return "CAST(person_id AS text)"
    written = LEAST.get(field.get_internal_type(), ("'1'", "'1'"))
    return written[connection.vendor == "postgresql"]


def _match_all() -> None:
    from django.db import connection

    from jiangxin.kernel.policy.models import MatchRun
    from jiangxin.kernel.policy.operations.matching import match_profiles

    run = MatchRun.objects.create(reason="bench", on=ON, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE policy_profile AS SELECT * FROM bench_profile"
        )
        match_profiles(cursor, policies(), run, is_everyone=True)
        cursor.execute("DROP TABLE policy_profile")


def _changed() -> list[int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM bench_renewed ORDER BY person_id")
        return [person_id for (person_id,) in cursor.fetchall()]


def _match(chosen: list[int]) -> tuple[float, int]:
    """Return the seconds until the commit is done, and how many matches differed."""
    from django.db import transaction

    from jiangxin.kernel.policy.models import MatchRun
    from jiangxin.kernel.policy.operations.matching import match_profiles
    from jiangxin.kernel.policy.operations.profile_table import table_of

    asked = policies()
    began = time.perf_counter()
    with transaction.atomic():
        run = MatchRun.objects.create(reason="bench", on=ON, at=NOW, people=len(chosen))
        source = (
            "SELECT * FROM bench_profile WHERE person_id IN"
            " (SELECT subject_id FROM policy_chosen)"
        )
        with table_of(COLUMNS, chosen, lambda _people: (source, ())) as cursor:
            counts = match_profiles(cursor, asked, run, is_everyone=False)
    seconds = time.perf_counter() - began
    return seconds, sum(one.gained + one.lost for one in counts.values())


if __name__ == "__main__":
    main()
