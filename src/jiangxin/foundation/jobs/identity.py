"""Which worker this is, and whether another is still there."""

import os
import secrets
import socket
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

# Heartbeats come every five seconds; twelve missed ones are no accident.
SILENCE = timedelta(seconds=60)


def this_worker() -> str:
    """Return `host:pid:start`, which no other process has or will have."""
    return f"{_host()}:{os.getpid()}:{_start_of(os.getpid())}"


def is_gone(worker: str, *, heard_at: datetime | None, now: datetime) -> bool:
    """Return whether a worker has ended without saying so.

    Of a worker on this machine the system knows, whatever its heartbeat: on SQLite a
    long transaction keeps heartbeats out. Of others only silence tells.
    """
    host, _colon, process = worker.rpartition(":")[0].rpartition(":")
    if host == _host() and process.isdecimal():
        start = worker.rpartition(":")[2]
        return _start_of(int(process)) != start
    return heard_at is None or heard_at < now - SILENCE


@cache
def _host() -> str:
    """The machine's name and its boot: containers and machines may share a name."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
    except OSError:
        boot = f"{secrets.token_hex(4)}"  # only this very process is known, then
    return f"{socket.gethostname()[:120]}/{boot}"


def _start_of(process: int) -> str:
    """Return when a process started, in ticks since the boot; "" when it is no more.

    Process numbers come round again; number and start together do not.
    """
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return ""
    # The name in brackets may hold anything; fixed fields follow it.
    fields = status.rpartition(")")[2].split()
    has_ended = fields[0] in {"Z", "X"}
    return "" if has_ended else fields[19]
