import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.jobs import board
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.operations import JobIsFinished, cancel, start
from jiangxin.foundation.jobs.registry import UnknownJob
from tests.foundation.jobs.conftest import Officer

pytestmark = pytest.mark.django_db


def test_a_job_waits_with_what_it_was_given(begin, now):
    job = begin("add", left=1, right=2)
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert job.args == {"left": 1, "right": 2}
    assert (job.created_by, job.created_by_label) == (1, "Officer 1")
    assert (job.created_at, job.language) == (now, "zh-hans")
    assert job.title == "Add two numbers"


def test_a_job_that_nobody_declares_is_refused(now):
    with pytest.raises(UnknownJob, match=r"tests\.nothing"):
        start("tests.nothing", {}, actor=SYSTEM, now=now)
    assert not Job.objects.exists()


def test_a_job_is_undone_with_its_transaction(begin, run_all, now):
    class Undone(Exception):
        pass

    def begin_and_fail():
        with transaction.atomic():
            begin("add", left=1, right=2)
            raise Undone

    with pytest.raises(Undone):
        begin_and_fail()
    assert not Job.objects.exists()


def test_a_waiting_job_is_cancelled_at_once(begin, run_all, officer, now):
    job = begin("add", left=1, right=2)
    cancel(job_id=job.pk, actor=officer, now=now)
    assert run_all(job).state == JobState.CANCELLED
    assert job.finished_at == now
    assert not board.is_asked_to_cancel(job.pk)


def test_a_running_job_is_asked_to_give_up(begin, officer, now):
    job = begin("add", left=1, right=2)
    Job.objects.update(state=JobState.RUNNING, worker="w")
    cancel(job_id=job.pk, actor=officer, now=now)
    job.refresh_from_db()
    assert (job.state, job.cancel_asked_at) == (JobState.RUNNING, now)
    assert board.is_asked_to_cancel(job.pk)


def test_a_finished_job_is_not_cancelled(begin, run_all, officer, now):
    job = run_all(begin("add", left=1, right=2))
    with pytest.raises(JobIsFinished):
        cancel(job_id=job.pk, actor=officer, now=now)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert not board.is_asked_to_cancel(job.pk)


def test_cancelling_twice_is_cancelling_once(begin, officer, now):
    job = begin("add", left=1, right=2)
    cancel(job_id=job.pk, actor=officer, now=now)
    assert cancel(job_id=job.pk, actor=officer, now=now).state == JobState.CANCELLED


def test_strangers_cannot_cancel_and_are_not_told_that_there_is_a_job(begin, now):
    job = begin("add", left=1, right=2)
    with pytest.raises(NotFound):
        cancel(job_id=job.pk, actor=Officer(2), now=now)
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert not board.is_asked_to_cancel(job.pk)


def test_who_looks_after_jobs_can_cancel_any(begin, now):
    job = begin("add", left=1, right=2)
    cancel(job_id=job.pk, actor=Officer(2, any_job=True), now=now)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
