"""Booking a time at a window, cancelling it, and not coming."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from secrets import token_urlsafe

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import SYSTEM, Actor
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.sealing import blind_index
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.counter import declared, permissions
from jiangxin.kernel.counter.enums import BookingState
from jiangxin.kernel.counter.events import BookingActed
from jiangxin.kernel.counter.models import Booking, Window
from jiangxin.kernel.counter.queries.slots import plan_of
from jiangxin.kernel.counter.rules.slots import free_position, moment_of
from jiangxin.kernel.matters.registry import service


class SlotFull(Refused):
    code = "counter.slot_full"
    text = _("This time was taken meanwhile. Choose another.")


class SlotNotOffered(Refused):
    code = "counter.slot_not_offered"
    text = _("This time cannot be booked. Choose one of those shown.")


class TooManyBookings(Refused):
    code = "counter.too_many_bookings"
    text = _(
        "This phone holds %(most)s bookings already. Cancel one first, or come without"
        " a booking."
    )


class BookingClosed(Refused):
    code = "counter.booking_closed"
    text = _("This booking is %(state)s and cannot be changed any more.")


@dataclass(frozen=True)
class Wanted:
    """A time, for what, and whom to reach."""

    window_id: int
    service: str
    on: date
    starts: time
    name: str
    phone: str


@opens_transaction
def book(wanted: Wanted, *, now: datetime) -> Booking:
    """Keep a time for somebody; nobody else gets the same place of it.

    Raises NotFound, SlotNotOffered, SlotFull, TooManyBookings.
    """
    # Bookings of one window wait for each other.
    window = (
        Window.objects.select_for_update(of=("self",))
        .select_related("hall")
        .filter(pk=wanted.window_id, is_open=True, hall__is_open=True)
        .first()
    )
    if window is None:
        raise NotFound
    service(wanted.service)
    capacity = _check_offered(window, wanted, now)
    index = blind_index(wanted.phone, purpose="counter.booking_phone")
    _check_phone(index, now)
    open_ones = Booking.objects.filter(
        window=window, on=wanted.on, starts=wanted.starts
    ).exclude(state=BookingState.CANCELLED)
    position = free_position(open_ones.values_list("position", flat=True), capacity)
    if position is None:
        raise SlotFull
    booking = Booking.objects.create(
        window=window,
        service=wanted.service,
        on=wanted.on,
        starts=wanted.starts,
        position=position,
        token=token_urlsafe(32),
        contact_name=wanted.name,
        contact_phone=wanted.phone,
        phone_index=index,
        booked_at=now,
        changed_at=now,
    )
    _record(booking, "booked", SYSTEM, now)
    return booking


def _check_offered(window: Window, wanted: Wanted, now: datetime) -> int:
    """Return how many the slot holds. Raises SlotNotOffered."""
    first = today(now)
    ahead = declared.term(declared.BOOK_AHEAD, on=first).value
    plan = plan_of(window, wanted.on, wanted.starts)
    is_past = moment_of(wanted.on, wanted.starts) <= now
    too_far = wanted.on > first + timedelta(days=ahead)
    if (
        plan is None
        or is_past
        or too_far
        or not window.handles(wanted.service)
        or not calendar().is_working_day(wanted.on)
    ):
        raise SlotNotOffered
    return plan.capacity


def _check_phone(index: str, now: datetime) -> None:
    most = declared.term(declared.BOOKINGS_A_PHONE, on=today(now)).value
    held = Booking.objects.filter(
        phone_index=index, state=BookingState.BOOKED, on__gte=today(now)
    )
    if held.count() >= most:
        raise TooManyBookings(most=most)


@opens_transaction
def cancel_booking(*, token: str, now: datetime) -> Booking:
    """Give the time back; whoever holds the address may. Raises NotFound, BookingClosed."""
    booking = lock_booking(token=token)
    if booking.state == BookingState.CANCELLED:
        return booking
    _check_open(booking)
    return _move(booking, BookingState.CANCELLED, "cancelled", SYSTEM, now)


@opens_transaction
def mark_missed(*, booking_id: int, actor: Actor, now: datetime) -> Booking:
    """Say that nobody came. Raises NotFound, NotPermitted, BookingClosed."""
    booking = lock_booking(pk=booking_id)
    permissions.check_at_hall(actor, permissions.SERVE, booking.window.hall)
    if booking.state == BookingState.MISSED:
        return booking
    _check_open(booking)
    return _move(booking, BookingState.MISSED, "missed", actor, now)


@needs_transaction
def lock_booking(**wanted: object) -> Booking:
    """Raises NotFound."""
    rows = Booking.objects.select_for_update(of=("self",))
    found = rows.select_related("window__hall").filter(**wanted).first()
    if found is None:
        raise NotFound
    return found


@needs_transaction
def arrive(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Turn the booking into having come. Raises BookingClosed."""
    _check_open(booking)
    _move(booking, BookingState.ARRIVED, "arrived", actor, now)


def miss_bookings(now: datetime) -> int:
    """Once a night: whoever did not come by the end of their day did not come."""
    rows = Booking.objects.filter(state=BookingState.BOOKED, on__lt=today(now))
    return rows.update(state=BookingState.MISSED, changed_at=now)


def forget_contacts(before: datetime) -> int:
    """Empty names and phones of bookings whose day lies before; return how many."""
    rows = _to_forget(before)
    return rows.update(contact_name="", contact_phone="", phone_index="")


def count_contacts(before: datetime) -> int:
    return _to_forget(before).count()


def _to_forget(before: datetime) -> QuerySet[Booking]:
    return Booking.objects.filter(on__lt=today(before)).exclude(phone_index="")


def _check_open(booking: Booking) -> None:
    if booking.state != BookingState.BOOKED:
        raise BookingClosed(state=booking.get_state_display())


@needs_transaction
def _move(
    booking: Booking, state: BookingState, act: str, actor: Actor, now: datetime
) -> Booking:
    booking.state = state
    booking.changed_at = now
    booking.save(update_fields=["state", "changed_at"])
    _record(booking, act, actor, now)
    return booking


@needs_transaction
def _record(booking: Booking, act: str, actor: Actor, now: datetime) -> None:
    record(
        BookingActed(act, booking.on.isoformat(), f"{booking.starts:%H:%M}"),
        subject=subject("booking", booking.pk),
        actor=actor,
        at=now,
    )
