"""Without signing in: a number, the waiting board, a booking, a question."""

from datetime import date, datetime
from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.counter.enums import BookingState, TicketState
from jiangxin.kernel.counter.forms import AskQuestion, BookSlot, choices_of
from jiangxin.kernel.counter.models import Booking, Hall
from jiangxin.kernel.counter.operations import limiting
from jiangxin.kernel.counter.operations.booking import Wanted, book, cancel_booking
from jiangxin.kernel.counter.operations.questions import Asked, ask_question
from jiangxin.kernel.counter.operations.serving import arrive_with_booking, take_number
from jiangxin.kernel.counter.queries.halls import get_public_hall, public_halls
from jiangxin.kernel.counter.queries.questions import published, question_of
from jiangxin.kernel.counter.queries.queue import place_of, standing
from jiangxin.kernel.counter.queries.slots import booking_of, days_to_book, slots_of
from jiangxin.kernel.counter.views.showing import service_title


def _address(request: Request) -> str:
    return cast("str", request.META.get("REMOTE_ADDR", ""))


@require_safe
def hall_list(request: Request) -> HttpResponse:
    return page(request, "counter/hall_list.html", {"halls": public_halls()})


@never_cache
def number_take(request: Request, hall_id: int) -> HttpResponse:
    """The kiosk's page: one large button a service."""
    hall = get_public_hall(hall_id)
    problem = ""
    if request.method == "POST":
        try:
            limiting.charge(limiting.NUMBERS, address=_address(request))
            ticket = take_number(
                hall_id=hall.pk,
                service=request.POST.get("service", ""),
                now=request.now,
            )
        except Refused as refusal:
            problem = refusal.message
        else:
            return redirect("counter:number", ticket.token)
    context = {
        "hall": hall,
        "services": choices_of(hall),
        "standing": standing(hall, request.now),
        "problem": problem,
    }
    return page(request, "counter/number_take.html", context)


@never_cache
@require_safe
def number(request: Request, ticket_token: str) -> HttpResponse:
    place = place_of(ticket_token, request.now)
    is_over = place.ticket.state in {TicketState.DONE, TicketState.MISSED}
    context = {
        "place": place,
        "ticket": place.ticket,
        "service": service_title(place.ticket.service),
        "is_over": is_over,
    }
    status = 286 if is_over and request.htmx else 200
    return page(
        request, "counter/number.html", context, fragment="place", status=status
    )


@never_cache
@require_safe
def board(request: Request, hall_id: int) -> HttpResponse:
    """The screen in the hall: numbers and windows, and nobody's name."""
    hall = get_public_hall(hall_id)
    context = {"hall": hall, "standing": standing(hall, request.now)}
    return page(request, "counter/board.html", context, fragment="standing")


@never_cache
def book_slot(request: Request, hall_id: int) -> HttpResponse:
    hall = get_public_hall(hall_id)
    services = choices_of(hall)
    days = days_to_book(request.now)
    chosen = request.GET.get("service", "")
    chosen = chosen if chosen in dict(services) else ""
    on = _day(request.GET.get("on", ""), days)
    form = BookSlot(request.POST or None)
    if request.method == "POST" and chosen and on and form.is_valid():
        booking = _book(request, form, chosen, on)
        if booking is not None:
            return redirect("counter:booking", booking.token)
    context = {
        "hall": hall,
        "services": services,
        "days": days,
        "chosen": chosen,
        "on": on,
        "slots": slots_of(hall, chosen, on, request.now) if chosen and on else [],
        "form": form,
        "picked": request.POST.get("slot", ""),
    }
    return page(request, "counter/book_slot.html", context)


def _day(text: str, days: list[date]) -> date | None:
    return next((day for day in days if day.isoformat() == text), None)


def _book(request: Request, form: BookSlot, service: str, on: date) -> Booking | None:
    """Book what was picked, or say at the form why not."""
    given = form.cleaned_data
    window, _dash, at = given["slot"].partition("-")
    try:
        limiting.charge(limiting.BOOKINGS, address=_address(request))
        wanted = Wanted(
            window_id=int(window),
            service=service,
            on=on,
            starts=datetime.strptime(at, "%H%M").time(),  # noqa: DTZ007 -- a time of day
            name=given["name"],
            phone=given["phone"],
        )
        return book(wanted, now=request.now)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    except ValueError:
        form.add_error("slot", "")
    return None


@never_cache
@require_safe
def booking(request: Request, booking_token: str) -> HttpResponse:
    found = booking_of(booking_token)
    context = {
        "booking": found,
        "service": service_title(found.service),
        "is_open": found.state == BookingState.BOOKED,
        "is_today": found.on == today(request.now),
        "number": getattr(found, "ticket", None),
    }
    return page(request, "counter/booking.html", context)


@require_POST
def booking_cancel(request: Request, booking_token: str) -> HttpResponse:
    cancel_booking(token=booking_token, now=request.now)
    return redirect("counter:booking", booking_token)


@require_POST
def booking_arrive(request: Request, booking_token: str) -> HttpResponse:
    """Somebody who booked is there: give them their number."""
    ticket = arrive_with_booking(
        token=booking_token, actor=request.actor, now=request.now
    )
    return redirect("counter:number", ticket.token)


@never_cache
def questions(request: Request, hall_id: int) -> HttpResponse:
    """What others asked, and asking."""
    hall = get_public_hall(hall_id)
    form = AskQuestion(request.POST or None, hall=hall)
    if request.method == "POST" and form.is_valid():
        token = _ask(request, hall, form)
        if token:
            return redirect("counter:question", token)
    rows = [(service_title(one.service), one) for one in published(hall)]
    context = {"hall": hall, "form": form, "published": rows}
    return page(request, "counter/questions.html", context)


def _ask(request: Request, hall: Hall, form: AskQuestion) -> str:
    given = form.cleaned_data
    asked = Asked(
        hall.pk, given["service"], given["text"], given["name"], given["phone"]
    )
    try:
        limiting.charge(limiting.QUESTIONS, address=_address(request))
        return ask_question(asked, now=request.now).token
    except Refused as refusal:
        form.add_error(None, refusal.message)
    return ""


@never_cache
@require_safe
def question(request: Request, question_token: str) -> HttpResponse:
    found = question_of(question_token)
    context = {"question": found, "service": service_title(found.service)}
    return page(request, "counter/question.html", context)
