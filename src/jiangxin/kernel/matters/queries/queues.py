"""The desk's queues: saved filters over the matters of one's places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.matters.enums import MatterState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.models.matter import OPEN
from jiangxin.kernel.matters.queries.matters import matters_of_office

SOON = timedelta(days=3)
WORKING = Q(waiting_since__isnull=True)


@dataclass(frozen=True)
class Queue:
    """One among the open matters.

    narrow: takes the federation's day and whose queue it is.
    """

    key: str
    label: str | Promise
    narrow: Callable[[date, Actor], Q]


QUEUES: Mapping[str, Queue] = {
    one.key: one
    for one in (
        Queue("open", _("All open"), lambda _day, _actor: Q()),
        Queue(
            "mine",
            _("Mine"),
            lambda _day, actor: Q(assigned_account_id=actor.account_id or 0),
        ),
        Queue(
            "to_accept",
            _("To be accepted"),
            lambda _day, _actor: WORKING & Q(state=MatterState.SUBMITTED),
        ),
        Queue(
            "due_today",
            _("Due today"),
            lambda day, _actor: WORKING & Q(due_on=day),
        ),
        Queue("overdue", _("Overdue"), lambda day, _actor: WORKING & Q(due_on__lt=day)),
        Queue(
            "soon",
            _("Due within 3 days"),
            lambda day, _actor: WORKING & Q(due_on__gt=day, due_on__lte=day + SOON),
        ),
        Queue(
            "waiting",
            _("Waiting for the applicant"),
            lambda _day, _actor: (
                Q(waiting_since__isnull=False) | Q(promise_due_on__isnull=False)
            ),
        ),
        Queue(
            "unassigned",
            _("In nobody's hands"),
            lambda _day, _actor: Q(assigned_account_id__isnull=True),
        ),
        Queue(
            "escalated",
            _("Before the leader"),
            lambda _day, _actor: Q(escalated_at__isnull=False),
        ),
    )
}
SETTLED_QUEUE = "settled"


def counts_of(actor: Actor, day: date) -> dict[str, int]:
    """Return how many matters stand in each queue, in one query over the open ones."""
    each = {
        key: Count("pk", filter=queue.narrow(day, actor) or None)
        for key, queue in QUEUES.items()
    }
    open_ones = matters_of_office(actor).filter(OPEN).order_by()
    return dict(open_ones.aggregate(**each))


def queue_of(key: str, actor: Actor, day: date) -> QuerySet[Matter]:
    """Return one queue; the settled ones for `settled`."""
    matters = matters_of_office(actor)
    if key == SETTLED_QUEUE:
        return matters.filter(settled_at__isnull=False)
    return matters.filter(OPEN, QUEUES[key].narrow(day, actor))


def count_due(actor: Actor, now: datetime) -> int:
    """How many in the actor's places are due today or overdue."""
    day = today(now)
    return queue_of("due_today", actor, day).count() + (
        queue_of("overdue", actor, day).count()
    )


def count_to_accept(actor: Actor, now: datetime) -> int:
    return queue_of("to_accept", actor, today(now)).count()
