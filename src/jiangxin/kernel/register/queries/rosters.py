"""Reading rosters: whose may be handed in, and what became of them."""

from datetime import datetime

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.register.enums import RosterState
from jiangxin.kernel.register.models import Organisation, RosterImport
from jiangxin.kernel.register.permissions import IMPORT_ROSTERS
from jiangxin.kernel.register.queries.visibility import organisations_visible_to


def organisations_to_import(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose rosters the actor may hand in."""
    standing = organisations_visible_to(actor, IMPORT_ROSTERS)
    return standing.filter(closed_on__isnull=True).order_by("kind", "id")


def rosters_visible_to(actor: Actor) -> QuerySet[RosterImport]:
    """Return the rosters of organisations whose rosters the actor may hand in."""
    organisations = organisations_visible_to(actor, IMPORT_ROSTERS)
    rosters = RosterImport.objects.select_related("organisation")
    return rosters.filter(organisation__in=organisations)


def get_roster(roster_id: int, *, visible_to: Actor) -> RosterImport:
    """Raises NotFound."""
    found = rosters_visible_to(visible_to).filter(pk=roster_id).first()
    if found is None:
        raise NotFound
    return found


def count_rosters_waiting(actor: Actor, now: datetime) -> int:
    """Return how many checked rosters wait for the actor's yes or no."""
    del now  # waiting has no time of its own
    return rosters_visible_to(actor).filter(state=RosterState.READY).count()
