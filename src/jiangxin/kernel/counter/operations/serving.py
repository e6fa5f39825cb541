"""Giving out numbers, calling them, and writing down how long it took.

Numbers of a hall are given and called one after the other: its row is locked meanwhile.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import SYSTEM, Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.counter import declared, permissions
from jiangxin.kernel.counter.enums import AT_WINDOW, BookingState, TicketState
from jiangxin.kernel.counter.events import TicketActed
from jiangxin.kernel.counter.models import Booking, Hall, Ticket, Window
from jiangxin.kernel.counter.operations.booking import arrive, lock_booking
from jiangxin.kernel.counter.queries.queue import waiting_in
from jiangxin.kernel.counter.rules.queue import next_for
from jiangxin.kernel.counter.rules.slots import moment_of
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.queries.matters import matters_of_office
from jiangxin.kernel.matters.registry import service as service_of


class NotToday(Refused):
    code = "counter.not_today"
    text = _("Your booking is for %(day)s at %(time)s. Come then, or cancel it.")


class TooEarly(Refused):
    code = "counter.too_early"
    text = _("Take your number from %(time)s on; your time is kept.")


class TooLate(Refused):
    code = "counter.too_late"
    text = _("Your time is over. Take a number at the entrance, please.")


class NotHandledHere(Refused):
    code = "counter.not_handled_here"
    text = _("No window of this hall handles this service.")


class WindowBusy(Refused):
    code = "counter.window_busy"
    text = _("Number %(number)s is at this window. End it first.")


class NobodyWaits(Refused):
    code = "counter.nobody_waits"
    text = _("Nobody waits for this window.")


class NotPossibleNow(Refused):
    code = "counter.not_possible_now"
    text = _("Number %(number)s is %(state)s; this cannot be done now.")


class NoSuchMatter(Refused):
    code = "counter.no_such_matter"
    text = _("There is no matter of this number here.")


@opens_transaction
def take_number(*, hall_id: int, service: str, now: datetime) -> Ticket:
    """Give the next number of the day. Raises NotFound, NotHandledHere."""
    hall = _lock_hall(hall_id)
    service_of(service)
    return _give(hall, service, now)


@opens_transaction
def arrive_with_booking(
    *, token: str = "", booking_id: int | None = None, actor: Actor, now: datetime
) -> Ticket:
    """Turn a booking into a number; by its holder, or by a clerk who knows its id.

    Raises NotFound, NotPermitted, NotToday, TooEarly, TooLate, BookingClosed. Asked
    again it returns the number that was given.
    """
    wanted = {"token": token} if booking_id is None else {"pk": booking_id}
    booking = lock_booking(**wanted)
    if booking_id is not None:
        permissions.check_at_hall(actor, permissions.SERVE, booking.window.hall)
    if booking.state == BookingState.ARRIVED:
        return booking.ticket
    if booking_id is None:
        _check_time(booking, now)
    hall = _lock_hall(booking.window.hall_id)
    arrive(booking, actor=actor, now=now)
    return _give(hall, booking.service, now, booking)


def _check_time(booking: Booking, now: datetime) -> None:
    """A clerk may let somebody in at any time; the page keeps to the booked one."""
    if booking.on != today(now):
        raise NotToday(day=booking.on, time=f"{booking.starts:%H:%M}")
    at = moment_of(booking.on, booking.starts)
    early = declared.term(declared.ARRIVE_EARLY, on=booking.on).value
    late = declared.term(declared.ARRIVE_LATE, on=booking.on).value
    if now < at - timedelta(minutes=early):
        from_on = datetime.combine(booking.on, booking.starts) - timedelta(
            minutes=early
        )
        raise TooEarly(time=f"{from_on:%H:%M}")
    if now > at + timedelta(minutes=late):
        raise TooLate


@needs_transaction
def _give(
    hall: Hall, service: str, now: datetime, booking: Booking | None = None
) -> Ticket:
    windows = hall.windows.filter(is_open=True)
    if not any(window.handles(service) for window in windows):
        raise NotHandledHere
    on = today(now)
    last = Ticket.objects.filter(hall=hall, on=on).aggregate(last=Max("number"))["last"]
    ticket = Ticket.objects.create(
        hall=hall,
        on=on,
        number=(last or 0) + 1,
        service=service,
        token=token_urlsafe(32),
        booking=booking,
        taken_at=now,
    )
    _record(ticket, "taken", SYSTEM, now)
    return ticket


@opens_transaction
def call_next(*, window_id: int, actor: Actor, now: datetime) -> Ticket:
    """Call the next number to a window.

    Raises NotFound, NotPermitted, WindowBusy, NobodyWaits.
    """
    window = _window(window_id, actor)
    busy = Ticket.objects.filter(window=window, state__in=AT_WINDOW).first()
    if busy is not None:
        raise WindowBusy(number=busy.code)
    found = next_for(waiting_in(window.hall, today(now)), window.services, now)
    if found is None:
        raise NobodyWaits
    ticket = Ticket.objects.get(hall=window.hall, on=today(now), number=found.number)
    ticket.window = window
    ticket.state = TicketState.CALLED
    ticket.called_at = now
    ticket.clerk_account_id, ticket.clerk_label = actor.account_id, actor.label
    ticket.save()
    _record(ticket, "called", actor, now)
    return ticket


@opens_transaction
def start_serving(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """The holder stands at the window. Raises NotFound, NotPermitted, NotPossibleNow."""
    ticket = _lock(ticket_id, actor)
    if ticket.state == TicketState.SERVING:
        return ticket
    _check_state(ticket, TicketState.CALLED)
    ticket.state = TicketState.SERVING
    ticket.started_at = now
    ticket.save(update_fields=["state", "started_at"])
    _record(ticket, "started", actor, now)
    return ticket


@opens_transaction
def end_serving(
    *, ticket_id: int, matter_number: str = "", actor: Actor, now: datetime
) -> Ticket:
    """The holder leaves; with the number of the matter that was handled, if there is one.

    Raises NotFound, NotPermitted, NotPossibleNow, NoSuchMatter.
    """
    ticket = _lock(ticket_id, actor)
    if ticket.state == TicketState.DONE:
        return ticket
    _check_state(ticket, TicketState.SERVING)
    ticket.matter = _matter(matter_number, actor)
    ticket.state = TicketState.DONE
    ticket.ended_at = now
    ticket.save(update_fields=["state", "ended_at", "matter"])
    _record(ticket, "ended", actor, now)
    return ticket


def _matter(number: str, actor: Actor) -> Matter | None:
    if not number.strip():
        return None
    found = matters_of_office(actor).filter(number=number.strip()).first()
    if found is None:
        raise NoSuchMatter
    return found


@opens_transaction
def miss_number(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """Nobody came when called. Raises NotFound, NotPermitted, NotPossibleNow."""
    ticket = _lock(ticket_id, actor)
    if ticket.state == TicketState.MISSED:
        return ticket
    _check_state(ticket, TicketState.CALLED)
    ticket.state = TicketState.MISSED
    ticket.ended_at = now
    ticket.save(update_fields=["state", "ended_at"])
    _record(ticket, "missed", actor, now)
    return ticket


@opens_transaction
def take_back(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """Put a number that was called, or missed today, back into the queue.

    Raises NotFound, NotPermitted, NotPossibleNow.
    """
    ticket = _lock(ticket_id, actor)
    if ticket.state == TicketState.WAITING:
        return ticket
    if ticket.state not in {TicketState.CALLED, TicketState.MISSED}:
        raise _not_now(ticket)
    if ticket.on != today(now):
        raise _not_now(ticket)
    ticket.state = TicketState.WAITING
    ticket.window, ticket.called_at, ticket.ended_at = None, None, None
    ticket.clerk_account_id, ticket.clerk_label = None, ""
    ticket.save()
    _record(ticket, "taken_back", actor, now)
    return ticket


@needs_transaction
def _lock_hall(hall_id: int) -> Hall:
    rows = Hall.objects.select_for_update().filter(pk=hall_id, is_open=True)
    hall = rows.first()
    if hall is None:
        raise NotFound
    return hall


@needs_transaction
def _window(window_id: int, actor: Actor) -> Window:
    """Return the window, its hall locked. Raises NotFound, NotPermitted."""
    window = Window.objects.filter(pk=window_id, is_open=True).first()
    if window is None:
        raise NotFound
    window.hall = _lock_hall(window.hall_id)
    permissions.check_at_hall(actor, permissions.SERVE, window.hall)
    return window


@needs_transaction
def _lock(ticket_id: int, actor: Actor) -> Ticket:
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("hall")
    ticket = rows.filter(pk=ticket_id).first()
    if ticket is None:
        raise NotFound
    permissions.check_at_hall(actor, permissions.SERVE, ticket.hall)
    return ticket


def _check_state(ticket: Ticket, wanted: TicketState) -> None:
    if ticket.state != wanted:
        raise _not_now(ticket)


def _not_now(ticket: Ticket) -> NotPossibleNow:
    return NotPossibleNow(number=ticket.code, state=ticket.get_state_display())


@needs_transaction
def _record(ticket: Ticket, act: str, actor: Actor, now: datetime) -> None:
    record(
        TicketActed(act, ticket.code, ticket.window_id or 0),
        subject=subject("ticket", ticket.pk),
        actor=actor,
        at=now,
    )
