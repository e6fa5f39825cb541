"""What a job is given to work with."""

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from jiangxin.foundation.actor import EVERYWHERE, Scope
from jiangxin.foundation.jobs import board
from jiangxin.foundation.jobs.board import Progress

if TYPE_CHECKING:  # parts import the context before models can be loaded
    from jiangxin.foundation.jobs.models import Job

SECONDS_BETWEEN_WRITES = 0.3

# Set when this process is told to end.
stopping = threading.Event()


class JobCancelled(Exception):
    """Someone asked that the job be given up."""


class WorkerStopping(Exception):
    """The worker must end; the job is put back and begun anew by another."""


@dataclass(frozen=True)
class OnBehalf:
    """Whoever began a job. What they may do was checked then, so all is allowed now."""

    account_id: int | None
    label: str
    person_id: int | None = None

    def scopes(self, permission: str) -> tuple[Scope, ...]:  # noqa: ARG002 -- protocol
        return (EVERYWHERE,)


class JobContext:
    """One attempt at one job. now: when it began, for all that it causes."""

    def __init__(self, job: "Job", *, now: datetime) -> None:
        self.job_id = job.pk
        self.attempt = job.attempts
        self.now = now
        self.actor = OnBehalf(job.created_by, job.created_by_label)
        self.reached = Progress()
        self.was_told_to_cancel = False
        self.is_cancel_seen = False  # by the heartbeat, in the database
        self._written_at = 0.0

    def progress(self, done: int, total: int = 0, stage: str | Promise = "") -> None:
        """Say how far the work is; seen at once by others. Cheap: call it often.

        stage: what is being done, in a word or two; the last one stays when empty.
        Raises WorkerStopping when the worker must end before the work is done.
        """
        before = self.reached
        self.reached = Progress(done, total, str(stage) or before.stage)
        if stopping.is_set() and done < total:
            raise WorkerStopping
        is_due = time.monotonic() - self._written_at >= SECONDS_BETWEEN_WRITES
        if is_due or done >= total or self.reached.stage != before.stage:
            board.write_progress(self.job_id, self.reached)
            self._written_at = time.monotonic()

    def is_cancelled(self) -> bool:
        """Return whether to give up. A job that then returns counts as cancelled."""
        if self.is_cancel_seen or board.is_asked_to_cancel(self.job_id):
            self.was_told_to_cancel = True
        return self.was_told_to_cancel

    def raise_if_cancelled(self) -> None:
        """Give up when asked to, undoing the transaction that is open.

        Raises JobCancelled; WorkerStopping when the worker must end.
        """
        if self.is_cancelled():
            raise JobCancelled
        if stopping.is_set():
            raise WorkerStopping
