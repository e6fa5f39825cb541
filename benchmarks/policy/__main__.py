"""How long finding people takes: ours, the floor and the peers, from one run.

    make bench-policy                          100,000, 1 and 10 million people
    make bench-policy SIZES="100000 1000000"   a few minutes less
    python -m benchmarks.policy --sizes 10000000 --peers none --databases

match      30 policies over everybody at rest in the snapshot, results stored on disk.
rematch    the same with every policy touched, compared with the last result.
change     one in a hundred changed: taken over, matched, compared and applied.
whatif     a draft counted and costed; of a hundred drafts 95 are as quick or quicker.
explain    one person and all policies, fetched, explained and written as JSON (median).
floor      the bare scan of the columns that the policies need.
database   one in a hundred changed, inside SQLite and PostgreSQL, in one transaction;
           and everybody read from there into a new snapshot.
peers      the same people and policies, ready in memory, nothing stored; on as many
           people as the table says. Those not installed (requirements/bench.txt) are
           left out, and said so.

Processor seconds stand beside the others: on a shared machine they tell more.
Answers of the snapshot and of every peer are checked: how many, and a hash of policy,
person, row and amount. Inside the database a second run must find no difference.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.databases import fresh_database
from benchmarks.policy import peers
from benchmarks.report import Measure, middle, run_all_apart, run_apart, save, spread

SIZES = (100_000, 1_000_000, 10_000_000)
# Above this openfisca-core takes 7 GB.
MOST_OF_OPENFISCA = 1_000_000
TIMES = 3
RUNS = ("match", "rematch", "change", "floor", "whatif", "explain")


def main() -> None:
    options = _options()
    measures: list[Measure] = []
    try:
        _measure(options, measures)
    finally:  # what breaks off after ten minutes keeps what it measured
        _print(measures)
        sys.stdout.write(f"\nAs JSON: {save('policy', measures)}\n")


def _measure(options: argparse.Namespace, measures: list[Measure]) -> None:
    with tempfile.TemporaryDirectory(prefix="jiangxin-bench-") as place:
        environment = {
            "JIANGXIN_VAR": place,
            "DJANGO_SETTINGS_MODULE": "jiangxin.project.settings",
        }
        for size in options.sizes:
            folder = Path(place) / str(size)
            folder.mkdir()
            measures += _ours(folder, size, options.times, environment)
            if options.peers != "none":
                is_first = size == options.sizes[0]
                names = list(peers.PEERS) if is_first else []
                if size <= MOST_OF_OPENFISCA:
                    names.append(peers.OPENFISCA)
                measures += _peers(names, folder, size, environment)
    for database in options.databases:
        measures += _database(database, options.database_size)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--peers", choices=("all", "none"), default="all")
    parser.add_argument("--databases", nargs="*", default=("sqlite", "postgresql"))
    parser.add_argument("--database-size", type=int, default=1_000_000)
    return parser.parse_args()


def _ours(
    folder: Path, size: int, times: int, environment: dict[str, str]
) -> list[Measure]:
    """Each run several times, in a process of its own and in turn with the others."""
    module = "benchmarks.policy.runs"
    made = run_apart(module, ["make", str(folder), str(size)], environment)
    _say(made)
    results: dict[str, list[Measure]] = {name: [] for name in RUNS}
    for _ in range(times):
        for name in RUNS:
            found = run_apart(module, [name, str(folder), str(size)], environment)
            results[name].append(found)
    return [made, *(_named(name, found) for name, found in results.items())]


def _named(name: str, found: list[Measure]) -> Measure:
    chosen = middle(found)
    note = f"median of {len(found)}, slowest {spread(found):.2f}x quickest"
    measure = Measure(
        what=name,
        rows=chosen.rows,
        seconds=chosen.seconds,
        peak_megabytes=max(one.peak_megabytes for one in found),
        note="; ".join(filter(None, (chosen.note, note))),
        detail=chosen.detail,
    )
    _say(measure)
    return measure


def _peers(
    names: list[str], folder: Path, size: int, environment: dict[str, str]
) -> list[Measure]:
    """Who evaluates person by person is timed once; its cost a person is the same."""
    found = []
    for name in names:
        if not peers.is_installed(name):
            sys.stderr.write(f"{name} is not installed and left out\n")
            continue
        arguments = [name, str(folder), str(size)]
        found.append(run_apart("benchmarks.policy.peers", arguments, environment))
        _say(found[-1])
    return found


def _database(database: str, size: int) -> list[Measure]:
    with fresh_database(database) as environment:
        arguments = [database, str(size)]
        measures = run_all_apart(
            "benchmarks.policy.in_database", arguments, environment
        )
    for measure in measures:
        _say(measure)
    return measures


def _say(measure: Measure) -> None:
    sys.stderr.write(f"{measure.what} {measure.rows:,}: {measure.seconds:.4f} s\n")


def _print(measures: list[Measure]) -> None:
    heading = (
        f"{'what':<42}{'people':>11}{'seconds':>10}{'us/person':>11}"
        f"{'x match':>9}{'x floor':>9}{'peak MB':>9}  note"
    )
    sys.stdout.write(f"\n{heading}\n{'-' * len(heading)}\n")
    ours = {one.rows: one.seconds for one in measures if one.what == "match"}
    best = min((seconds / rows for rows, seconds in ours.items()), default=0)
    floors = {one.rows: one.seconds for one in measures if one.what == "floor"}
    for one in measures:
        each = one.seconds / one.rows
        floor = one.seconds / floors[one.rows] if one.rows in floors else 0
        sys.stdout.write(
            f"{one.what:<42}{one.rows:>11,}{one.seconds:>10.4f}{each * 1e6:>11.2f}"
            f"{each / best if best else 0:>9.1f}{floor:>9.1f}"
            f"{one.peak_megabytes:>9.0f}  {one.note}\n"
        )
        if one.detail:
            steps = ", ".join(
                f"{name} {value:.3f}" for name, value in one.detail.items()
            )
            sys.stdout.write(f"{'':<42}{steps}\n")


if __name__ == "__main__":
    main()
