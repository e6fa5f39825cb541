"""A thread that says every few seconds: this job's worker is alive, and this far."""

import threading
from types import TracebackType

from django.db import DatabaseError, connection
from django.utils import timezone

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job

SECONDS_BETWEEN_BEATS = 5.0
MILLISECONDS_FOR_A_LOCK = 200


class Heartbeat:
    """Beats from entering the `with` block to leaving it."""

    def __init__(self, context: JobContext, worker: str) -> None:
        self._context = context
        self._worker = worker
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._is_over.wait(SECONDS_BETWEEN_BEATS):
                self._beat_once()
        finally:
            connection.close()

    def _beat_once(self) -> None:
        """Write to the database; a beat that a lock keeps out is left out."""
        reached = self._context.reached
        try:
            self._wait_only_briefly()
            mine = Job.objects.filter(
                pk=self._context.job_id,
                state=JobState.RUNNING,
                worker=self._worker,
                attempts=self._context.attempt,
            )
            mine.update(
                heartbeat_at=timezone.now(),
                progress_done=reached.done,
                progress_total=reached.total,
                stage=reached.stage[:200],
            )
            if mine.filter(cancel_asked_at__isnull=False).exists():
                self._context.is_cancel_seen = True
        except DatabaseError:
            connection.close()

    @staticmethod
    def _wait_only_briefly() -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS_FOR_A_LOCK}")
