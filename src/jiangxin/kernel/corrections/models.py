"""Requests to correct a record, value by value, and the papers that came with them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.corrections.enums import (
    AskedBy,
    CorrectedField,
    CorrectionState,
    PaperKind,
    Verdict,
)
from jiangxin.kernel.register.models import Person


class Correction(models.Model):
    """What somebody says is wrong on record about one person."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="corrections", verbose_name=_("Person")
    )
    asked_by = models.CharField(_("Asked by"), max_length=8, choices=AskedBy)
    # The form's own number, so that sending it twice makes one request.
    token = models.UUIDField(unique=True)
    note = SealedTextField(_("In their words"), blank=True)
    state = models.CharField(
        _("State"),
        max_length=10,
        choices=CorrectionState,
        default=CorrectionState.WAITING,
    )
    roster_id = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(_("Asked at"))
    settled_at = models.DateTimeField(_("Settled at"), null=True, blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_by_label = models.CharField(_("Decided by"), max_length=150, blank=True)

    class Personal:
        fields: ClassVar = {
            "person": "whose record it is",
            "note": "to decide about the request",
            "decided_by": "who answers for it",
            "decided_by_label": "to tell the person who decided",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Correction")
        indexes: ClassVar = [
            models.Index(fields=["state", "asked_at"], name="corrections_by_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=CorrectionState.WAITING, settled_at__isnull=True)
                | (~Q(state=CorrectionState.WAITING) & Q(settled_at__isnull=False)),
                name="corrections_settled_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class CorrectionValue(models.Model):
    """One value of a request: how it was, how it should be, and what was decided."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="values")
    field = models.CharField(_("Field"), max_length=12, choices=CorrectedField)
    old = SealedTextField(_("On record when asked"), blank=True)
    new = SealedTextField(_("Should be"))
    verdict = models.CharField(
        _("Verdict"), max_length=8, choices=Verdict, default=Verdict.OPEN
    )
    reason = SealedTextField(_("Reason"), blank=True)

    class Personal:
        fields: ClassVar = {
            "old": "to see what it was about",
            "new": "to write it when it is approved",
            "reason": "to tell the person; may speak of them",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Value to correct")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "correction", "field", name="corrections_field_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction_id}: {self.field}"


class CorrectionPaper(models.Model):
    """A paper that shows what is right; the file lies sealed, named by this row."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="papers")
    kind = models.CharField(_("Format"), max_length=16, choices=PaperKind)
    size_bytes = models.PositiveIntegerField(_("Size"))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    deleted_at = models.DateTimeField(_("Deleted at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {"digest": "to prove which paper was looked at"}
        retention = "register"

    class Meta:
        verbose_name = _("Paper of a correction")

    def __str__(self) -> str:
        return f"{self.correction_id}/{self.pk}"
