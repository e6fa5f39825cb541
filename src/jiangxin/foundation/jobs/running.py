"""One attempt at a job, from taking it to writing down how it ended."""

import json
import logging
import secrets
import time
from collections.abc import Callable
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, connection
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.jobs import board
from jiangxin.foundation.jobs.context import JobCancelled, JobContext, WorkerStopping
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.heartbeat import Heartbeat
from jiangxin.foundation.jobs.identity import this_worker
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.outcomes import STOPPED, Outcome, again, failed, settle
from jiangxin.foundation.jobs.registry import UnknownJob, job_kind

logger = logging.getLogger(__name__)

PAUSE_WHEN_BUSY = timedelta(seconds=10)
TRIES_TO_WRITE = 5


def run(job_id: int) -> None:
    """Run a job that waits; one that does not (any more) is left alone.

    Never raises because of what the job does: that is written down. Raises
    OperationalError when nothing can be written for minutes; recovery goes on then.
    """
    worker = this_worker()
    job = _take(job_id, worker)
    if job is None:
        return
    context = JobContext(job, now=timezone.now())
    with translation.override(job.language or None):
        with Heartbeat(context, worker):
            outcome = _attempt(job, context)
        _insist(lambda: settle(job, outcome, context.reached))
    board.clear(job_id)


def _take(job_id: int, worker: str) -> Job | None:
    now = timezone.now()
    is_taken = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING,
        worker=worker,
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
    )
    return Job.objects.get(pk=job_id) if is_taken else None


def _attempt(job: Job, context: JobContext) -> Outcome:
    try:
        result = job_kind(job.kind)(context, **job.args) or {}
        # What cannot be kept must show here, not when it is written down.
        result = json.loads(json.dumps(result, cls=DjangoJSONEncoder))
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is written down
        return _outcome_of(error, job)
    state = JobState.CANCELLED if context.was_told_to_cancel else JobState.DONE
    return Outcome(state, result)


def _outcome_of(error: Exception, job: Job) -> Outcome:
    match error:
        case JobCancelled():
            return Outcome(JobState.CANCELLED)
        case WorkerStopping():
            return STOPPED
        case Refused():
            return failed(error.code, error.message)
        case UnknownJob():
            logger.error("job %s: %s", job.pk, error)
            text = _("This platform does no such work any more.")
            return failed("jobs.unknown", text)
        case OperationalError():
            logger.warning("job %s: the database was busy", job.pk, exc_info=error)
            return again(job, pause=PAUSE_WHEN_BUSY)
    # The details go to the log only; they may name people.
    reference = secrets.token_hex(4)
    logger.error("job %s failed, reference %s", job.pk, reference, exc_info=error)
    text = _(
        "Something went wrong that the platform did not expect. Nothing half done was "
        "kept. Tell the operator this reference: %(reference)s."
    )
    return failed("jobs.unexpected", text % {"reference": reference})


def _insist(write: Callable[[], object]) -> None:
    """Try again while the database is locked: the work is done and must be kept."""
    for tries_left in reversed(range(TRIES_TO_WRITE)):
        try:
            write()
        except OperationalError:
            if not tries_left or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(1)
        else:
            return
