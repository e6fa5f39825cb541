"""The account that is kept of what becomes of people's data."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.privacy.enums import (
    ConsentPurpose,
    RequestKind,
    RequestState,
    SealedValue,
    ViewPurpose,
)
from jiangxin.kernel.register.models import Person


class PersonalDataView(models.Model):
    """Somebody was shown a value that is masked for everybody else."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="data_views", verbose_name=_("Person")
    )
    value = models.CharField(_("What"), max_length=12, choices=SealedValue)
    purpose = models.CharField(_("Purpose"), max_length=12, choices=ViewPurpose)
    # Sealed, as is what people ask: whoever writes freely writes numbers too.
    note = SealedTextField(_("In their words"))
    # A number, not a foreign key: the account of what was seen outlives accounts.
    seen_by = models.BigIntegerField(null=True)
    seen_by_label = models.CharField(_("Seen by"), max_length=150)
    seen_at = models.DateTimeField(_("Seen at"))

    class Personal:
        fields: ClassVar = {
            "note": "to tell the person what it was for; may name them",
            "seen_by": "who answers for it",
            "seen_by_label": "to tell the person who saw it",
        }
        retention = "personal_data_account"

    class Meta:
        verbose_name = _("Viewing of personal data")
        indexes: ClassVar = [
            models.Index(fields=["person", "-seen_at"], name="privacy_view_person"),
            models.Index(fields=["seen_by", "seen_at"], name="privacy_view_viewer"),
            models.Index(fields=["seen_at"], name="privacy_view_time"),
        ]

    def __str__(self) -> str:
        return f"{self.seen_by_label}: {self.value} {self.seen_at}"


class PersonalDataExport(models.Model):
    """A list of people left the platform as a file, which carries this row's number."""

    list_key = models.CharField(max_length=64)
    list_title = models.CharField(_("List"), max_length=200)
    # [[label, value], ...] as chosen; of a search only that there was one.
    filters = models.JSONField(_("Filters"), default=list)
    format = models.CharField(_("Format"), max_length=8)
    rows = models.PositiveIntegerField(_("Rows"))
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    exported_by = models.BigIntegerField(null=True)
    exported_by_label = models.CharField(_("Exported by"), max_length=150)
    exported_at = models.DateTimeField(_("Exported at"))

    class Personal:
        fields: ClassVar = {
            "exported_by": "who answers for it",
            "exported_by_label": "stands in the file as its watermark",
        }
        retention = "personal_data_account"

    class Meta:
        verbose_name = _("Export of personal data")
        indexes: ClassVar = [
            models.Index(fields=["exported_at"], name="privacy_export_time"),
        ]

    def __str__(self) -> str:
        return f"{self.list_title} #{self.pk}"


class AddedTo(models.Model):
    """Rows that are added and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            message = f"{type(self).__name__} is only ever added to"
            raise TypeError(message)
        super().save(*args, **kwargs)


class Consent(AddedTo):
    """A person agreed to a notice, or took that back; the newest row of a purpose holds."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("Purpose"), max_length=12, choices=ConsentPurpose)
    version = models.CharField(_("Version of the notice"), max_length=20)
    is_given = models.BooleanField(_("Given"))
    at = models.DateTimeField(_("At"))
    account_id = models.BigIntegerField(null=True)

    class Personal:
        fields: ClassVar = {
            "purpose": "what was agreed to",
            "is_given": "whether the data may be used so",
            "account_id": "to prove who agreed",
        }
        retention = "consent"

    class Meta:
        verbose_name = _("Consent")
        indexes: ClassVar = [
            models.Index(fields=["person", "purpose", "at"], name="privacy_consent_of"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.purpose} {self.version} {self.is_given}"


class DataRequest(models.Model):
    """What a person asks about their own data, and the answer."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="data_requests", verbose_name=_("Person")
    )
    kind = models.CharField(_("Request"), max_length=12, choices=RequestKind)
    text = SealedTextField(_("What is asked for"), blank=True)
    state = models.CharField(
        _("State"),
        max_length=10,
        choices=RequestState,
        default=RequestState.WAITING,
    )
    asked_at = models.DateTimeField(_("Asked at"))
    # None for what was granted at once, and for what was asked before there was a limit.
    due_on = models.DateField(_("Answer due"), null=True, blank=True)
    # Who recorded it at the counter; nobody when the person asked in the portal.
    recorded_by = models.BigIntegerField(null=True, blank=True)
    recorded_by_label = models.CharField(_("Recorded by"), max_length=150, blank=True)
    agent = SealedTextField(_("Who came for the person"), blank=True)
    answer = models.TextField(
        pgettext_lazy("request", "Answer"), max_length=1000, blank=True
    )
    answered_by = models.BigIntegerField(null=True)
    answered_by_label = models.CharField(_("Answered by"), max_length=150, blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "text": "to answer the request",
            "recorded_by": "who answers for what was recorded at the counter",
            "recorded_by_label": "to tell the person who recorded it",
            "agent": "who asked in the person's name",
            "answer": "to tell the person",
            "answered_by": "who answers for it",
            "answered_by_label": "to tell the person who answered",
        }
        retention = "personal_data_account"

    class Meta:
        verbose_name = _("Request about one's own data")
        indexes: ClassVar = [
            models.Index(fields=["state", "asked_at"], name="privacy_request_state"),
            models.Index(fields=["person", "-asked_at"], name="privacy_request_who"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING, answered_at__isnull=True)
                | (~Q(state=RequestState.WAITING) & Q(answered_at__isnull=False)),
                name="privacy_request_answer_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(answer=""),
                name="privacy_request_refusal_has_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} {self.state}"
