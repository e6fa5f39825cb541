"""At the desk: calling numbers, bookings, questions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.ui.components import Act, Crumb, Empty
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import answers_personal_list, listing_page
from jiangxin.kernel.counter import permissions
from jiangxin.kernel.counter.enums import AT_WINDOW, BookingState, TicketState
from jiangxin.kernel.counter.forms import EndServing, choices_of
from jiangxin.kernel.counter.models import Window
from jiangxin.kernel.counter.operations.booking import mark_missed
from jiangxin.kernel.counter.operations.serving import (
    arrive_with_booking,
    call_next,
    end_serving,
    miss_number,
    start_serving,
    take_back,
    take_number,
)
from jiangxin.kernel.counter.queries.halls import get_window, windows_visible_to
from jiangxin.kernel.counter.queries.queue import called_in_turn, standing, tickets_of
from jiangxin.kernel.counter.queries.slots import bookings_visible_to, get_booking
from jiangxin.kernel.counter.queries.tickets import tickets_visible_to
from jiangxin.kernel.counter.views.listing import BOOKINGS, TICKETS
from jiangxin.kernel.counter.views.showing import (
    BOOKING_TONES,
    TICKET_TONES,
    service_title,
)
from jiangxin.kernel.register.permissions import check_anywhere

SERVE = permissions.SERVE


def _crumb() -> Crumb:
    return Crumb(_("Counter"), reverse("counter:window-list"))


@login_required
@require_safe
def window_list(request: Request) -> HttpResponse:
    check_anywhere(request.actor, SERVE)
    windows = windows_visible_to(request.actor, SERVE).filter(is_open=True)
    context = {
        "windows": windows.filter(hall__is_open=True),
        "crumbs": [_crumb()],
        "title": _("Counter"),
    }
    return page(request, "counter/window_list.html", context)


@login_required
def window(request: Request, window_id: int) -> HttpResponse:
    """One window: who is there, who is next, and the acts."""
    found = get_window(window_id, visible_to=request.actor, permission=SERVE)
    if request.method == "POST":
        _act(request, found)
        return redirect("counter:window", found.pk)
    on = today(request.now)
    rows = tickets_of(found.hall, on)
    current = rows.filter(window=found, state__in=AT_WINDOW).first()
    context = {
        "window": found,
        "current": current,
        "current_service": service_title(current.service) if current else "",
        "tone": TICKET_TONES[current.state] if current else "off",
        "waiting": [
            (one, service_title(one.service))
            for one in called_in_turn(found.hall, request.now)
        ],
        "missed": rows.filter(state=TicketState.MISSED).order_by("-called_at")[:5],
        "standing": standing(found.hall, request.now),
        "services": choices_of(found.hall),
        "end_form": EndServing(),
        "crumbs": [_crumb(), Crumb(str(found.hall))],
        "title": _("Window %(number)s") % {"number": found.number},
    }
    return page(request, "counter/window.html", context, fragment="waiting")


def _act(request: Request, found: Window) -> None:
    """Do what the button says, or say why not."""
    wanted = _ACTS.get(request.POST.get("act", ""))
    if wanted is None:
        raise NotFound
    try:
        messages.success(request, wanted(request, found))
    except Refused as refusal:
        messages.error(request, refusal.message)


def _ticket(request: Request) -> dict[str, Any]:
    text = request.POST.get("ticket", "")
    if not text.isdecimal():
        raise NotFound
    return {"ticket_id": int(text), "actor": request.actor, "now": request.now}


def _call(request: Request, found: Window) -> str:
    ticket = call_next(window_id=found.pk, actor=request.actor, now=request.now)
    return _("Number %(number)s is called.") % {"number": ticket.code}


def _start(request: Request, found: Window) -> str:
    del found  # the number says which
    ticket = start_serving(**_ticket(request))
    return _("Number %(number)s is at the window.") % {"number": ticket.code}


def _end(request: Request, found: Window) -> str:
    del found
    number = request.POST.get("matter_number", "")
    ticket = end_serving(matter_number=number, **_ticket(request))
    return _("Number %(number)s is served.") % {"number": ticket.code}


def _miss(request: Request, found: Window) -> str:
    del found
    ticket = miss_number(**_ticket(request))
    return _("Number %(number)s did not come.") % {"number": ticket.code}


def _back(request: Request, found: Window) -> str:
    del found
    ticket = take_back(**_ticket(request))
    return _("Number %(number)s waits again.") % {"number": ticket.code}


def _give(request: Request, found: Window) -> str:
    ticket = take_number(
        hall_id=found.hall_id,
        service=request.POST.get("service", ""),
        now=request.now,
    )
    return _("Number %(number)s is given.") % {"number": ticket.code}


_ACTS: dict[str, Callable[[Request, Window], str]] = {
    "call": _call,
    "start": _start,
    "end": _end,
    "miss": _miss,
    "back": _back,
    "give": _give,
}


@login_required
@require_safe
def ticket_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.VIEW_BOARD)
    return listing_page(
        request,
        TICKETS,
        queryset=tickets_visible_to(request.actor),
        title=_("Queue numbers"),
        purpose=_("When each was taken, called, served and done with."),
        crumbs=[_crumb(), Crumb(_("Queue numbers"))],
        empty=Empty(_("No number was taken yet"), icon="users"),
    )


@login_required
@answers_personal_list
def booking_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, SERVE)
    rows = bookings_visible_to(request.actor)
    if BOOKINGS.is_plain(request.GET):
        rows = rows.filter(on__gte=today(request.now), state=BookingState.BOOKED)
    return listing_page(
        request,
        BOOKINGS,
        queryset=rows,
        title=_("Bookings"),
        purpose=_("Who comes when. Without a filter: those still to come."),
        act=Act(
            _("All bookings"), f"{reverse('counter:booking-list')}?sort=-on", "history"
        ),
        crumbs=[_crumb(), Crumb(_("Bookings"))],
        empty=Empty(_("Nobody has booked"), icon="calendar"),
    )


@login_required
@require_safe
def booking_detail(request: Request, booking_id: int) -> HttpResponse:
    found = get_booking(booking_id, visible_to=request.actor)
    context = {
        "booking": found,
        "tone": BOOKING_TONES[found.state],
        "service": service_title(found.service),
        "is_open": found.state == BookingState.BOOKED,
        "title": _("Booking"),
        "crumbs": [
            _crumb(),
            Crumb(_("Bookings"), reverse("counter:booking-list")),
            Crumb(str(found)),
        ],
    }
    return page(request, "counter/booking_detail.html", context)


@login_required
@require_POST
def booking_arrived(request: Request, booking_id: int) -> HttpResponse:
    found = get_booking(booking_id, visible_to=request.actor)
    ticket = arrive_with_booking(
        booking_id=found.pk, actor=request.actor, now=request.now
    )
    messages.success(
        request, _("Number %(number)s is given.") % {"number": ticket.code}
    )
    return redirect("counter:booking-list")


@login_required
@require_POST
def booking_missed(request: Request, booking_id: int) -> HttpResponse:
    found = get_booking(booking_id, visible_to=request.actor)
    mark_missed(booking_id=found.pk, actor=request.actor, now=request.now)
    messages.success(request, _("It is recorded that nobody came."))
    return redirect("counter:booking-list")
