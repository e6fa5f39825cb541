"""Real processes of the platform, on a database that they share with the test."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parents[3]
# The jobs of tests are made known before the command runs.
PROGRAM = (
    "import tests.foundation.jobs.samples; import sys;"
    "from jiangxin.cli import main; main(sys.argv[1:])"
)


class Platform:
    """A deployment in `folder`: a SQLite file of its own, or the test's PostgreSQL."""

    def __init__(self, folder):
        self.folder = folder
        self.database = folder / "jiangxin.sqlite3"
        self.environment = {
            **os.environ,
            "JIANGXIN_VAR": str(folder),
            "JIANGXIN_DATABASE": self._address(),
            "JIANGXIN_SECRET_KEY": "only for tests",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
            "DJANGO_SETTINGS_MODULE": "jiangxin.project.settings",
        }

    def run(self, *arguments):
        return subprocess.run(
            self._command(arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    @contextmanager
    def running(self, *arguments):
        """Run a command until the block ends; kill it if it has not ended by then."""
        process = subprocess.Popen(
            self._command(arguments),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

    def migrate(self):
        """Make the tables of a SQLite file; the test's PostgreSQL has them."""
        if connection.vendor == "sqlite":
            done = self.run("migrate", "--verbosity=0")
            assert done.returncode == 0, done.stderr

    def start(self, kind, args):
        """Begin a job as the web server would, and return its number."""
        program = (
            f"from django.utils import timezone;"
            f"from jiangxin.foundation.actor import SYSTEM;"
            f"from jiangxin.foundation.jobs.operations import start;"
            f"print(start({kind!r}, {args!r}, actor=SYSTEM, now=timezone.now()).pk)"
        )
        done = self.run("shell", "--verbosity=0", "--command", program)
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    def row(self, statement):
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.database, timeout=60)) as file:
                return file.execute(statement).fetchone()
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()

    def _command(self, arguments):
        return [sys.executable, "-c", PROGRAM, *arguments]

    def _address(self):
        if connection.vendor == "sqlite":
            return f"sqlite:{self.database}"
        given = connection.settings_dict
        return (
            f"postgresql://{given['USER']}:{given['PASSWORD']}"
            f"@{given['HOST']}:{given['PORT']}/{given['NAME']}"
        )


def wait_until(is_so, *, seconds=60):
    give_up_at = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < give_up_at, "waited in vain"
        time.sleep(0.1)
