import logging
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jiangxin.foundation.actor import EVERYWHERE
from jiangxin.foundation.jobs import board, queue, running
from jiangxin.foundation.jobs.context import JobContext, WorkerStopping, stopping
from jiangxin.foundation.jobs.enums import FINISHED, MOVES, JobState
from jiangxin.foundation.jobs.identity import this_worker
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.registry import job, title_of
from tests.foundation.jobs import samples

pytestmark = pytest.mark.django_db


def test_a_job_is_done_and_keeps_its_result(begin, run_all):
    job = run_all(begin("add", left=1, right=2))
    assert job.state == JobState.DONE
    assert job.result == {"sum": 3, "url": "/sum/"}
    assert (job.progress_done, job.progress_total, job.stage) == (2, 2, "Adding")
    assert (job.attempts, job.worker, job.heartbeat_at) == (1, "", None)
    assert job.started_at <= job.finished_at
    assert board.read_progress(job.pk) is None


def test_a_job_rung_for_twice_runs_once(begin, run_all):
    job = begin("add", left=1, right=2)
    queue.ring(job.pk)
    run_all(job)
    assert samples.ran == [job.pk]


def test_a_ring_for_a_job_that_is_gone_does_no_harm(begin, run_all):
    queue.ring(12345)
    assert run_all(begin("add", left=1, right=2)).state == JobState.DONE


def test_a_refusal_is_kept_with_its_code_and_message(begin, run_all):
    job = run_all(begin("refuse"))
    assert job.state == JobState.FAILED
    assert job.problem_code == "tests.too_many"
    assert job.problem == "There are 7, which is too many."


def test_an_unexpected_error_gives_a_reference_and_details_only_in_the_log(
    begin, run_all, caplog
):
    with caplog.at_level(logging.ERROR):
        job = run_all(begin("break"))
    assert (job.state, job.problem_code) == (JobState.FAILED, "jobs.unexpected")
    assert "330726" not in job.problem
    record = caplog.records[-1]
    assert record.args[1] in job.problem
    assert "330726" in record.exc_text
    stored = DBTaskResult.objects.get()
    assert "330726" not in f"{stored.traceback}{stored.return_value}"


def test_a_result_that_cannot_be_kept_is_a_failure(begin, run_all):
    job = run_all(begin("unkeepable"))
    assert (job.state, job.problem_code) == (JobState.FAILED, "jobs.unexpected")


def test_wrong_arguments_are_a_failure(begin, run_all):
    assert run_all(begin("add", middle=1)).problem_code == "jobs.unexpected"


def test_a_job_of_a_part_that_is_gone_is_a_failure(begin, run_all):
    job = begin("add", left=1, right=2)
    Job.objects.update(kind="tests.gone")
    job = run_all(job)
    assert (job.state, job.problem_code) == (JobState.FAILED, "jobs.unknown")
    assert job.title == "tests.gone"


def test_a_busy_database_is_tried_again_later_and_not_for_ever(begin, run_all):
    job = begin("busy")
    for attempt in (1, 2):
        job = run_all(job)
        assert (job.state, job.attempts) == (JobState.WAITING, attempt)
        row = DBTaskResult.objects.get(status="READY")
        assert row.run_after > timezone.now() + timedelta(seconds=5)
        DBTaskResult.objects.update(run_after=timezone.now())
    job = run_all(job)
    assert (job.state, job.problem_code) == (JobState.FAILED, "jobs.broken_off")
    assert "3" in job.problem


def test_a_job_that_heeds_the_wish_to_cancel_counts_as_cancelled(begin, run_all):
    job = begin("stop_when_cancelled")
    board.ask_to_cancel(job.pk)
    job = run_all(job)
    assert (job.state, job.result) == (JobState.CANCELLED, {"until": "cancelled"})
    assert not board.is_asked_to_cancel(job.pk)


def test_a_job_can_be_cancelled_in_its_midst(begin, run_all):
    assert run_all(begin("cancel_meanwhile")).state == JobState.CANCELLED


def test_a_worker_that_must_end_puts_its_job_back_uncounted(begin):
    job = begin("go_on")
    stopping.set()
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.worker) == (JobState.WAITING, 0, "")
    assert DBTaskResult.objects.filter(status="READY").count() == 2


def test_an_attempt_that_was_overtaken_changes_nothing(begin, monkeypatch):
    job = begin("add", left=1, right=2)

    def overtaken(context, **args):
        Job.objects.update(attempts=2, worker="another")
        return {"sum": "late"}

    monkeypatch.setattr(running, "job_kind", lambda key: overtaken)
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.worker, job.result) == (JobState.RUNNING, "another", {})


def test_writing_down_insists_while_the_database_is_locked(monkeypatch):
    monkeypatch.setattr(running.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(
        running,
        "connection",
        type("Outside", (), {"in_atomic_block": False, "close": lambda self: None})(),
    )
    tries = []

    def write():
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("database is locked")

    running._insist(write)
    assert len(tries) == 3

    def never():
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        running._insist(never)


def test_progress_is_seen_while_the_job_runs(begin, now):
    job = begin("add", left=1, right=2)
    context = JobContext(job, now=now)
    context.progress(0, 10, "Reading")
    assert board.read_progress(job.pk) == board.Progress(0, 10, "Reading")
    context.progress(1, 10)  # too soon after the last to be written
    assert board.read_progress(job.pk).done == 0
    context.progress(10, 10)
    assert board.read_progress(job.pk) == board.Progress(10, 10, "Reading")


def test_a_job_acts_for_whoever_began_it(begin, now):
    context = JobContext(begin("add", left=1, right=2), now=now)
    assert (context.actor.account_id, context.actor.label) == (1, "Officer 1")
    assert context.actor.scopes("anything") == (EVERYWHERE,)


def test_looking_up_also_heeds_a_worker_that_must_end(begin, now):
    context = JobContext(begin("add", left=1, right=2), now=now)
    context.raise_if_cancelled()
    stopping.set()
    with pytest.raises(WorkerStopping):
        context.raise_if_cancelled()


def test_two_jobs_of_one_key_are_refused():
    with pytest.raises(ValueError, match=r"tests\.add"):
        job("tests.add")(lambda context: None)
    assert title_of("tests.add") == "Add two numbers"


def test_a_job_can_be_called_directly(begin, now):
    context = JobContext(begin("add", left=1, right=2), now=now)
    assert samples.add(context, left=2, right=2)["sum"] == 4


def test_every_state_can_be_left_or_is_final():
    assert set(MOVES) | set(FINISHED) == set(JobState)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "done"},
        {"finished_at": timezone.now()},
        {"state": "running", "worker": ""},
    ],
)
def test_the_database_refuses_states_that_cannot_be(begin, change):
    begin("add", left=1, right=2)
    with pytest.raises(Exception, match=r"(?i)constraint"), transaction.atomic():
        Job.objects.update(**change)


def test_this_worker_is_named_by_host_process_and_start():
    assert this_worker() == this_worker()
    assert this_worker().count(":") >= 2
