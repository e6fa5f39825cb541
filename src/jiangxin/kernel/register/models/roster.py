"""A roster that was handed in: what became of it, and which rows were refused."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.enums import RosterState
from jiangxin.kernel.register.models.organisation import Organisation


class RosterImport(models.Model):
    """One workbook for one organisation, from upload to the register.

    The file itself lies sealed under JIANGXIN_UPLOADS, named by this row's id; nothing
    personal of it is kept here.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rosters"
    )
    file_name = models.CharField(_("File"), max_length=200)
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    state = models.CharField(
        _("State"),
        max_length=12,
        choices=RosterState,
        default=RosterState.CHECKING,
    )
    # {column key: heading in the file}, as recognised or chosen by hand.
    mapping = models.JSONField(_("Columns"), default=dict)
    headings = models.JSONField(_("Headings in the file"), default=list)
    # What roster/comparing.py counts.
    counts = models.JSONField(_("Counts"), default=dict)
    problem = models.TextField(_("Problem"), blank=True)
    effective_on = models.DateField(_("True as of"))
    handed_in_by = models.BigIntegerField(_("Handed in by"), null=True)
    handed_in_at = models.DateTimeField(_("Handed in at"))
    applied_at = models.DateTimeField(_("Written at"), null=True, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)

    class Personal:
        fields: ClassVar = {"handed_in_by": "who answers for the roster"}
        retention = "register"
        not_personal = ("file_name",)

    class Meta:
        verbose_name = _("Roster import")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def has_changes(self) -> bool:
        """Whether writing it would write anything, as far as it was checked."""
        counted = self.counts or {}
        return any(counted.get(each) for each in ("new", "changed", "kept"))


class RosterRefusal(models.Model):
    """One reason why one row of a roster was refused. Warnings are counted only."""

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="refusals")
    row_number = models.PositiveIntegerField(_("Row"))
    column = models.CharField(_("Column"), max_length=32, blank=True)
    code = models.CharField(_("Reason"), max_length=48)
    # Values for the reason's sentence; never personal ones.
    values = models.JSONField(default=dict)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "register"

    class Meta:
        verbose_name = _("Refused roster row")
        indexes: ClassVar = [
            models.Index(
                fields=["roster", "row_number"],
                name="register_refusal_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row_number}: {self.code}"
