"""The one place that knows the django-tasks library.

On Django 6 its interface is part of Django; only these imports change then. Rows of the
queue just tell workers to look at a job: two for one job do no harm, and a lost one is
found out by `recovery`.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

KEPT = timedelta(days=1)


@task()
def run_job(job_id: int) -> None:
    from jiangxin.foundation.jobs import running  # which puts jobs back here

    running.run(job_id)


def ring(job_id: int, *, at: datetime | None = None) -> None:
    """Tell a worker to look at a job, once the transaction is committed."""
    run_job.using(run_after=at).enqueue(job_id)


def is_anything_ready() -> bool:
    """Look without a lock: the library's worker takes a write lock for each look."""
    found: bool = DBTaskResult.objects.ready().exists()
    return found


def run_one(worker: str) -> None:
    """Let the library take one row and run it; nothing happens when there is none."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker,
        excluded_queue_names=[],
    ).run()


def waiting_rows() -> Iterator[int]:
    """Yield the jobs that some worker will still look at."""
    for row in _rows(TaskResultStatus.READY):
        yield _job_id(row)


def taken_rows() -> Iterator[tuple[Any, int, str, datetime]]:
    """Yield row, job, worker and time of what workers have taken and not finished."""
    for row in _rows(TaskResultStatus.RUNNING):
        yield row.pk, _job_id(row), row.worker_ids[-1], row.started_at


def remove(rows: list[Any]) -> None:
    DBTaskResult.objects.filter(pk__in=rows, status=TaskResultStatus.RUNNING).delete()


def remove_old(now: datetime) -> None:
    """Forget what ended a day ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()


def _rows(status: TaskResultStatus) -> Any:
    path = run_job.module_path
    return DBTaskResult.objects.filter(status=status, task_path=path)


def _job_id(row: DBTaskResult[Any, Any]) -> int:
    job_id: int = row.args_kwargs["args"][0]
    return job_id
