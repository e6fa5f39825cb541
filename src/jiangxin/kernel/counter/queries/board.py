"""What the window board reckons with, and the records behind each of its figures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.counter.enums import TicketState
from jiangxin.kernel.counter.models import Ticket, Window
from jiangxin.kernel.counter.permissions import VIEW_BOARD
from jiangxin.kernel.counter.queries.tickets import tickets_visible_to
from jiangxin.kernel.counter.rules.board import (
    Done,
    Figures,
    Rated,
    Served,
    figures,
)
from jiangxin.kernel.counter.rules.periods import Period
from jiangxin.kernel.matters.enums import Channel, MatterState
from jiangxin.kernel.matters.models import Matter, SupplementNotice
from jiangxin.kernel.matters.queries.matters import matters_of_office
from jiangxin.kernel.matters.registry import services
from jiangxin.kernel.ratings.enums import BAD, GOOD
from jiangxin.kernel.ratings.models import MatterRating
from jiangxin.kernel.ratings.queries.ratings import ratings_visible_to

ALL = "all"
CLERK, WINDOW = "clerk", "window"


@dataclass(frozen=True)
class Row:
    """One line of the board. key: "all", "clerk-12" or "window-3"."""

    key: str
    label: str
    figures: Figures


@dataclass(frozen=True)
class Counted:
    """The records of a period that the board counts, as the actor may see them."""

    matters: QuerySet[Matter]
    ratings: QuerySet[MatterRating]
    tickets: QuerySet[Ticket]


def counted(actor: Actor, period: Period) -> Counted:
    """Return what was settled, rated and served in the period.

    What was withdrawn was not decided; a rating that was left out does not count.
    """
    days = (period.first, period.last)
    notices = SupplementNotice.objects.filter(matter=OuterRef("pk"))
    matters = matters_of_office(actor, VIEW_BOARD).filter(
        settled_at__date__range=days,
        state__in=[MatterState.GRANTED, MatterState.REFUSED],
        service__in=[one.code for one in services()],
    )
    ratings = ratings_visible_to(actor, VIEW_BOARD).filter(
        rated_at__date__range=days, excluded_at__isnull=True
    )
    tickets = tickets_visible_to(actor).filter(on__range=days, state=TicketState.DONE)
    return Counted(
        matters.annotate(was_supplemented=Exists(notices)),
        ratings.select_related("matter", "follow_up__matter"),
        tickets,
    )


def first_day(actor: Actor, on: date) -> date:
    """Return the first day of which the board has something; `on` when it has nothing."""
    settled = matters_of_office(actor, VIEW_BOARD).aggregate(at=Min("settled_at"))["at"]
    served = tickets_visible_to(actor).aggregate(on=Min("on"))["on"]
    return min(one for one in (settled and today(settled), served, on) if one)


def behind(found: Counted, who: str) -> Counted:
    """Narrow to one clerk or one window; "all" leaves everything."""
    kind, _dash, number = who.partition("-")
    if who == ALL or not number.isdecimal():
        return found
    if kind == CLERK:
        return Counted(
            found.matters.filter(assigned_account_id=int(number)),
            found.ratings.filter(clerk_account_id=int(number)),
            found.tickets.filter(clerk_account_id=int(number)),
        )
    at_window = Ticket.objects.filter(window=int(number), matter__isnull=False)
    pks = at_window.values("matter")
    return Counted(
        found.matters.filter(pk__in=pks),
        found.ratings.filter(matter__in=pks),
        found.tickets.filter(window=int(number)),
    )


EARLY = Q(settled_at__date__lt=F("due_on"))
# What a figure of matters narrows to, by its key in the address.
MATTERS_OF = {
    "settled": Q(),
    "on-time": Q(is_on_time=True),
    "late": Q(is_on_time=False),
    "early": EARLY,
    "first-time": Q(was_supplemented=False),
    "proxies": Q(channel=Channel.PROXY),
    "visits": Q(visits__gt=0),
}
RATINGS_OF = {
    "rated": Q(),
    "good": Q(grade__in=GOOD),
    "bad": Q(grade__in=BAD),
    "put-right": Q(grade__in=BAD, follow_up__replied_at__isnull=False),
}
TICKETS_OF = {"served": Q()}


def whole(found: Counted) -> Figures:
    return figures(
        [_done(one) for one in found.matters],
        [_rated(one) for one in found.ratings],
        [_served(one) for one in found.tickets],
    )


def rows_by_clerk(found: Counted) -> list[Row]:
    """Return a line for each clerk who settled, was rated or served."""
    lines = _Lines()
    for matter in found.matters:
        lines.add(matter.assigned_account_id, matter.assigned_label, _done(matter))
    for rating in found.ratings:
        lines.add(rating.clerk_account_id, rating.clerk_label, _rated(rating))
    for ticket in found.tickets:
        lines.add(ticket.clerk_account_id, ticket.clerk_label, _served(ticket))
    return lines.rows(CLERK)


def rows_by_window(found: Counted) -> list[Row]:
    """Return a line for each window; a matter is of the window it was last served at."""
    lines = _Lines()
    served_at: dict[int, Window] = {}
    for ticket in found.tickets.order_by("ended_at"):
        lines.add(ticket.window_id, str(ticket.window), _served(ticket))
        if ticket.matter_id is not None and ticket.window is not None:
            served_at[ticket.matter_id] = ticket.window
    for matter in found.matters:
        if window := served_at.get(matter.pk):
            lines.add(window.pk, str(window), _done(matter))
    for rating in found.ratings:
        if window := served_at.get(rating.matter_id):
            lines.add(window.pk, str(window), _rated(rating))
    return lines.rows(WINDOW)


class _Lines:
    """Records by whom they are of, until the figures are reckoned."""

    def __init__(self) -> None:
        self.labels: dict[int, str] = {}
        self.records: dict[int, list[Done | Rated | Served]] = defaultdict(list)

    def add(self, key: int | None, label: str, record: Done | Rated | Served) -> None:
        if key is not None:
            self.labels[key] = label
            self.records[key].append(record)

    def rows(self, kind: str) -> list[Row]:
        return [
            Row(
                f"{kind}-{key}",
                self.labels[key],
                figures(
                    [one for one in records if isinstance(one, Done)],
                    [one for one in records if isinstance(one, Rated)],
                    [one for one in records if isinstance(one, Served)],
                ),
            )
            for key, records in sorted(self.records.items())
        ]


def _done(matter: Any) -> Done:
    settled_on = today(matter.settled_at)
    return Done(
        is_on_time=matter.is_on_time is not False,
        is_early=matter.due_on is not None and settled_on < matter.due_on,
        is_first_time=not matter.was_supplemented,
        is_proxy=matter.channel == Channel.PROXY,
        visits=matter.visits,
    )


def _rated(rating: MatterRating) -> Rated:
    follow_up = getattr(rating, "follow_up", None)
    return Rated(rating.grade, follow_up is None or follow_up.replied_at is not None)


def _served(ticket: Ticket) -> Served:
    return Served(ticket.waiting_minutes or 0, ticket.service_minutes or 0)
