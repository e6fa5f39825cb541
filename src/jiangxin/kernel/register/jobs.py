"""The register's long work, done in the background."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.registry import job
from jiangxin.kernel.register.models import RosterImport
from jiangxin.kernel.register.operations import duplicates, rosters
from jiangxin.kernel.register.roster import files

CHECK_ROSTER = "register.check_roster"
APPLY_ROSTER = "register.apply_roster"
DELETE_ORPHANS = "register.delete_orphans"

# What an operation says it is doing, in order, and how people read it.
CHECK_STAGES: dict[str, str | Promise] = {
    "reading": _("Reading the file"),
    "checking": _("Checking every row"),
    "comparing": _("Comparing with the register"),
    "keeping": _("Keeping the result"),
}
APPLY_STAGES: dict[str, str | Promise] = {
    "reading": _("Reading the file"),
    "checking": _("Checking every row"),
    "comparing": _("Comparing with the register"),
    "people": _("Writing people"),
    "employment": _("Writing employment and membership"),
    "credentials": _("Writing certificates"),
    "trail": _("Writing the trail"),
    "followers": _("Matching policies"),
}
DUPLICATE_STAGES: dict[str, str | Promise] = {
    "comparing": _("Comparing everybody"),
    "keeping": _("Keeping the result"),
}


@job(CHECK_ROSTER, title=_("Check a roster"))
def check_roster(
    context: JobContext, *, roster_id: int, chosen: dict[str, str] | None = None
) -> dict[str, Any]:
    rosters.check_roster(
        roster_id=roster_id,
        chosen=chosen,
        actor=context.actor,
        now=context.now,
        progress=_teller(context, CHECK_STAGES),
    )
    return {"url": reverse("register:roster-detail", args=[roster_id])}


@job(APPLY_ROSTER, title=_("Write a roster to the register"))
def apply_roster(context: JobContext, *, roster_id: int) -> dict[str, Any]:
    rosters.apply_roster(
        roster_id=roster_id,
        actor=context.actor,
        now=context.now,
        progress=_teller(context, APPLY_STAGES),
    )
    return {"url": reverse("register:roster-detail", args=[roster_id])}


@job(DELETE_ORPHANS, title=_("Delete files of rosters that were never handed in"))
def delete_orphans(context: JobContext) -> dict[str, Any]:
    return {"deleted": files.delete_orphans(now=context.now)}


@job(duplicates.FIND_DUPLICATES, title=_("Look for people registered twice"))
def find_duplicates(context: JobContext) -> dict[str, Any]:
    found = duplicates.find_duplicates(
        now=context.now, progress=_teller(context, DUPLICATE_STAGES)
    )
    url = reverse("register:duplicate-list")
    return {"url": url, "found": found.found, "new": found.new, "gone": found.gone}


def job_of(roster: RosterImport) -> Job | None:
    """Return the last job begun for a roster; whoever sees the roster may see it."""
    return Job.objects.filter(pk=roster.job_id).first() if roster.job_id else None


def _teller(context: JobContext, stages: dict[str, str | Promise]) -> rosters.Progress:
    places = {key: place for place, key in enumerate(stages)}

    def tell(stage: str) -> None:
        context.raise_if_cancelled()
        context.progress(places[stage], len(stages), str(stages[stage]))

    return tell
