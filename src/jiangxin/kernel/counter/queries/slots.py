"""What can be booked of a hall on a day."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.counter import declared
from jiangxin.kernel.counter.enums import BookingState
from jiangxin.kernel.counter.models import Booking, Hall, SlotPlan, Window
from jiangxin.kernel.counter.permissions import SERVE
from jiangxin.kernel.counter.queries.halls import halls_visible_to
from jiangxin.kernel.counter.rules.slots import Plan, Slot, slots, times_of


def _in_force(on: date) -> QuerySet[SlotPlan]:
    open_end = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return SlotPlan.objects.filter(open_end, valid_from__lte=on)


def _plan(row: SlotPlan) -> Plan:
    return Plan(row.window_id, row.starts, row.ends, row.minutes, row.capacity)


def plan_of(window: Window, on: date, starts: time) -> Plan | None:
    """Return the plan by which a window can be booked at that time, if there is one."""
    plans = [_plan(row) for row in _in_force(on).filter(window=window)]
    return next((one for one in plans if starts in times_of(one)), None)


def slots_of(hall: Hall, service: str, on: date, now: datetime) -> list[Slot]:
    """Return the slots of the windows that handle the service; none on a rest day."""
    if not calendar().is_working_day(on):
        return []
    windows = hall.windows.filter(is_open=True)
    handling = [window.pk for window in windows if window.handles(service)]
    plans = [_plan(row) for row in _in_force(on).filter(window__in=handling)]
    rows = Booking.objects.filter(window__in=handling, on=on)
    counted = (
        rows.exclude(state=BookingState.CANCELLED)
        .values_list("window", "starts")
        .annotate(booked=Count("pk"))
    )
    taken = {(window, starts): booked for window, starts, booked in counted}
    after = timezone.localtime(now).time() if on == today(now) else None
    return slots(plans, taken, after=after)


def days_to_book(now: datetime) -> list[date]:
    """Return the working days on which a time can be booked."""
    first = today(now)
    ahead = declared.term(declared.BOOK_AHEAD, on=first).value
    days = [first + timedelta(days=number) for number in range(ahead + 1)]
    known = calendar()
    return [day for day in days if known.is_working_day(day)]


def booking_of(token: str) -> Booking:
    """Return the booking of an address that only its holder has. Raises NotFound."""
    rows = Booking.objects.select_related("window__hall", "ticket")
    found = rows.filter(token=token).first()
    if found is None:
        raise NotFound
    return found


def bookings_visible_to(actor: Actor) -> QuerySet[Booking]:
    halls = halls_visible_to(actor, SERVE)
    rows = Booking.objects.select_related("window__hall")
    return rows.filter(window__hall__in=halls.values("pk"))


def get_booking(booking_id: int, *, visible_to: Actor) -> Booking:
    """Raises NotFound, also for bookings of other places."""
    found = bookings_visible_to(visible_to).filter(pk=booking_id).first()
    if found is None:
        raise NotFound
    return found
