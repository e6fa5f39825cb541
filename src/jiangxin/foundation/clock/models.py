from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """One day a holiday notice speaks of; it goes before what the library says.

    A year is known once any day of its notice is here. The notice's year is kept apart
    from the day's own, because a notice may settle days of the December before.
    """

    on = models.DateField(_("Day"), unique=True)
    is_working = models.BooleanField(_("Working day"))
    name = models.CharField(_("Name"), max_length=64, blank=True)
    source = models.CharField(_("Source"), max_length=200)
    notice_year = models.PositiveSmallIntegerField(_("Year of the notice"))

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("name",)

    class Meta:
        verbose_name = _("Calendar day")
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(source=""), name="clock_day_has_a_source"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["notice_year"], name="clock_day_notice_year"),
        ]

    def __str__(self) -> str:
        return self.on.isoformat()
