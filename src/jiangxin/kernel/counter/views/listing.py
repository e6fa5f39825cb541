"""The desk's lists of the counter."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing import mask_phone
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Filter,
    Listing,
)
from jiangxin.kernel.counter.enums import BookingState, TicketState
from jiangxin.kernel.counter.forms import title_of
from jiangxin.kernel.counter.models import Booking, Question, Ticket
from jiangxin.kernel.counter.views.showing import service_title
from jiangxin.kernel.matters.registry import services


def _title(row: Any) -> str:
    return service_title(row.service)


def _time(row: Booking) -> str:
    return f"{row.starts:%H:%M}"


def _phone(row: Booking) -> str:
    return mask_phone(row.contact_phone) if row.contact_phone else ""


def _clock(name: str) -> Any:
    def read(row: Ticket) -> str:
        at = getattr(row, name)
        return f"{timezone.localtime(at):%H:%M}" if at else ""

    return read


def _services(_request: Any) -> list[tuple[str, str]]:
    return [(one.code, title_of(one)) for one in services()]


def _answered(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(answered_at__isnull=value == "open")


_SERVICE: Filter = ChoiceFilter("service", _("Service"), _services)

BOOKINGS = Listing(
    key="bookings",
    columns=[
        Column(
            "name",
            _("Name"),
            "contact_name",
            link=lambda row: reverse("counter:booking-detail", args=[row.pk]),
        ),
        Column("on", _("Day"), sort=("on", "starts")),
        Column("time", _("Time"), _time),
        Column("window", _("Window"), "window.number"),
        Column("service", _("Service"), _title),
        Column("phone", _("Mobile phone"), _phone),
        Column("state", _("State"), "get_state_display", sort=("state",)),
    ],
    filters=[
        ChoiceFilter("state", _("State"), BookingState.choices),
        _SERVICE,
        DateRangeFilter("on", _("Day")),
    ],
    sort="on",
    export=True,
    is_personal=True,
    noun=_("bookings"),
)
TICKETS = Listing(
    key="tickets",
    columns=[
        Column("number", _("Queue number"), "code", sort=("on", "number")),
        Column("on", _("Day"), sort=("on",)),
        Column("service", _("Service"), _title),
        Column("window", _("Window"), "window.number"),
        Column("clerk", _("Served by"), "clerk_label"),
        Column("taken", _("Taken at"), _clock("taken_at")),
        Column("started", _("Begun at"), _clock("started_at")),
        Column("ended", _("Ended at"), _clock("ended_at")),
        Column(
            "waiting", _("Waited"), "waiting_minutes", align="end", unit=_("minutes")
        ),
        Column(
            "service_minutes",
            _("Served for"),
            "service_minutes",
            align="end",
            unit=_("minutes"),
        ),
        Column("state", _("State"), "get_state_display", sort=("state",)),
    ],
    filters=[
        ChoiceFilter("state", _("State"), TicketState.choices),
        _SERVICE,
        DateRangeFilter("on", _("Day")),
    ],
    sort="-on",
    export=True,
    noun=_("numbers"),
)


def _text(row: Question) -> str:
    return row.text or row.public_question


def _shortened(row: Question) -> str:
    text = _text(row)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 -- a line of it


QUESTIONS = Listing(
    key="questions",
    columns=[
        Column(
            "text",
            _("Question"),
            _shortened,
            link=lambda row: reverse("counter:question-detail", args=[row.pk]),
            export=_text,
        ),
        Column("service", _("Service"), _title),
        Column("asked", _("Asked at"), "asked_at", sort=("asked_at",)),
        Column("due", _("Due"), "due_on", sort=("due_on",)),
        Column("answered", _("Answered at"), "answered_at", sort=("answered_at",)),
        Column("published", _("Published at"), "published_at"),
    ],
    filters=[
        ChoiceFilter(
            "answered",
            _("Answer"),
            [("open", _("Not answered yet")), ("done", _("Answered"))],
            narrow=_answered,
        ),
        _SERVICE,
        DateRangeFilter("asked", _("Asked at"), field="asked_at__date"),
    ],
    sort="due",
    export=True,
    is_personal=True,
    noun=_("questions"),
)
