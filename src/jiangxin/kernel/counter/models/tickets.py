"""A queue number, from when it is taken to when its holder leaves the window."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.counter.enums import AT_WINDOW, TicketState
from jiangxin.kernel.counter.models.bookings import Booking
from jiangxin.kernel.counter.models.halls import Hall, Window
from jiangxin.kernel.matters.models import Matter

MINUTE = 60


class Ticket(models.Model):
    """Nothing of it says who holds it, unless a matter was handled with it."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="tickets")
    on = models.DateField(_("Day"))
    number = models.PositiveSmallIntegerField(_("Queue number"))
    service = models.CharField(_("Service"), max_length=64)
    # Opens the page that says how many are ahead.
    token = models.CharField(max_length=43, unique=True)
    state = models.CharField(
        _("State"), max_length=8, choices=TicketState, default=TicketState.WAITING
    )
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, blank=True, related_name="ticket"
    )
    window = models.ForeignKey(
        Window,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("Window"),
    )
    matter = models.ForeignKey(
        Matter, models.SET_NULL, null=True, blank=True, related_name="tickets"
    )
    clerk_account_id = models.BigIntegerField(null=True, blank=True)
    clerk_label = models.CharField(_("Served by"), max_length=150, blank=True)
    taken_at = models.DateTimeField(_("Taken at"))
    called_at = models.DateTimeField(_("Called at"), null=True, blank=True)
    started_at = models.DateTimeField(_("Begun at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "clerk_account_id": "who served",
            "clerk_label": "who served",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Ticket")
        indexes: ClassVar = [
            models.Index(fields=["on", "hall"], name="counter_tickets_by_day"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "on", "number"], name="counter_each_number_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["window"],
                condition=models.Q(state__in=[str(one) for one in AT_WINDOW]),
                name="counter_one_at_a_window",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How it is printed and shown; those who booked have a letter of their own."""
        return f"{'B' if self.booking_id else 'A'}{self.number:03}"

    @property
    def waiting_minutes(self) -> int | None:
        """From taking the number to being served."""
        return _minutes(self.taken_at, self.started_at)

    @property
    def service_minutes(self) -> int | None:
        return _minutes(self.started_at, self.ended_at)


def _minutes(since: datetime | None, until: datetime | None) -> int | None:
    if since is None or until is None:
        return None
    return round((until - since).total_seconds() / MINUTE)
