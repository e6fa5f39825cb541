"""Where people go: a hall with its windows, and when these can be booked."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Hall(models.Model):
    """A service hall. Its row is locked while numbers are given and called."""

    region_code = models.CharField(_("Region"), max_length=12, db_index=True)
    name = models.CharField(_("Name of the hall"), max_length=100)
    place = models.CharField(_("Address"), max_length=200, blank=True)
    # For people to read; what can be booked follows the slot plans.
    hours = models.CharField(_("Opening hours"), max_length=200, blank=True)
    telephone = models.CharField(_("Telephone of the hall"), max_length=40, blank=True)
    is_open = models.BooleanField(_("In use"), default=True)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("name",)

    class Meta:
        verbose_name = _("Hall")
        ordering: ClassVar = ["region_code", "pk"]

    def __str__(self) -> str:
        return self.name


class Window(models.Model):
    """One counter. services: codes of what is handled there; none: all."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField(_("Window"))
    name = models.CharField(_("What it is for"), max_length=60, blank=True)
    services = models.JSONField(_("Services"), default=list, blank=True)
    is_open = models.BooleanField(_("In use"), default=True)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("name",)

    class Meta:
        verbose_name = _("Window")
        ordering: ClassVar = ["hall", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "number"], name="counter_one_window_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hall.name} {self.number}"

    def handles(self, service: str) -> bool:
        return not self.services or service in self.services


class SlotPlan(models.Model):
    """From when to when a window can be booked on working days, and for how many."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="plans")
    starts = models.TimeField(_("From"))
    ends = models.TimeField(_("Until"))
    minutes = models.PositiveSmallIntegerField(_("Minutes a slot"))
    capacity = models.PositiveSmallIntegerField(_("People a slot"))
    valid_from = models.DateField(_("In force from"))
    valid_to = models.DateField(_("In force until"), null=True, blank=True)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"

    class Meta:
        verbose_name = _("Slot plan")
        ordering: ClassVar = ["window", "starts"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")) & Q(minutes__gte=5),
                name="counter_slots_have_a_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window_id}: {self.starts:%H:%M}"
