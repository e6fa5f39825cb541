"""The file: one worker writes the next one, everybody else reads the published one.

DuckDB locks a file for the process that writes it, so nobody reads what is being
written: the next file begins as a copy, and appears under its own name when it is whole
and on disk. Names are numbered and never used again, because DuckDB keeps one instance
a path in a process. Readers stay with the file they opened, even once it is deleted.
"""

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused

# The first number is that of the layout: files of another are not looked at.
NAME = "register-2-{:08}.duckdb"
PUBLISHED = "register-2-*.duckdb"
EVERY = "register-*.duckdb"
NEXT = "next.duckdb"


class NoSnapshot(Refused):
    code = "policy.no_snapshot"
    text = _(
        "There is no snapshot of the register yet. It is made every night, and by "
        "“jiangxin policy snapshot refresh”."
    )


class SnapshotBusy(Refused):
    code = "policy.snapshot_busy"
    text = _("Another process is bringing the snapshot up to date. Try again later.")


def folder() -> Path:
    return Path(settings.JIANGXIN_SNAPSHOT)


def published_file() -> Path | None:
    """Return the newest whole file, None before there is one."""
    return max(folder().glob(PUBLISHED), default=None)


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a file with the bounds of the settings; nothing is fetched from elsewhere."""
    return duckdb.connect(
        str(path),
        read_only=read_only,
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "threads": settings.JIANGXIN_SNAPSHOT_THREADS,
            "memory_limit": settings.JIANGXIN_SNAPSHOT_MEMORY,
            # Rows of a table need no order here, and keeping one costs memory.
            "preserve_insertion_order": False,
        },
    )


@dataclass
class _Reading:
    path: Path | None = None
    connection: duckdb.DuckDBPyConnection | None = None


_reading = _Reading()
_lock = threading.Lock()


def published() -> duckdb.DuckDBPyConnection:
    """Return a cursor on the published file, of its own and cheap. Raises NoSnapshot."""
    with _lock:
        for _attempt in range(3):
            newest = published_file()
            if newest is None:
                raise NoSnapshot
            if newest == _reading.path and _reading.connection:
                return _reading.connection.cursor()
            try:
                opened = connect(newest, read_only=True)
            except duckdb.IOException:
                continue  # a newer one took its place between looking and opening
            _reading.path, _reading.connection = newest, opened
            return opened.cursor()
    raise NoSnapshot


@contextmanager
def next_file(*, anew: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give the next file to write; it is published when the block ends well.

    It begins as the published one, or empty: `anew`, or when there is none yet. What a
    killed process left half written is overwritten. Raises SnapshotBusy.
    """
    folder().mkdir(parents=True, exist_ok=True)
    with _alone():
        path, before = folder() / NEXT, published_file()
        _remove(path)
        if before and not anew:
            shutil.copyfile(before, path)
        connection = _open_or_begin_anew(path)
        try:
            yield connection
            connection.execute("CHECKPOINT")
        except BaseException:
            connection.close()
            _remove(path)
            raise
        connection.close()
        _publish(path, before)


def _open_or_begin_anew(path: Path) -> duckdb.DuckDBPyConnection:
    """A file that cannot be read, as of another version, is made from nothing."""
    try:
        return connect(path, read_only=False)
    except duckdb.Error:
        _remove(path)
        return connect(path, read_only=False)


@contextmanager
def _alone() -> Iterator[None]:
    with (folder() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise SnapshotBusy from busy
        yield


def _publish(path: Path, before: Path | None) -> None:
    number = int(before.stem.rpartition("-")[2]) + 1 if before else 1
    _to_disk(path)
    published = path.rename(folder() / NAME.format(number))
    _to_disk(folder())
    for other in folder().glob(EVERY):
        if other != published:
            _remove(other)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
