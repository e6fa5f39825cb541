"""The single runs of the policy benchmark, each in a process of its own.

    python -m benchmarks.policy.runs WHAT FOLDER [PEOPLE]

FOLDER holds people.duckdb, made by `make`; `match` leaves matched.duckdb beside it.
"""

import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import django
from duckdb import DuckDBPyConnection

from benchmarks.policy import answers
from benchmarks.policy.people import ATTRIBUTES, COLUMNS, change_some, make_people
from benchmarks.policy.policies import ON, leaf, policies
from benchmarks.report import Measure, peak_megabytes, print_measure

TIMES = 200


def make(folder: Path, people: int) -> Measure:
    from jiangxin.kernel.policy.snapshot import store

    began = time.perf_counter()
    connection = store.connect(folder / "people.duckdb", read_only=False)
    make_people(connection, people)
    connection.execute("CHECKPOINT")
    connection.close()
    return Measure("make", people, time.perf_counter() - began, peak_megabytes())


def _copy(folder: Path, name: str) -> DuckDBPyConnection:
    from jiangxin.kernel.policy.snapshot import store

    path = folder / "work.duckdb"
    path.unlink(missing_ok=True)
    shutil.copyfile(folder / name, path)
    connection = store.connect(path, read_only=False)
    for table, columns in (
        ("changed", "person_id BIGINT"),
        (
            "held",
            "number INTEGER, person_id BIGINT, grant_row SMALLINT, amount_fen BIGINT",
        ),
    ):
        connection.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
    return connection


def _close(connection: DuckDBPyConnection, folder: Path, name: str = "") -> None:
    """Everything written is on disk afterwards."""
    from jiangxin.kernel.policy.snapshot.store import _to_disk

    connection.execute("CHECKPOINT")
    connection.close()
    _to_disk(folder / "work.duckdb")
    if name:
        (folder / "work.duckdb").rename(folder / name)


def match(folder: Path, people: int) -> Measure:
    """All policies over everybody at rest, to results on disk; nothing to compare with."""
    from jiangxin.kernel.policy.snapshot import evaluating

    connection = _copy(folder, "people.duckdb")
    chosen = policies()
    began, worked = time.perf_counter(), time.process_time()
    evaluating.evaluate(connection, chosen, ON)
    matched = time.perf_counter()
    _close(connection, folder, "matched.duckdb")
    seconds = time.perf_counter() - began
    return Measure(
        "match",
        people,
        seconds,
        peak_megabytes(),
        detail={
            "match": matched - began,
            "to disk": began + seconds - matched,
            "processor": time.process_time() - worked,
        },
    )


def rematch(folder: Path, people: int) -> Measure:
    """The same again after every policy was touched, compared with the last result."""
    from jiangxin.kernel.policy.snapshot import evaluating

    connection = _copy(folder, "matched.duckdb")
    connection.execute("UPDATE policy SET made_with = ''")
    chosen = policies()
    began = time.perf_counter()
    evaluating.evaluate(connection, chosen, ON)
    _close(connection, folder)
    return Measure("rematch", people, time.perf_counter() - began, peak_megabytes())


def change(folder: Path, people: int) -> Measure:
    """One in a hundred changed: taken over, matched, compared, applied."""
    from jiangxin.kernel.policy.snapshot import evaluating, filling

    connection = _copy(folder, "matched.duckdb")
    change_some(connection, 100)
    for number in range(1, 31):  # what the register's database would say
        connection.execute(
            f"INSERT INTO held SELECT {number}, * FROM match_{number}"
            " WHERE person_id IN (SELECT person_id FROM changed)"
        )
    chosen = policies()
    began, worked = time.perf_counter(), time.process_time()
    filling.keep_former(connection)
    connection.execute("INSERT INTO now SELECT * FROM renewed")
    filling.take_over(connection)
    taken = time.perf_counter()
    evaluating.evaluate(connection, chosen, ON)
    seconds = time.perf_counter() - began
    processor = time.process_time() - worked
    gained, lost, other = connection.execute(
        "SELECT count(*) FILTER (NOT was), count(*) FILTER (NOT holds),"
        " count(*) FILTER (was AND holds) FROM difference"
    ).fetchone() or (0, 0, 0)
    apart = answers.in_file(connection)
    connection.execute("UPDATE policy SET made_with = ''")
    connection.execute("DELETE FROM changed")
    connection.execute("DELETE FROM held")
    evaluating.evaluate(connection, chosen, ON)
    assert apart == answers.in_file(connection), "incremental is not full"
    publishing = time.perf_counter()
    _close(connection, folder)
    return Measure(
        "change",
        people,
        seconds,
        peak_megabytes(),
        note=f"{gained:,} gained, {lost:,} lost, {other:,} otherwise granted",
        detail={
            "take over": taken - began,
            "match": began + seconds - taken,
            "processor": processor,
            "to disk": time.perf_counter() - publishing,
        },
    )


