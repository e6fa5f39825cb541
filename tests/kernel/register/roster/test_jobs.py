import os

import pytest
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.jobs import board, worker
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.operations import start
from jiangxin.kernel.register import jobs
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.operations import rosters
from jiangxin.kernel.register.roster.files import delete_roster_file
from tests.kernel.register.roster.making import (
    KEPT_OF_ROSTERS,
    NOW,
    World,
    contents,
    counted,
    row,
    with_certificate,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    settings.VAR = tmp_path
    return World()


def begin(kind, roster, **arguments):
    return start(kind, {"roster_id": roster.pk, **arguments}, actor=SYSTEM, now=NOW)


def run(job):
    worker.work(until_idle=True)
    job.refresh_from_db()
    return job


def test_a_worker_checks_and_writes_a_roster(world):
    roster = world.hand_in(with_certificate(1), row(2, phone="1"))
    job = run(begin(jobs.CHECK_ROSTER, roster))
    assert (job.state, job.problem) == (JobState.DONE, "")
    assert job.result == {"url": f"/desk/rosters/{roster.pk}/"}
    rosters.confirm_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)
    assert run(begin(jobs.APPLY_ROSTER, roster)).state == JobState.DONE
    roster.refresh_from_db()
    assert (roster.state, counted(roster)) == ("applied", (1, 0, 0, 1))


def test_a_job_that_is_done_again_changes_nothing(world):
    roster = world.confirmed(row(1))
    run(begin(jobs.APPLY_ROSTER, roster))
    kept = {"jobs.Job", "django_tasks_database.DBTaskResult"}
    before = contents(but=kept)
    for kind in (jobs.CHECK_ROSTER, jobs.APPLY_ROSTER):
        assert run(begin(kind, roster)).state == JobState.DONE
    assert contents(but=kept) == before


def test_a_roster_that_was_withdrawn_meanwhile_is_left_alone(world):
    roster = world.hand_in(row(1))
    rosters.withdraw_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)
    assert run(begin(jobs.CHECK_ROSTER, roster)).state == JobState.DONE
    roster.refresh_from_db()
    assert roster.state == "withdrawn"


def test_a_refusal_is_the_jobs_problem(world):
    roster = world.checked(row(1))
    job = run(begin(jobs.APPLY_ROSTER, roster))
    assert (job.state, job.problem_code) == (
        JobState.FAILED,
        "register.roster_move_not_allowed",
    )
    assert Person.objects.count() == 0


def test_a_file_that_is_gone_writes_nothing(world):
    roster = world.confirmed(row(1))
    delete_roster_file(roster)
    assert run(begin(jobs.APPLY_ROSTER, roster)).state == JobState.FAILED
    assert Person.objects.count() == 0


def test_a_wish_to_cancel_undoes_what_is_written_so_far(world, monkeypatch):
    roster = world.confirmed(row(1), row(2))
    job = begin(jobs.APPLY_ROSTER, roster)
    before = contents(but={*KEPT_OF_ROSTERS, "jobs.Job"})

    def ask_at(context, stages, told=jobs._teller):
        tell = told(context, stages)

        def ask(stage):
            if stage == "trail":
                board.ask_to_cancel(job.pk)
            tell(stage)

        return ask

    monkeypatch.setattr(jobs, "_teller", ask_at)
    assert run(job).state == JobState.CANCELLED
    after = contents(but={*KEPT_OF_ROSTERS, "jobs.Job"})
    assert {k: v for k, v in after.items() if "Task" not in k} == {
        k: v for k, v in before.items() if "Task" not in k
    }


@pytest.mark.parametrize("stages", [jobs.CHECK_STAGES, jobs.APPLY_STAGES])
def test_every_stage_that_is_told_has_words(world, stages):
    said = []
    roster = world.hand_in(with_certificate(1))
    act = {"roster_id": roster.pk, "actor": SYSTEM, "now": NOW, "progress": said.append}
    rosters.check_roster(**act)
    if stages is jobs.APPLY_STAGES:
        said.clear()
        rosters.confirm_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)
        rosters.apply_roster(**act)
    assert said == list(stages)  # in order: a bar that goes back confuses


def test_files_that_no_roster_owns_are_deleted_once_they_are_old(world, settings):
    kept = world.hand_in(row(1))
    folder = settings.JIANGXIN_UPLOADS / "rosters"
    for name in ("999999", "left-over", "1000000"):
        (folder / name).write_bytes(b"sealed")
    for path in folder.iterdir():
        os.utime(path, (0, 0) if path.name != "1000000" else None)
    job = run(start(jobs.DELETE_ORPHANS, {}, actor=SYSTEM, now=timezone.now()))
    assert job.result == {"deleted": 2}
    assert {path.name for path in folder.iterdir()} == {str(kept.pk), "1000000"}


def test_nothing_is_deleted_where_nothing_was_handed_in(world):
    job = run(start(jobs.DELETE_ORPHANS, {}, actor=SYSTEM, now=timezone.now()))
    assert job.result == {"deleted": 0}
