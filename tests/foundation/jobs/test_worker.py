import json
import signal

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from jiangxin.foundation.jobs import readiness, worker
from jiangxin.foundation.jobs.context import stopping
from tests.foundation.jobs.processes import wait_until


def state_of(platform, job_id):
    return platform.row(f"SELECT state FROM jobs_job WHERE id = {job_id}")[0]  # noqa: S608 -- a number


def test_a_job_whose_worker_is_killed_is_done_once_by_the_next(platform, tmp_path):
    job_id = platform.start("tests.record_once", {"folder": str(tmp_path)})
    attempts = tmp_path / "attempts"
    with platform.running("worker") as process:
        wait_until(attempts.exists)
        # Seen although the job's transaction is still open.
        board = json.loads((tmp_path / "jobs" / f"{job_id}.json").read_text())
        assert board == {"done": 1, "total": 2, "stage": "Half done"}
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert state_of(platform, job_id) == "running"

    done = platform.run("worker", "--until-idle")
    assert done.returncode == 0, done.stderr
    assert "is gone" in done.stderr
    assert state_of(platform, job_id) == "done"
    assert len(attempts.read_text().split()) == 2
    recorded = "SELECT count(*) FROM trail_trailevent WHERE subject = 'job:1'"
    assert platform.row(recorded)[0] == 1
    assert not list((tmp_path / "jobs").iterdir())


def test_a_worker_that_is_told_to_stop_finishes_what_it_can(platform):
    job_id = platform.start("tests.go_on", {})
    with platform.running("worker") as process:
        wait_until(lambda: state_of(platform, job_id) == "running")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert state_of(platform, job_id) == "waiting"


def test_the_loop_goes_on_after_the_database_failed(db, monkeypatch):
    """The library's own worker ends when SQLite stays locked."""
    seen = []

    def look():
        seen.append(1)
        if len(seen) == 1:
            raise OperationalError("database is locked")
        stopping.set()
        return False

    monkeypatch.setattr(worker.queue, "is_anything_ready", look)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "recover", lambda **options: 0)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_LOOKS", 0.01)
    worker.work()
    assert len(seen) == 2


def test_a_worker_ends_with_the_process_that_began_it(db):
    worker.work(parent=1_000_000)


@pytest.mark.parametrize("command", ["worker", "serve"])
def test_a_database_that_is_not_migrated_is_refused(db, monkeypatch, command):
    class Unmigrated:
        def __init__(self, connection):
            self.loader = self.graph = self

        def leaf_nodes(self):
            return []

        def migration_plan(self, targets):
            return ["one", "two"]

    monkeypatch.setattr(readiness, "MigrationExecutor", Unmigrated)
    with pytest.raises(CommandError, match="jiangxin migrate"):
        call_command(command)
