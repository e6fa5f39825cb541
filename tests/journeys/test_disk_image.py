"""Somebody carries the disk away: no identity number and no phone is on it in plain.

Searched are every byte of the database's files (of PostgreSQL the whole data folder with
its log of changes, statistics and server log), of sealed uploads and what else lies in
the platform's folder, what the platform printed and logged, and every row and session as
the database gives it out. Left out: `demo/`, the sample roster and the text for whoever
tries the demonstration, which are no part of the database; and `keys/`, which hold no
personal data and are kept apart from it.
"""

import base64
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.journeys.disk_image import Needles, files_in, search
from tools.postgres import temporary_cluster

ROOT = Path(__file__).parents[2]
LEFT_OUT = {"demo", "keys"}
TRACES = ("plain", "hexadecimal", "base64")


def live_a_day(var, database, known):
    """Run the acts; return what they printed and logged."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.acts_on_disk", str(known)],
        cwd=ROOT,
        env={
            **os.environ,
            "JIANGXIN_VAR": str(var),
            "JIANGXIN_DATABASE": database,
            "JIANGXIN_DEMONSTRATION": "1",
            "JIANGXIN_LOG_LEVEL": "INFO",
            "DJANGO_SETTINGS_MODULE": "jiangxin.project.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        },
        capture_output=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr.decode()[-4000:]
    assert b"Internal Server Error" in done.stderr
    return done.stdout + done.stderr


def lies_in(var):
    return [
        path for path in files_in(var) if path.relative_to(var).parts[0] not in LEFT_OUT
    ]


def check(needles, content, lies_there):
    assert len(needles.numbers) > 1000
    found, read = search(needles, lies_there)
    assert read > 1_000_000
    assert found == {}
    assert needles.found_in(content["log"]) == set()
    for row in content["rows"]:
        assert needles.found_in(row.encode()) == set(), row


def told(known, log):
    content = json.loads(known.read_text("utf-8"))
    return Needles(content["numbers"]), {"rows": content["rows"], "log": log}


def guises(number):
    return (
        number,
        number.encode().hex(),
        base64.b64encode(f"..{number}".encode()).decode(),
    )


@pytest.mark.sqlite_only
def test_a_file_renamed_while_others_are_read_is_looked_through_all_the_same(tmp_path):
    number = "13800138000"
    gone, renamed = tmp_path / "gone", tmp_path / "renamed"
    renamed.write_text(f"phone {number}")
    listings = iter([[gone, renamed], [renamed]])
    found, read = search(Needles([number]), lambda: next(listings))
    assert found == {"renamed": [("plain", number)]}
    assert read == len(f"phone {number}")


@pytest.mark.sqlite_only
def test_no_number_is_plain_on_the_disk_of_a_sqlite_deployment(tmp_path):
    var, known = tmp_path / "var", tmp_path / "known"
    file = var / "jiangxin.sqlite3"
    var.mkdir()
    log = live_a_day(var, f"sqlite:{file}", known)
    needles, content = told(known, log)
    files = lies_in(var)
    assert {"jiangxin.sqlite3"} < {path.name for path in files}
    assert any(path.is_relative_to(var / "uploads") for path in files)
    check(needles, content, lambda: lies_in(var))
    with closing(sqlite3.connect(file)) as database:
        number = sorted(needles.numbers)[7].decode()
        for planted in guises(number):
            database.execute("UPDATE register_person SET name = ?", [planted])
            database.commit()
            found, _read = search(needles, lambda: lies_in(var))
            assert found, f"{planted} is not found"
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found, _read = search(needles, lambda: lies_in(var))
    assert "jiangxin.sqlite3" in found


@pytest.mark.postgresql_only
@pytest.mark.django_db
def test_no_number_is_plain_on_the_disk_of_a_postgresql_deployment(tmp_path):
    var, known = tmp_path / "var", tmp_path / "known"
    var.mkdir()
    with temporary_cluster() as address:
        log = live_a_day(var, address, known)
        needles, content = told(known, log)
        with psycopg.connect(address, autocommit=True) as database:
            folder = Path(database.execute("SHOW data_directory").fetchone()[0])
            database.execute("CHECKPOINT")

            def lies_there():
                return [*lies_in(var), *files_in(folder), folder.parent / "log"]

            assert {"pg_wal", "global"} < {path.parent.name for path in lies_there()}
            check(needles, content, lies_there)
            number = sorted(needles.numbers)[7].decode()
            for planted in guises(number):
                database.execute(
                    "UPDATE register_person SET name = %s WHERE id ="
                    " (SELECT min(id) FROM register_person)",
                    [planted],
                )
            database.execute("CHECKPOINT")
            found, _read = search(needles, lambda: files_in(folder))
        traces = {guise for seen in found.values() for guise, _number in seen}
        assert traces == set(TRACES)
