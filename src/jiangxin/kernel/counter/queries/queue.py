"""How a hall's queue stands."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import QuerySet

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.counter.enums import AT_WINDOW, TicketState
from jiangxin.kernel.counter.models import Hall, Ticket
from jiangxin.kernel.counter.rules.queue import Waiting, in_order, minutes_to_wait
from jiangxin.kernel.counter.rules.slots import moment_of


@dataclass(frozen=True)
class Called:
    """A number at a window, as the board shows it."""

    code: str
    window: int


@dataclass(frozen=True)
class Standing:
    """called: the latest first. waiting: how many. minutes: for who comes now."""

    called: list[Called]
    waiting: int
    minutes: int
    at: datetime


def tickets_of(hall: Hall, on: date) -> QuerySet[Ticket]:
    return Ticket.objects.filter(hall=hall, on=on).select_related("window", "booking")


def waiting_in(hall: Hall, on: date) -> list[Waiting]:
    rows = tickets_of(hall, on).filter(state=TicketState.WAITING)
    return [
        Waiting(
            row.number,
            row.service,
            moment_of(row.on, row.booking.starts) if row.booking else None,
        )
        for row in rows
    ]


def called_in_turn(hall: Hall, now: datetime) -> list[Ticket]:
    """Return who waits, in the order in which they are called."""
    on = today(now)
    rows = tickets_of(hall, on).filter(state=TicketState.WAITING)
    by_number = {one.number: one for one in rows}
    order = in_order(waiting_in(hall, on), now)
    return [by_number[one.number] for one in order if one.number in by_number]


def standing(hall: Hall, now: datetime) -> Standing:
    """Return what the waiting board shows; nobody's name is in it."""
    on = today(now)
    at_windows = tickets_of(hall, on).filter(state__in=AT_WINDOW).order_by("-called_at")
    waiting = len(waiting_in(hall, on))
    return Standing(
        [Called(one.code, one.window.number) for one in at_windows if one.window],
        waiting,
        _minutes(hall, waiting, on),
        now,
    )


def _minutes(hall: Hall, ahead: int, on: date) -> int:
    served = tickets_of(hall, on).filter(state=TicketState.DONE)
    minutes = [m for one in served if (m := one.service_minutes) is not None]
    windows = hall.windows.filter(is_open=True).count()
    return minutes_to_wait(ahead, windows, median(minutes) if minutes else None)


@dataclass(frozen=True)
class Place:
    """Where one number stands. ahead: how many are called before it."""

    ticket: Ticket
    ahead: int
    minutes: int


def place_of(token: str, now: datetime) -> Place:
    """Return where the number of a token stands. Raises NotFound."""
    rows = Ticket.objects.select_related("hall", "window", "booking")
    ticket = rows.filter(token=token).first()
    if ticket is None:
        raise NotFound
    if ticket.state != TicketState.WAITING:
        return Place(ticket, 0, 0)
    order = [one.number for one in in_order(waiting_in(ticket.hall, ticket.on), now)]
    ahead = order.index(ticket.number)
    return Place(ticket, ahead, _minutes(ticket.hall, ahead, ticket.on))
