"""Jobs that the platform begins by itself, once a day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.operations import start
from jiangxin.foundation.jobs.registry import JobKind
from jiangxin.foundation.parts import brought


@dataclass(frozen=True)
class Daily:
    """Brought by a part: begin `job`, without arguments, every day.

    at: the hour in the federation's calendar, when few people are at work.
    """

    job: JobKind
    at: time


def last_due(at: time, now: datetime) -> datetime:
    """Return the last moment, up to `now`, at which the clock showed `at`."""
    here = timezone.localtime(now)
    due = here.replace(hour=at.hour, minute=at.minute, second=at.second, microsecond=0)
    return due if due <= here else due - timedelta(days=1)


def begin_due(*, now: datetime) -> int:
    """Begin what is due and was not begun since; return how many.

    A day that passed while nothing ran is made up once, however many they were.
    """
    return sum(_begin_once(daily, now) for daily in brought(Daily))


@opens_transaction
def _begin_once(daily: Daily, now: datetime) -> bool:
    _hold_others()
    since = last_due(daily.at, now)
    begun = Job.objects.filter(
        kind=daily.job.key, created_by__isnull=True, created_at__gte=since
    )
    if begun.exists():
        return False
    start(daily.job.key, {}, actor=SYSTEM, now=now)
    return True


def _hold_others() -> None:
    """Let one worker look at a time; on SQLite the transaction does that already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('jobs.daily'))")
