"""How long a roster takes: ours, django-import-export, and the floor, from one run.

    make bench-import                       SQLite and PostgreSQL, three sizes
    python -m benchmarks.roster_import --sizes 5000 --databases sqlite

ours   the whole import: read, check, compare, seal, and write people, employment,
       membership, certificates and trail, then match every policy, in one transaction.
again  the same file once more, which changes nothing.
floor  reading the same file and bulk-loading its rows as texts into one table with a
       unique ID number; nothing else.
peer   django-import-export at its best (bulk, cached instances), one table, no
       encryption, no history; above --peer-rows it is extrapolated in proportion.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.databases import fresh_database
from benchmarks.report import Measure, middle, run_apart, save, spread

SIZES = (10_000, 50_000, 135_000)
PEER_ROWS = 135_000
TIMES = 3
FAULTS = "0.02"


def main() -> None:
    options = _options()
    measures: list[Measure] = []
    for database in options.databases:
        for size in options.sizes:
            measures += _compare(database, size, options)
    _print(measures)
    sys.stdout.write(f"\nAs JSON: {save('roster_import', measures)}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--databases", nargs="+", default=("sqlite", "postgresql"))
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--peer-rows", type=int, default=PEER_ROWS)
    return parser.parse_args()


def _compare(database: str, size: int, options: argparse.Namespace) -> list[Measure]:
    """Run the three in turn, several times, each in a process and database of its own."""
    with _roster(size) as file:
        runs: dict[str, list[Measure]] = {"ours": [], "again": [], "floor": []}
        for _ in range(options.times):
            with fresh_database(database) as environment:
                runs["ours"].append(_run("ours", file, environment))
                runs["again"].append(_run("again", file, environment))
            with fresh_database(database) as environment:
                runs["floor"].append(_run("floor", file, environment))
        found = [
            _named(database, what, size, results) for what, results in runs.items()
        ]
        found.append(_peer(database, size, file, options.peer_rows))
    for measure in found:
        sys.stderr.write(f"{measure.what} {measure.rows}: {measure.seconds:.2f} s\n")
    return found


def _peer(database: str, size: int, file: Path, most: int) -> Measure:
    with fresh_database(database) as environment:
        if size <= most:
            return _named(database, "peer", size, [_run("peer", file, environment)])
        with _roster(most) as smaller:
            measured = _run("peer", smaller, environment)
    return Measure(
        what=f"{database} peer",
        rows=size,
        seconds=measured.seconds * size / most,
        peak_megabytes=measured.peak_megabytes,
        note=f"extrapolated from {most:,} rows",
    )


def _run(what: str, file: Path, environment: dict[str, str]) -> Measure:
    return run_apart("benchmarks.roster_runs", [what, str(file)], environment)


def _named(database: str, what: str, rows: int, results: list[Measure]) -> Measure:
    chosen = middle(results)
    return Measure(
        what=f"{database} {what}",
        rows=rows,
        seconds=chosen.seconds,
        peak_megabytes=max(result.peak_megabytes for result in results),
        note=chosen.note
        or f"median of {len(results)}, slowest {spread(results):.2f}x quickest",
        detail=chosen.detail,
    )


@contextmanager
def _roster(rows: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="jiangxin-bench-") as folder:
        file = Path(folder) / f"roster-{rows}.xlsx"
        with fresh_database("sqlite") as environment:
            run_apart(
                "benchmarks.roster_runs", ["make", str(file), str(rows)], environment
            )
        yield file


def _print(measures: list[Measure]) -> None:
    floors = {
        (m.what.split()[0], m.rows): m.seconds
        for m in measures
        if m.what.endswith("floor")
    }
    heading = (
        f"{'what':<20}{'rows':>9}{'seconds':>10}{'x floor':>9}{'peak MB':>9}  note"
    )
    sys.stdout.write(f"\n{heading}\n{'-' * len(heading)}\n")
    for m in measures:
        ratio = m.seconds / floors[m.what.split()[0], m.rows]
        sys.stdout.write(
            f"{m.what:<20}{m.rows:>9,}{m.seconds:>10.2f}{ratio:>9.1f}"
            f"{m.peak_megabytes:>9.0f}  {m.note}\n"
        )
        if m.detail:
            steps = ", ".join(f"{name} {value:.2f}" for name, value in m.detail.items())
            sys.stdout.write(f"{'':<20}{steps}\n")


if __name__ == "__main__":
    main()
