import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jiangxin.foundation.jobs import heartbeat, identity
from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.heartbeat import Heartbeat
from jiangxin.foundation.jobs.identity import is_gone, this_worker
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.recovery import recover

pytestmark = pytest.mark.django_db
ELSEWHERE = "another-machine/1234abcd:77:1000"


@pytest.fixture
def gone():
    """The name of a worker of this machine that has ended."""
    program = (
        "from jiangxin.foundation.jobs.identity import this_worker as w;print(w())"
    )
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def running(begin):
    """A job that some worker has taken."""

    def take(worker, *, attempts=1, heard_at=None):
        job = begin("add", left=1, right=2)
        DBTaskResult.objects.update(
            status="RUNNING", worker_ids=[worker], started_at=timezone.now()
        )
        Job.objects.filter(pk=job.pk).update(
            state=JobState.RUNNING,
            worker=worker,
            attempts=attempts,
            heartbeat_at=heard_at or timezone.now(),
        )
        return job

    return take


def test_a_job_of_a_dead_worker_is_put_back_at_once_and_done(running, run_all, gone):
    job = running(gone)
    assert run_all(job).state == JobState.DONE
    assert job.attempts == 2


def test_a_job_is_given_up_after_three_attempts(running, gone):
    job = running(gone, attempts=3)
    recover(now=timezone.now())
    job.refresh_from_db()
    assert (job.state, job.problem_code) == (JobState.FAILED, "jobs.broken_off")
    assert job.finished_at


def test_a_job_of_a_living_worker_is_left_alone(running):
    long_ago = timezone.now() - timedelta(hours=1)
    job = running(this_worker(), heard_at=long_ago)
    assert recover(now=timezone.now()) == 0
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


@pytest.mark.parametrize(("seconds", "helped"), [(59, 0), (61, 1)])
def test_of_workers_elsewhere_only_silence_tells(running, seconds, helped):
    now = timezone.now()
    running(ELSEWHERE, heard_at=now - timedelta(seconds=seconds))
    assert recover(now=now) == helped


def test_what_stands_in_the_name_of_an_idle_worker_is_left_over(running):
    job = running(this_worker())
    assert recover(now=timezone.now(), idle_worker=this_worker()) == 1
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_a_job_that_nobody_will_look_at_is_rung_for(begin, run_all):
    job = begin("add", left=1, right=2)
    DBTaskResult.objects.all().delete()
    assert run_all(job).state == JobState.DONE


def test_a_job_whose_worker_died_before_taking_it_is_rung_for(begin, run_all, gone):
    job = begin("add", left=1, right=2)
    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=[gone], started_at=timezone.now()
    )
    assert run_all(job).state == JobState.DONE
    assert not DBTaskResult.objects.filter(status="RUNNING").exists()


def test_a_job_just_taken_elsewhere_is_left_alone(begin):
    begin("add", left=1, right=2)
    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=[ELSEWHERE], started_at=timezone.now()
    )
    assert recover(now=timezone.now()) == 0
    assert DBTaskResult.objects.count() == 1


def test_old_rows_of_the_queue_are_forgotten(begin, run_all):
    run_all(begin("add", left=1, right=2))
    recover(now=timezone.now() + timedelta(hours=23))
    assert DBTaskResult.objects.count() == 1
    recover(now=timezone.now() + timedelta(hours=25))
    assert DBTaskResult.objects.count() == 0


def test_a_process_number_used_again_is_another_worker(now):
    host, process, start = this_worker().rsplit(":", 2)
    assert not is_gone(this_worker(), heard_at=None, now=now)
    assert is_gone(f"{host}:{process}:{int(start) + 1}", heard_at=now, now=now)


def test_a_killed_process_counts_as_gone_before_its_parent_has_noticed(now):
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE
    ) as child:
        host = this_worker().rsplit(":", 2)[0]
        name = f"{host}:{child.pid}:{identity._start_of(child.pid)}"
        assert not is_gone(name, heard_at=None, now=now)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert is_gone(name, heard_at=now, now=now)


@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_says_that_and_how_far_and_sees_the_wish_to_cancel(
    running, monkeypatch
):
    monkeypatch.setattr(heartbeat, "SECONDS_BETWEEN_BEATS", 0.05)
    long_ago = timezone.now() - timedelta(hours=1)
    job = running("me", heard_at=long_ago)
    Job.objects.update(cancel_asked_at=long_ago)
    job.refresh_from_db()
    context = JobContext(job, now=timezone.now())
    context.progress(3, 10, "Checking")
    with Heartbeat(context, "me"):
        while not context.is_cancelled():
            pass
    job.refresh_from_db()
    assert job.heartbeat_at > long_ago
    assert (job.progress_done, job.progress_total, job.stage) == (3, 10, "Checking")


@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_that_cannot_write_is_left_out(running, monkeypatch):
    class Locked:
        @property
        def objects(self):
            raise OperationalError("database is locked")

    context = JobContext(running("me"), now=timezone.now())
    monkeypatch.setattr(heartbeat, "Job", Locked())
    Heartbeat(context, "me")._beat_once()
    assert not context.is_cancelled()
