"""An empty Jiangxin database for one measurement, thrown away afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

from tools import postgres

_kept = ExitStack()


@contextmanager
def fresh_database(kind: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a migrated, empty database. kind: sqlite, postgresql."""
    with tempfile.TemporaryDirectory(prefix="jiangxin-bench-") as folder:
        environment = {
            "JIANGXIN_VAR": folder,
            "JIANGXIN_DEMONSTRATION": "1",
            "JIANGXIN_DATABASE": "",
            "DJANGO_SETTINGS_MODULE": "jiangxin.project.settings",
        }
        if kind == "postgresql":
            environment["JIANGXIN_DATABASE"] = _empty(_cluster())
        _run(["migrate", "--verbosity", "0"], environment)
        yield environment


@cache
def _cluster() -> str:
    """Start one PostgreSQL for the whole benchmark; it stops when the program ends."""
    import atexit

    atexit.register(_kept.close)
    return _kept.enter_context(postgres.temporary_cluster())


def _empty(address: str) -> str:
    """Drop and create the database `bench` of the cluster."""
    import psycopg

    base = address.rpartition("/")[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS bench WITH (FORCE)")
        connection.execute("CREATE DATABASE bench")
    return f"{base}/bench"


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "jiangxin", *arguments],
        env={**os.environ, **environment},
        check=True,
    )
