"""Small files beside the database, in VAR/jobs, by which a running job and others talk.

A job often works in one long transaction. What it wrote about its progress in the
database would not be seen until that ends, and on SQLite nobody else could write either:
not the progress from a second connection, not the wish to cancel. A file has no such
lock. Several machines share VAR (uploads are in it too); should they not, the database
is brought up to date by each heartbeat, five seconds apart, and is read instead.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Progress:
    """How far a job is. total: 0 while it is not known."""

    done: int = 0
    total: int = 0
    stage: str = ""


def write_progress(job_id: int, progress: Progress) -> None:
    """Replace the file as a whole, so nobody reads half of it."""
    path = _progress_file(job_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps(asdict(progress), ensure_ascii=False), "utf-8")
    temporary.replace(path)


def read_progress(job_id: int) -> Progress | None:
    """Return what the job last wrote; None when that is not to be seen from here."""
    try:
        return Progress(**json.loads(_progress_file(job_id).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def ask_to_cancel(job_id: int) -> None:
    path = _cancel_file(job_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def is_asked_to_cancel(job_id: int) -> bool:
    return _cancel_file(job_id).exists()


def clear(job_id: int) -> None:
    """Forget a job that is not running any more."""
    _progress_file(job_id).unlink(missing_ok=True)
    _cancel_file(job_id).unlink(missing_ok=True)


def _progress_file(job_id: int) -> Path:
    return Path(settings.VAR) / "jobs" / f"{job_id}.json"


def _cancel_file(job_id: int) -> Path:
    return Path(settings.VAR) / "jobs" / f"{job_id}.cancel"
