"""Finding the work of workers that died, and putting it back."""

import logging
from datetime import datetime

from django.utils import translation

from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.jobs import board, queue
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.identity import is_gone
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.outcomes import again, settle

logger = logging.getLogger(__name__)


def recover(*, now: datetime, idle_worker: str = "") -> int:
    """Put back jobs whose worker is gone, and ring for those nobody will look at.

    idle_worker: the caller; what stands in its name is left from an attempt that could
    not be written down. Returns the number of jobs that were helped.
    """
    helped = 0
    for job in Job.objects.filter(state=JobState.RUNNING):
        is_left = job.worker == idle_worker
        if is_left or is_gone(job.worker, heard_at=job.heartbeat_at, now=now):
            helped += _put_back(job)
    helped += _ring_again(now=now, idle_worker=idle_worker)
    queue.remove_old(now)
    return helped


def _put_back(job: Job) -> bool:
    logger.warning("job %s: its worker %s is gone", job.pk, job.worker)
    with translation.override(job.language or None):
        is_settled = settle(job, again(job))
    board.clear(job.pk)
    return is_settled


@opens_transaction
def _ring_again(*, now: datetime, idle_worker: str) -> int:
    """Help jobs that wait while no row of the queue would send a worker to them."""
    running = set(
        Job.objects.filter(state=JobState.RUNNING).values_list("pk", flat=True)
    )
    awaited = set(queue.waiting_rows())
    left = []
    for row, job_id, worker, taken_at in queue.taken_rows():
        if job_id in running:
            continue
        if worker == idle_worker or is_gone(worker, heard_at=taken_at, now=now):
            left.append(row)
        else:
            awaited.add(job_id)  # just taken: about to run, or just finished
    queue.remove(left)
    waiting = Job.objects.filter(state=JobState.WAITING).exclude(pk__in=awaited)
    forgotten = list(waiting.values_list("pk", flat=True))
    for job_id in forgotten:
        queue.ring(job_id)
    return len(forgotten)
