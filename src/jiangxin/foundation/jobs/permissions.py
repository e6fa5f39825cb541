"""Who may see and cancel a job: whoever began it, and who looks after all jobs."""

from jiangxin.foundation.actor import Actor, allows, holds
from jiangxin.foundation.errors import NotPermitted
from jiangxin.foundation.jobs.models import Job

VIEW = "jobs.view"
VIEW_ANY = "jobs.view_any"


def check_list(actor: Actor) -> None:
    """Whoever may begin jobs, or looks after those of others."""
    if not holds(actor, VIEW) and not holds(actor, VIEW_ANY):
        raise NotPermitted(VIEW)


def check_view(actor: Actor, job: Job) -> None:
    """Whoever began it, or who may see any job."""
    is_own = actor.account_id is not None and actor.account_id == job.created_by
    if not is_own and not holds(actor, VIEW_ANY):
        raise NotPermitted(VIEW_ANY)


def check_cancel(actor: Actor, job: Job) -> None:
    """Those who may see it."""
    check_view(actor, job)


can_view = allows(check_view)