def floor(folder: Path, people: int) -> Measure:
    """Read every value of the columns that the policies need, and nothing else."""
    from jiangxin.kernel.policy.snapshot import store

    needed = {key for one in policies() for key in one.attributes()}
    touch = {
        "DATE": "sum({0} - DATE '2000-01-01')",
        "BIGINT": "sum({0})",
        "BOOLEAN": "count(*) FILTER ({0})",
        "VARCHAR": "sum(strlen({0}))",
    }
    asked = ", ".join(
        touch[one.sql_type].format(one.name) for one in COLUMNS if one.key in needed
    )
    connection = store.connect(folder / "people.duckdb", read_only=True)
    took = _times(
        lambda _n: connection.execute(f"SELECT {asked} FROM profile").fetchone(), 3
    )
    return Measure(
        "floor",
        people,
        statistics.median(took),
        peak_megabytes(),
        f"{len(needed)} columns",
    )


def whatif(folder: Path, people: int) -> Measure:
    """Count and cost of drafts, each another; 95 of 100 are as quick as this or quicker."""
    from dataclasses import replace

    from jiangxin.kernel.policy.snapshot import store
    from jiangxin.kernel.policy.snapshot.whatif import funnel_on, reach

    connection = store.connect(folder / "matched.duckdb", read_only=True)
    chance = Random(1)
    chosen = policies()

    def draft(_n: int) -> None:
        one = chance.choice(chosen)
        limit = leaf("credit_points", "at_least", chance.randrange(300, 900))
        reach(connection, replace(one, conditions=(*one.conditions, limit)), ON)

    took = _times(draft, TIMES)
    funnels = _times(lambda n: funnel_on(connection, chosen[n], ON), 30)
    return Measure(
        "whatif",
        people,
        _p(took, 95),
        peak_megabytes(),
        detail={
            "p50 ms": _p(took, 50) * 1e3,
            "p95 ms": _p(took, 95) * 1e3,
            "funnel p50 ms": _p(funnels, 50) * 1e3,
            "funnel p95 ms": _p(funnels, 95) * 1e3,
        },
    )


def explain(folder: Path, people: int) -> Measure:
    """One person and all policies: fetched from SQLite, explained, written as JSON."""
    import sqlite3

    from pydantic_core import to_json

    from benchmarks.policy.one_person import flat_table, read, written
    from jiangxin.kernel.policy.rules.explaining import explain as walk

    path = folder / "flat.sqlite3"
    rows = flat_table(folder, path, most=100_000)
    connection = sqlite3.connect(path)
    chosen = policies()
    chance = Random(2)
    keys = list(ATTRIBUTES)

    def one(_n: int) -> None:
        values = connection.execute(
            "SELECT * FROM profile WHERE person_id = ?", [chance.randint(1, rows)]
        ).fetchone()
        profile = read(keys, values[1:])
        to_json([written(walk(policy, profile, ON)) for policy in chosen])

    took = _times(one, 3_000)
    return Measure(
        "explain",
        people,
        _p(took, 50),
        peak_megabytes(),
        detail={"p50 ms": _p(took, 50) * 1e3, "p99 ms": _p(took, 99) * 1e3},
    )


def _times(act: Callable[[int], object], times: int) -> list[float]:
    act(0)
    took = []
    for number in range(times):
        began = time.perf_counter()
        act(number)
        took.append(time.perf_counter() - began)
    return took


def _p(took: list[float], percentile: int) -> float:
    return sorted(took)[min(len(took) - 1, len(took) * percentile // 100)]


def main() -> None:
    django.setup()
    what, folder, people = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    runs = (make, match, rematch, change, floor, whatif, explain)
    print_measure({run.__name__: run for run in runs}[what](folder, people))


if __name__ == "__main__":
    main()
