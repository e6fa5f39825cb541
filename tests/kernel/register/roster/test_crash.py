"""Power cuts and killed processes: a roster is in the register whole or not at all."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

from jiangxin.demonstration.sample_roster import Employer, draw_roster, write_roster
from jiangxin.kernel.register.jobs import APPLY_STAGES
from jiangxin.kernel.register.management.commands.register_import_roster import COUNTS
from tests.foundation.jobs.processes import Platform, wait_until
from tests.kernel.register.roster.making import TODAY, World

pytestmark = pytest.mark.django_db(transaction=True)


class County(Platform):
    """A deployment of demonstration with one small county in it."""

    def __init__(self, folder):
        super().__init__(folder)
        self.environment["JIANGXIN_DEMONSTRATION"] = "1"

    def import_roster(self, path):
        return ("register", "import-roster", str(path), "--organisation", "F1")

    def contents(self):
        """Return how many rows each table has; no import takes rows away."""
        tables = [model._meta.db_table for model in apps.get_models()]
        return {
            table: self.row(f'SELECT count(*) FROM "{table}"')[0]  # noqa: S608 -- our own names
            for table in tables
        }

    def is_sound(self):
        done = self.run("trail", "verify")
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.database)) as file:
                assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert not file.execute("PRAGMA foreign_key_check").fetchall()
        return done.returncode == 0


@pytest.fixture
def drawn(tmp_path):
    """Draw a roster of so many rows; return its file and how many are refused."""

    def draw(rows):
        path = tmp_path / "roster.xlsx"
        roster = draw_roster(
            rows=rows,
            seed=1,
            faulty=0.01,
            employers=[Employer("E1", "machining"), Employer("E2", "agriculture")],
            division="330781",
            on=TODAY,
        )
        write_roster(roster, path)
        return path, len(roster.faults)

    return draw


@pytest.fixture(scope="module")
def prepared_file(tmp_path_factory):
    """A SQLite file with all tables and the county in it, made once."""
    county = County(tmp_path_factory.mktemp("prepared"))
    if connection.vendor == "sqlite":
        county.migrate()
        program = "from tests.kernel.register.roster.making import World; World()"
        done = county.run("shell", "--verbosity=0", "--command", program)
        assert done.returncode == 0, done.stderr
    return county.database


@pytest.fixture
def county(transactional_db, prepared_file, tmp_path):
    county = County(tmp_path)
    if prepared_file.exists():
        shutil.copy(prepared_file, county.database)
    else:
        World()  # the processes share the test's PostgreSQL
    return county


def kill_at(process, stage):
    """Kill a process once it says, in Chinese, that it has begun `stage`."""
    with translation.override("zh-hans"):
        label = str(APPLY_STAGES[stage])
    for line in process.stdout:
        if line.strip() == f"{label} …":
            break
    else:
        raise AssertionError("it ended before that")
    process.kill()
    assert process.wait() == -9


def counts_of(output):
    """Read what the command says: {"new": 1, …}."""
    said = {}
    for line in output.splitlines():
        number, _space, label = line.strip().partition("  ")
        said.setdefault(label, number.replace(",", ""))
    with translation.override("zh-hans"):
        return {name: int(said[str(label)]) for name, label in COUNTS.items()}


def test_an_import_that_is_killed_leaves_nothing_and_is_done_again(county, drawn):
    path, faulty = drawn(rows := 20_000)
    before = county.contents()
    with county.running(*county.import_roster(path)) as process:
        kill_at(process, "trail")  # people and their jobs are written by then
    assert county.contents() == before
    assert county.is_sound()
    done = county.run(*county.import_roster(path))
    assert done.returncode == 0, done.stderr
    counts = counts_of(done.stdout)
    assert (counts["rows"], counts["refused"]) == (rows, faulty)
    assert counts["new"] == rows - faulty
    people = county.row("SELECT count(*) FROM register_person")[0]
    events = county.row(
        "SELECT count(*) FROM trail_trailevent WHERE subject LIKE 'person:%'"
    )[0]
    assert people == events == rows - faulty
    assert county.is_sound()


def has_begun(county, stage):
    """Whether a job says that it has come to this stage of writing."""
    place = list(APPLY_STAGES).index(stage)
    boards = county.folder.glob("jobs/*.json")
    return any(json.loads(board.read_text())["done"] >= place for board in boards)


def test_a_worker_that_is_killed_while_writing_writes_it_once(county, drawn):
    path, faulty = drawn(rows := 8_000)
    program = (
        "from pathlib import Path; from django.utils import timezone;"
        "from jiangxin.foundation.actor import SYSTEM as actor;"
        "from jiangxin.foundation.clock.working_days import today;"
        "from jiangxin.foundation.jobs.operations import start;"
        "from jiangxin.kernel.register.models import Organisation;"
        "from jiangxin.kernel.register.operations import rosters;"
        f"path = Path({str(path)!r}); now = timezone.now();"
        "f1 = Organisation.objects.get(code='F1');"
        "file = rosters.RosterFile(path.read_bytes(), path.name, f1, today(now));"
        "r = rosters.hand_in_roster(file, actor=actor, now=now);"
        "act = dict(roster_id=r.pk, actor=actor, now=now);"
        "rosters.check_roster(**act); rosters.confirm_roster(**act);"
        "start('register.apply_roster', {'roster_id': r.pk}, actor=actor, now=now)"
    )
    done = county.run("shell", "--verbosity=0", "--command", program)
    assert done.returncode == 0, done.stderr
    before = county.row("SELECT count(*) FROM trail_trailevent")

    with county.running("worker") as process:
        wait_until(lambda: has_begun(county, "trail"))
        process.kill()
        process.wait()
    assert county.row("SELECT count(*) FROM register_person") == (0,)
    assert county.row("SELECT count(*) FROM trail_trailevent") == before
    done = county.run("worker", "--until-idle")
    assert done.returncode == 0, done.stderr
    assert county.row("SELECT state, problem FROM jobs_job") == ("done", "")
    assert county.row("SELECT count(*) FROM register_person") == (rows - faulty,)
