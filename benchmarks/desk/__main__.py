"""Fifty clerks at once over up to 200,000 matters, on the server as it is served.

    make bench-desk                        SQLite and PostgreSQL, three sizes
    make bench-desk SIZES=2000 CLERKS=10   a small one

brisk   the clerks (queue, open, form, act), each pausing two seconds between pages.
flat    the same clerks without a pause: what the server can answer at most.
peer    the same without a pause at Django's admin of the same table, which lists, opens
        and saves, but knows no places, no journal, no clock and no trail.
floor   the same askers of an empty view of the same server, without a pause.

As many matters are open at every size; the rest is settled. The clerks run on the same
machine and take their share of it. Errors must be none; an act on a page that a colleague
has made stale is refused, which is no error and is told apart. It stops by itself.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.databases import fresh_database
from benchmarks.report import Measure, run_apart, save

SIZES = (2_000, 20_000, 200_000)
CLERKS = 50
SECONDS = 10
PAUSE = 2.0
WARM_UP_SECONDS = 3
LONGEST_START = 180
# What 95 of 100 answers to brisk clerks must be within, on two cores.
TARGET_MS = 300
# What is measured: who asks, and with what pause between two pages.
RUNS = {
    "brisk": ("clerks", PAUSE),
    "flat": ("clerks", 0),
    "peer": ("admin", 0),
    "floor": ("empty", 0),
}


def main() -> None:
    options = _options()
    measures: list[Measure] = []
    for database in options.databases:
        measures += _measure(database, options)
    _print(measures)
    _print_pages(measures)
    sys.stdout.write(f"\nAs JSON: {save('desk', measures)}\n")
    if any(measure.detail["wrong"] for measure in measures):
        sys.exit("Some answers were wrong.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--databases", nargs="+", default=("sqlite", "postgresql"))
    parser.add_argument("--clerks", type=int, default=CLERKS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    return parser.parse_args()


def _measure(database: str, options: argparse.Namespace) -> Iterator[Measure]:
    """Measure one database as it grows."""
    with fresh_database(database) as environment:
        environment["DJANGO_SETTINGS_MODULE"] = "benchmarks.desk.settings"
        # The peer keeps a log of its own.
        migrate = [sys.executable, "-m", "jiangxin", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env={**os.environ, **environment}, check=True)
        sessions = Path(environment["JIANGXIN_VAR"]) / "sessions.json"
        for size in sorted(options.sizes):
            given = [str(size), str(options.clerks), str(sessions)]
            filled = run_apart("benchmarks.desk.filling", given, environment)
            sys.stderr.write(f"{database} {size:,}: filled in {filled.seconds:.0f} s\n")
            with _served(environment) as port:
                _work("clerks", port, sessions, WARM_UP_SECONDS, 0)
                for name, (who, pause) in RUNS.items():
                    told = _work(who, port, sessions, options.seconds, pause)
                    measure = _as_measure(f"{database} {name}", size, told)
                    sys.stderr.write(f"  {name}: {measure.note}\n")
                    yield measure


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[int]:
    """Serve as an operator does, two processes of the web server, and a worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "jiangxin", "serve", "--port", str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for("/empty/", port, server)
        # What is due every night is not what clerks wait for by day.
        _wait_for("/idle/", port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(path: str, port: int, server: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + LONGEST_START
    while time.monotonic() < give_up_at and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.3)
    message = "the server did not start"
    raise RuntimeError(message)


def _work(
    who: str, port: int, sessions: Path, seconds: int, pause: float
) -> dict[str, object]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.desk.clerks", who),
            *(str(port), str(sessions), str(seconds), str(pause)),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 180,
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _as_measure(what: str, size: int, told: dict[str, object]) -> Measure:
    by_kind: dict[str, list[float]] = told["seconds"]  # type: ignore[assignment]  # as the clerks write it
    wrong: list[str] = told["wrong"]  # type: ignore[assignment]  # as above
    together = [each for some in by_kind.values() for each in some]
    took = float(told["took"])  # type: ignore[arg-type]  # as above
    for each in sorted(set(wrong)):
        sys.stderr.write(f"  wrong: {each} ({wrong.count(each)} times)\n")
    rate = len(together) / took
    return Measure(
        what,
        size,
        _percentile(together, 95),
        0.0,
        f"{rate:.0f} requests/s of {len(together)}, p95"
        f" {_percentile(together, 95) * 1e3:.0f} ms, {len(wrong)} wrong",
        {
            "requests_a_second": round(rate, 1),
            "p50_ms": round(_percentile(together, 50) * 1e3, 1),
            "p95_ms": round(_percentile(together, 95) * 1e3, 1),
            "p99_ms": round(_percentile(together, 99) * 1e3, 1),
            "wrong": len(wrong),
            "stale": float(told["stale"]),  # type: ignore[arg-type]  # as above
            **{
                f"{kind}_p95_ms": round(_percentile(some, 95) * 1e3, 1)
                for kind, some in by_kind.items()
            },
        },
    )


def _percentile(seconds: list[float], percent: int) -> float:
    if len(seconds) < 2:
        return sum(seconds)
    return statistics.quantiles(seconds, n=100, method="inclusive")[percent - 1]


def _print(measures: list[Measure]) -> None:
    heading = (
        f"{'what':<20}{'matters':>9}{'req/s':>9}{'p50 ms':>9}{'p95 ms':>9}"
        f"{'p99 ms':>9}{'wrong':>7}{'stale':>7}"
    )
    sys.stdout.write(f"\n{heading}\n{'-' * len(heading)}\n")
    for m in measures:
        d = m.detail
        sys.stdout.write(
            f"{m.what:<20}{m.rows:>9,}{d['requests_a_second']:>9.1f}{d['p50_ms']:>9.1f}"
            f"{d['p95_ms']:>9.1f}{d['p99_ms']:>9.1f}{d['wrong']:>7.0f}{d['stale']:>7.0f}\n"
        )


def _print_pages(measures: list[Measure]) -> None:
    """Print what each page took the brisk clerks, and whether that is quick enough."""
    for m in measures:
        if not m.what.endswith("brisk"):
            continue
        pages = ", ".join(
            f"{key.removesuffix('_p95_ms')} {value:.0f}"
            for key, value in m.detail.items()
            if key.endswith("_p95_ms")
        )
        is_met = m.detail["p95_ms"] <= TARGET_MS
        sys.stdout.write(
            f"{m.what} {m.rows:,}: p95 ms: {pages}; the target of {TARGET_MS} ms is"
            f" {'met' if is_met else 'NOT met'}\n"
        )


if __name__ == "__main__":
    main()
