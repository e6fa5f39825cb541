"""Jobs that the platform begins by itself, once a day or more often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.jobs.enums import FINISHED
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


@dataclass(frozen=True)
class Repeated:
    """Brought by a part: begin `job`, without arguments, again and again.

    pause: how long after one began the next may; None: not at all, as things are set.
    The next waits until the one before has ended.
    """

    job: JobKind
    pause: Callable[[], timedelta | None]


def last_due(at: time, now: datetime) -> datetime:
    """Return the last moment, up to `now`, at which the clock showed `at`."""
    here = timezone.localtime(now)
    due = here.replace(hour=at.hour, minute=at.minute, second=at.second, microsecond=0)
    return due if due <= here else due - timedelta(days=1)


def begin_due(*, now: datetime) -> int:
    """Begin what is due and was not begun since; return how many.

    A day that passed while nothing ran is made up once, however many they were.
    """
    daily = (_begin(each.job, last_due(each.at, now), now) for each in brought(Daily))
    repeated = (
        _begin(each.job, now - pause, now, one_at_a_time=True)
        for each in brought(Repeated)
        if (pause := each.pause())
    )
    return sum(daily) + sum(repeated)


@opens_transaction
def _begin(
    kind: JobKind, since: datetime, now: datetime, *, one_at_a_time: bool = False
) -> bool:
    """Begin a job, unless the platform did since a moment, or it goes on still."""
    _hold_others()
    begun = Job.objects.filter(kind=kind.key, created_by__isnull=True)
    if begun.filter(created_at__gte=since).exists():
        return False
    if one_at_a_time and begun.exclude(state__in=FINISHED).exists():
        return False
    start(kind.key, {}, actor=SYSTEM, now=now)
    return True


def _hold_others() -> None:
    """Let one worker look at a time; on SQLite the transaction does that already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('jobs.daily'))")
