"""How far each target has got."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class LogTarget(models.Model):
    """A place that logs are shipped to.

    reached: number of the last event of each log that is there for certain. size: of
    a file after that, so that what was written later and not noted is found again.
    batches: counted, so that two who ship at once notice each other.
    """

    address = models.CharField(_("Address"), max_length=500, unique=True)
    reached = models.JSONField(default=dict)
    size = models.PositiveBigIntegerField(default=0)
    batches = models.PositiveBigIntegerField(default=0)
    shipped_at = models.DateTimeField(_("Shipped at"), null=True)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        not_personal = ("address",)  # of a log server
        retention = "none"

    class Meta:
        verbose_name = _("Log target")

    def __str__(self) -> str:
        return self.address
