"""What the counter brings."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.daily import Daily
from jiangxin.foundation.parts import (
    Erasure,
    MenuItem,
    Part,
    Permission,
    WaitingItem,
)
from jiangxin.kernel.counter import jobs, permissions
from jiangxin.kernel.counter.events import EVENTS
from jiangxin.kernel.counter.operations.booking import count_contacts, forget_contacts
from jiangxin.kernel.counter.operations.questions import count_askers, forget_askers
from jiangxin.kernel.counter.queries.questions import count_open

PART = Part(
    key="counter",
    title=_("Counter"),
    purpose=_("Queue numbers, bookings and questions: what surrounds a matter."),
    urls="jiangxin.kernel.counter.urls",
    brings=(
        Permission(
            permissions.SERVE,
            _("Serve at a window"),
            _("Call numbers, serve, receive those who booked."),
        ),
        Permission(
            permissions.MANAGE,
            _("Set up halls and windows"),
            _("Halls, their windows, what these handle, and when they can be booked."),
        ),
        Permission(
            permissions.ANSWER,
            _("Answer questions"),
            _("Answer what people ask about services, and publish what many ask."),
        ),
        Permission(
            permissions.VIEW_BOARD,
            _("See how windows do"),
            _("Minutes, ratings and the like, of windows and of clerks."),
        ),
        MenuItem(
            "desk", _("Counter"), "counter:window-list", "users", permissions.SERVE, 45
        ),
        MenuItem(
            "desk",
            _("Bookings"),
            "counter:booking-list",
            "calendar",
            permissions.SERVE,
            46,
        ),
        MenuItem(
            "desk",
            _("Questions"),
            "counter:question-list",
            "help-circle",
            permissions.ANSWER,
            47,
        ),
        MenuItem(
            "desk",
            _("Queue numbers"),
            "counter:ticket-list",
            "list-check",
            permissions.VIEW_BOARD,
            48,
        ),
        MenuItem(
            "desk",
            _("Window board"),
            "counter:window-board",
            "award",
            permissions.VIEW_BOARD,
            43,
        ),
        MenuItem(
            "desk",
            _("Halls and windows"),
            "counter:hall-arrange",
            "settings",
            permissions.MANAGE,
            49,
        ),
        MenuItem("public", _("At the hall"), "counter:hall-list", "building", "", 30),
        MenuItem("portal", _("At the hall"), "counter:hall-list", "building", "", 70),
        WaitingItem(
            "counter.questions",
            _("Questions to answer"),
            "help-circle",
            "counter:question-list",
            count_open,
            permissions.ANSWER,
            unit=_("questions"),
        ),
        Erasure(
            "counter.bookings",
            "bookings",
            _("Names and phones of bookings"),
            count=count_contacts,
            erase=forget_contacts,
        ),
        Erasure(
            "counter.questions",
            "questions",
            _("Questions, and who asked them"),
            count=count_askers,
            erase=forget_askers,
        ),
        jobs.mark_missed_bookings,
        Daily(jobs.mark_missed_bookings, at=time(1, 30)),
        *EVENTS,
    ),
)
