"""Reading jobs."""

from datetime import datetime

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor, holds
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.jobs import board, permissions
from jiangxin.foundation.jobs.board import Progress
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job


def jobs_of(actor: Actor) -> QuerySet[Job]:
    """What the actor has begun, newest first."""
    if actor.account_id is None:
        return Job.objects.none()
    mine = Job.objects.filter(created_by=actor.account_id)
    return mine.order_by("-created_at", "-pk")


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """One's own jobs, or all for those who look after them; newest first."""
    if holds(actor, permissions.VIEW_ANY):
        return Job.objects.order_by("-created_at", "-pk")
    return jobs_of(actor)


def jobs_finished_before(moment: datetime) -> QuerySet[Job]:
    return Job.objects.filter(finished_at__lt=moment)


def get_job(job_id: int, *, visible_to: Actor) -> Job:
    """Return a job. Raises NotFound, for other people's jobs too."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or not permissions.can_view(visible_to, job):
        raise NotFound
    return job


def progress_of(job: Job) -> Progress:
    """Return how far a job is, as fresh as can be had here."""
    stored = Progress(job.progress_done, job.progress_total, job.stage)
    if job.state != JobState.RUNNING:
        return stored
    return board.read_progress(job.pk) or stored
