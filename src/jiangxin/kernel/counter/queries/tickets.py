"""Queue numbers of the halls that an actor looks after."""

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.kernel.counter.models import Ticket
from jiangxin.kernel.counter.permissions import VIEW_BOARD
from jiangxin.kernel.counter.queries.halls import halls_visible_to


def tickets_visible_to(actor: Actor) -> QuerySet[Ticket]:
    halls = halls_visible_to(actor, VIEW_BOARD)
    rows = Ticket.objects.select_related("window__hall", "booking", "hall")
    return rows.filter(hall__in=halls.values("pk"))
