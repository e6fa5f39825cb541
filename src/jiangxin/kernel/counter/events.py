"""What is recorded in the trail: what was done with a booking, a number or a question."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class BookingActed(Event):
    key = "counter.booking_acted"
    label = _("Booking made or changed")
    act: str
    on: str
    starts: str


@dataclass(frozen=True)
class TicketActed(Event):
    key = "counter.ticket_acted"
    label = _("Queue number given, called or done with")
    act: str
    number: str
    window: int


@dataclass(frozen=True)
class QuestionActed(Event):
    key = "counter.question_acted"
    label = _("Question asked, answered or published")
    act: str
    service: str


@dataclass(frozen=True)
class CounterArranged(Event):
    key = "counter.arranged"
    label = _("Hall, window or slots arranged")
    what: str
    number: int


EVENTS = (BookingActed, TicketActed, QuestionActed, CounterArranged)
