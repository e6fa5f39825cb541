"""How an attempt at a job ended, and writing it down."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.jobs import queue
from jiangxin.foundation.jobs.board import Progress
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class Outcome:
    """state: WAITING puts the job back, to be taken no sooner than after `pause`.

    is_counted: whether the attempt is one of the few that a job has.
    """

    state: JobState
    result: dict[str, Any] = field(default_factory=dict)
    problem_code: str = ""
    problem: str = ""
    pause: timedelta = timedelta(0)
    is_counted: bool = True


STOPPED = Outcome(JobState.WAITING, is_counted=False)


def failed(code: str, problem: str) -> Outcome:
    return Outcome(JobState.FAILED, problem_code=code, problem=problem)


def again(job: Job, *, pause: timedelta = timedelta(0)) -> Outcome:
    """The attempt was broken off: another one, unless there have been enough."""
    if job.attempts < MOST_ATTEMPTS:
        return Outcome(JobState.WAITING, pause=pause)
    text = _(
        "This work was broken off %(count)s times and has been given up. Start it once "
        "more; if that ends the same way, tell the operator."
    )
    return failed("jobs.broken_off", text % {"count": job.attempts})


def settle(job: Job, outcome: Outcome, reached: Progress | None = None) -> bool:
    """Write how an attempt ended, and ring for another if there is to be one.

    job: as it was when the attempt began. Returns False, changing nothing, when the
    job has another attempt by now: its worker was thought dead.
    """
    now = timezone.now()
    waits = outcome.state == JobState.WAITING
    reached = reached or Progress()
    with transaction.atomic():
        is_settled = Job.objects.filter(
            pk=job.pk,
            state=JobState.RUNNING,
            worker=job.worker,
            attempts=job.attempts,
        ).update(
            state=outcome.state,
            result=outcome.result,
            problem_code=outcome.problem_code,
            problem=outcome.problem,
            attempts=job.attempts if outcome.is_counted else job.attempts - 1,
            progress_done=reached.done,
            progress_total=reached.total,
            stage=reached.stage[:200],
            finished_at=None if waits else now,
            worker="",
            heartbeat_at=None,
        )
        if is_settled and waits:
            queue.ring(job.pk, at=now + outcome.pause if outcome.pause else None)
    if not is_settled:
        logger.warning("job %s: attempt %s ended too late", job.pk, job.attempts)
    return bool(is_settled)
