"""How long a batch of certificates takes: ours, the floor and a peer, from one run.

    make bench-credentials                  100, 300 and 1,000 certificates
    python -m benchmarks.credentials --sizes 100

ours        the job as the worker runs it, by as many processes as there are cores: each record
            is issued (signed document, place in a status list, history), typeset with
            its QR code as PDF/A-3 with the document inside, sealed (PAdES), packed and
            encrypted; then every token (VC-JWT), which is made when it is asked for.
floor       the same certificates typeset by as many processes and nothing else, and the same bytes
            signed bare with the same keys.
peer        the same documents and tokens signed by openvc-core and openbadgeslib, which
            set no page, sign no PDF and keep no record: the part that they do.
ours alike  our part of just that.

Seconds by the clock; `cpu` is computing, of the processes together.
"""

import argparse
import sys

from benchmarks.databases import fresh_database
from benchmarks.report import Measure, run_apart, save

SIZES = (100, 300, 1_000)
WHAT = ("ours", "floor", "peer", "same")
COMPARED = {"ours": "floor", "floor": "floor", "peer": "peer", "ours alike": "peer"}


def main() -> None:
    options = _options()
    measures = [
        measure
        for size in options.sizes
        for measure in _compare(options.database, size)
    ]
    _print(measures)
    sys.stdout.write(f"\nAs JSON: {save('credentials', measures)}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--database", default="sqlite")
    return parser.parse_args()


def _compare(database: str, size: int) -> list[Measure]:
    """Run each once over one register: a batch is issued once."""
    module = "benchmarks.credentials_apart"
    found: list[Measure] = []
    with fresh_database(database) as environment:
        run_apart(module, ["make", str(size)], environment)
        for what in WHAT:
            found.append(run_apart(module, [what], environment))
            sys.stderr.write(f"{what} {size}: {found[-1].seconds:.2f} s\n")
    return found


def _print(measures: list[Measure]) -> None:
    seconds = {(one.what, one.rows): one.seconds for one in measures}
    heading = (
        f"{'what':<12}{'number':>8}{'s':>9}{'cpu s':>9}{'MB':>7}{'ratio':>9}  of what"
    )
    sys.stdout.write(f"\n{heading}\n{'-' * (len(heading) + 24)}\n")
    for one in measures:
        base = COMPARED[one.what]
        ratio = one.seconds / seconds[base, one.rows]
        parts = ", ".join(f"{k} {v:.2f}" for k, v in one.detail.items() if k != "cpu")
        sys.stdout.write(
            f"{one.what:<12}{one.rows:>8,}{one.seconds:>9.2f}{one.detail['cpu']:>9.2f}"
            f"{one.peak_megabytes:>7.0f}{ratio:>6.2f} x {base:<6}  {parts}\n"
        )


if __name__ == "__main__":
    main()
