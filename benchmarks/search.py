"""How long finding people takes: ours, a plain scan, and the floor, from one run.

    make bench-search                       SQLite and PostgreSQL, three sizes
    python -m benchmarks.search --sizes 30000 --databases sqlite

ours   whatever a clerk types (names, pinyin, initials, employers, numbers), asked by an
       officer of everywhere, one of a county and the clerk of one employer: how many are
       found, and the first page of them with employer, membership and credentials.
floor  a page of people read by their primary keys.
peer   the same questions asked plainly: LIKE over every column, with the same scopes.

Seconds are those of the 95th of 100 searches; the lines below them say so of each kind,
in milliseconds.
"""

import argparse
import sys

from benchmarks.databases import fresh_database
from benchmarks.report import Measure, middle, run_apart, save

SIZES = (30_000, 100_000, 300_000)
TIMES = 3


def main() -> None:
    options = _options()
    measures: list[Measure] = []
    for database in options.databases:
        for size in options.sizes:
            measures += _compare(database, size, options.times)
    _print(measures)
    sys.stdout.write(f"\nAs JSON: {save('search', measures)}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--databases", nargs="+", default=("sqlite", "postgresql"))
    parser.add_argument("--times", type=int, default=TIMES)
    return parser.parse_args()


def _compare(database: str, size: int, times: int) -> list[Measure]:
    """Run the three in turn over one register, with other texts each time."""
    module = "benchmarks.search_runs"
    found: list[Measure] = []
    with fresh_database(database) as environment:
        run_apart(module, ["make", str(size)], environment)
        for what in ("ours", "peer", "floor"):
            seeds = range(1, 2 if what == "peer" else times + 1)
            runs = [run_apart(module, [what, str(seed)], environment) for seed in seeds]
            chosen = middle(runs)
            found.append(
                Measure(
                    what=f"{database} {what}",
                    rows=size,
                    seconds=chosen.seconds,
                    peak_megabytes=chosen.peak_megabytes,
                    note=chosen.note,
                    detail=chosen.detail,
                )
            )
            sys.stderr.write(f"{found[-1].what} {size}: {chosen.seconds:.3f} s\n")
    return found


def _print(measures: list[Measure]) -> None:
    floors = {
        (m.what.split()[0], m.rows): m.seconds
        for m in measures
        if m.what.endswith("floor")
    }
    heading = f"{'what':<20}{'people':>9}{'p95 ms':>9}{'x floor':>9}  note"
    sys.stdout.write(f"\n{heading}\n{'-' * len(heading)}\n")
    for m in measures:
        ratio = m.seconds / floors[m.what.split()[0], m.rows]
        sys.stdout.write(
            f"{m.what:<20}{m.rows:>9,}{m.seconds * 1e3:>9.1f}{ratio:>9.1f}  {m.note}\n"
        )
        kinds = ", ".join(f"{kind} {value:.1f}" for kind, value in m.detail.items())
        sys.stdout.write(f"{'':<20}{kinds}\n")


if __name__ == "__main__":
    main()
