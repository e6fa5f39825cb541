"""The loop of a worker process."""

import logging
import os
import time

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from jiangxin.foundation.db import empty_log
from jiangxin.foundation.jobs import queue
from jiangxin.foundation.jobs.context import stopping
from jiangxin.foundation.jobs.daily import begin_due
from jiangxin.foundation.jobs.identity import this_worker
from jiangxin.foundation.jobs.recovery import recover

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_RECOVERIES = 30
SECONDS_BETWEEN_EMPTYINGS = 2


def work(*, until_idle: bool = False, parent: int | None = None) -> None:
    """Run jobs, one after the other, until `context.stopping` is set.

    until_idle: return when nothing is left to do. parent: return when this process of
    which we are a child is gone. The library's worker ends when SQLite is locked for
    long; this one waits and goes on.
    """
    worker = this_worker()
    recovered_at = emptied_at = float("-inf")
    while not stopping.is_set() and parent in {None, os.getppid()}:
        try:
            close_old_connections()
            if time.monotonic() - recovered_at >= SECONDS_BETWEEN_RECOVERIES:
                recover(now=timezone.now(), idle_worker=worker)
                if not until_idle:
                    begin_due(now=timezone.now())
                recovered_at = time.monotonic()
            if queue.is_anything_ready():
                queue.run_one(worker)
                continue
            if time.monotonic() - emptied_at >= SECONDS_BETWEEN_EMPTYINGS:
                empty_log()
                emptied_at = time.monotonic()
        except Error:
            logger.warning("the database cannot be used now; going on", exc_info=True)
            connection.close()
        if until_idle:
            return
        stopping.wait(SECONDS_BETWEEN_LOOKS)
