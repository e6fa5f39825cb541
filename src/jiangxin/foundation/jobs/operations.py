"""Beginning and cancelling jobs."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.jobs import board, permissions, queries, queue
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.registry import job_kind


class JobIsFinished(Refused):
    code = "jobs.is_finished"
    text = _("This job has already ended, so it cannot be cancelled.")


def start(kind: str, args: dict[str, Any], *, actor: Actor, now: datetime) -> Job:
    """Begin a job: a worker runs it soon after the transaction is committed.

    May be called inside a transaction or outside; undone with it, nothing runs.
    args: JSON, no personal data in the clear. Raises UnknownJob.
    """
    job_kind(kind)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            args=args,
            created_by=actor.account_id,
            created_by_label=actor.label,
            language=get_language() or "",
            created_at=now,
        )
        queue.ring(job.pk)
    return job


def cancel(*, job_id: int, actor: Actor, now: datetime) -> Job:
    """Give up a job: at once while it waits, at its next look up while it runs.

    Raises NotFound for other people's jobs, JobIsFinished.
    """
    permissions.check_cancel(actor, queries.get_job(job_id, visible_to=actor))
    # First, and outside the transaction: on SQLite a job at work may hold the lock that
    # the transaction waits for, until it sees this.
    board.ask_to_cancel(job_id)
    try:
        return _cancel(job_id=job_id, now=now)
    except JobIsFinished:
        board.clear(job_id)
        raise


@opens_transaction
def _cancel(*, job_id: int, now: datetime) -> Job:
    job = Job.objects.select_for_update().get(pk=job_id)
    # A running job may have heeded the file while this waited for the lock.
    if job.state == JobState.CANCELLED:
        return job
    if job.is_finished:
        raise JobIsFinished
    job.cancel_asked_at = now
    if job.state == JobState.WAITING:
        job.state = JobState.CANCELLED
        job.finished_at = now
        board.clear(job_id)
    job.save(update_fields=["cancel_asked_at", "state", "finished_at"])
    return job
