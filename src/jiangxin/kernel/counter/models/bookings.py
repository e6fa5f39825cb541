"""A time at a window, kept for somebody."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.counter.enums import BookingState
from jiangxin.kernel.counter.models.halls import Window


class Booking(models.Model):
    """position: 1 up to what the slot holds; the database gives each away once."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="bookings")
    service = models.CharField(_("Service"), max_length=64)
    on = models.DateField(_("Day"))
    starts = models.TimeField(_("Time"))
    position = models.PositiveSmallIntegerField()
    # Opens the booking to whoever made it.
    token = models.CharField(max_length=43, unique=True)
    contact_name = SealedTextField(_("Name"), blank=True)
    contact_phone = SealedTextField(_("Mobile phone"), blank=True)
    # So that one phone does not hold many slots; emptied with it.
    phone_index = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("State"), max_length=10, choices=BookingState, default=BookingState.BOOKED
    )
    booked_at = models.DateTimeField(_("Booked at"))
    changed_at = models.DateTimeField(_("Changed at"))

    class Personal:
        fields: ClassVar = {
            "contact_name": "to know who comes",
            "contact_phone": "to remind them, and to tell when it falls through",
            "phone_index": "so that one phone does not hold many slots",
        }
        retention = "bookings"

    class Meta:
        verbose_name = _("Booking")
        indexes: ClassVar = [
            models.Index(fields=["on", "starts"], name="counter_bookings_by_day"),
            models.Index(fields=["phone_index"], name="counter_bookings_by_phone"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["window", "on", "starts", "position"],
                condition=~Q(state=BookingState.CANCELLED),
                name="counter_each_place_booked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.starts:%H:%M}"
