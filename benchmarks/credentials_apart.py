"""The way into credentials_runs that processes made by it do not go again.

They begin by reading the module that was run, which would set up all of the platform in
each: the worker, whose job is measured, is run from a small module, too.
"""

import sys

if __name__ == "__main__":
    from benchmarks.credentials_runs import RUNS
    from benchmarks.report import print_measure

    print_measure(RUNS[sys.argv[1]](*sys.argv[2:]))
