"""The register's long work, done in the background."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs import JobContext, job
from jiangxin.kernel.register.operations import rosters

CHECK_ROSTER = "register.check_roster"
APPLY_ROSTER = "register.apply_roster"

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


@job(CHECK_ROSTER, title=_("Check a roster"))
def check_roster(
    context: JobContext, *, roster_id: int, chosen: dict[str, str] | None = None
) -> dict[str, Any]:
    rosters.check_roster(
        roster_id=roster_id,
        chosen=chosen,
        actor=context.actor,
        now=timezone.now(),
        progress=_teller(context, CHECK_STAGES),
    )
    return {"roster_id": roster_id}


@job(APPLY_ROSTER, title=_("Write a roster to the register"))
def apply_roster(context: JobContext, *, roster_id: int) -> dict[str, Any]:
    rosters.apply_roster(
        roster_id=roster_id,
        actor=context.actor,
        now=timezone.now(),
        progress=_teller(context, APPLY_STAGES),
    )
    return {"roster_id": roster_id}


def _teller(
    context: JobContext, stages: dict[str, str | Promise]
) -> rosters.Progress:
    places = {key: place for place, key in enumerate(stages)}

    def tell(stage: str) -> None:
        context.progress(places[stage], len(stages), stage)

    return tell
