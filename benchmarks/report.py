"""Measuring in fresh processes, and telling it as a table and as JSON."""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

BENCH = Path("var") / "bench"


@dataclass(frozen=True)
class Measure:
    """One run: what was measured, how many rows, how long, how much memory."""

    what: str
    rows: int
    seconds: float
    peak_megabytes: float
    note: str = ""
    detail: dict[str, float] = field(default_factory=dict)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_apart(
    module: str, arguments: Sequence[str], environment: dict[str, str]
) -> Measure:
    """Run `python -m module arguments` and read the Measure it prints last."""
    return run_all_apart(module, arguments, environment)[-1]


def run_all_apart(
    module: str, arguments: Sequence[str], environment: dict[str, str]
) -> list[Measure]:
    """Do the same and read every Measure that it prints, one a line."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        message = f"{module} {' '.join(arguments)} ended with {done.returncode}"
        raise RuntimeError(message)
    lines = [one for one in done.stdout.splitlines() if one.startswith('{"what"')]
    return [Measure(**json.loads(line)) for line in lines]


def middle(measures: Sequence[Measure]) -> Measure:
    """Return the run whose time is the median (the lower of two)."""
    ordered = sorted(measures, key=lambda measure: measure.seconds)
    return ordered[(len(ordered) - 1) // 2]


def spread(measures: Sequence[Measure]) -> float:
    """Return the slowest run as a multiple of the quickest."""
    seconds = [measure.seconds for measure in measures]
    return max(seconds) / max(min(seconds), statistics.fmean(seconds) * 1e-9)


def print_measure(measure: Measure) -> None:
    sys.stdout.write(json.dumps(asdict(measure)) + "\n")


def save(name: str, measures: Sequence[Measure]) -> Path:
    BENCH.mkdir(parents=True, exist_ok=True)
    path = BENCH / f"{name}.json"
    path.write_text(
        json.dumps(
            {
                "benchmark": name,
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "python": platform.python_version(),
                "machine": platform.machine(),
                "cores": os.cpu_count(),
                "measures": [asdict(measure) for measure in measures],
            },
            indent=2,
        )
        + "\n"
    )
    return path
