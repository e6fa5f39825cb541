"""One application for one service, from the first typed word to what was handed out."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.matters.enums import SETTLED, Channel, MatterState
from jiangxin.kernel.register.models import Organisation, Person

# With the office, as the constraints below hold it. Told without a value: SQLite reads
# a partial index only when the query says its condition word for word, and values are
# sent apart from the query.
OPEN = Q(settled_at__isnull=True, submitted_at__isnull=False)
NUMBERED = ~Q(state=MatterState.DRAFT) & ~Q(state=MatterState.WITHDRAWN)


class Matter(models.Model):
    """`state` is what the journal adds up to; the rest are flags and what follows from them.

    `version` counts the acts: who acts says which one they saw.
    """

    service = models.CharField(_("Service"), max_length=64)
    service_version = models.CharField(max_length=12)
    # Printed and spoken; given when it is submitted.
    number = models.CharField(
        _("Matter number"), max_length=32, unique=True, null=True, blank=True
    )
    # The form's own number, so that beginning twice makes one matter.
    token = models.UUIDField(unique=True)
    # With the number it opens the public status page.
    inquiry_code = models.CharField(_("Inquiry code"), max_length=8)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        verbose_name=_("Organisation"),
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        verbose_name=_("Person"),
    )
    region_code = models.CharField(_("Region"), max_length=12)
    organisation_code = models.CharField(max_length=32, blank=True)
    channel = models.CharField(_("Channel"), max_length=8, choices=Channel)
    state = models.CharField(
        _("State"), max_length=10, choices=MatterState, default=MatterState.DRAFT
    )
    step = models.CharField(_("Step"), max_length=32, blank=True)
    version = models.PositiveIntegerField(default=0)
    answers_text = SealedTextField(_("Answers"), blank=True)
    applicant_account_id = models.BigIntegerField(null=True, blank=True)
    applicant_label = models.CharField(_("Applicant"), max_length=150, blank=True)
    contact_name = SealedTextField(_("Contact"), blank=True)
    contact_phone = SealedTextField(_("Contact phone"), blank=True)
    agent_label = models.CharField(
        _("Acts for the applicant"), max_length=150, blank=True
    )
    agent_scope = models.CharField(
        _("What the agent may do"), max_length=300, blank=True
    )
    consented_at = models.DateTimeField(_("Consent given at"), null=True, blank=True)
    assigned_account_id = models.BigIntegerField(null=True, blank=True)
    assigned_label = models.CharField(_("In the hands of"), max_length=150, blank=True)
    begun_at = models.DateTimeField(_("Begun at"))
    touched_at = models.DateTimeField(_("Last act at"))
    submitted_at = models.DateTimeField(_("Submitted at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("Accepted at"), null=True, blank=True)
    settled_at = models.DateTimeField(_("Settled at"), null=True, blank=True)
    handed_out_at = models.DateTimeField(_("Handed out at"), null=True, blank=True)
    handed_out_to = SealedTextField(_("Handed out to"), blank=True)
    # A typed name, or the strokes of a drawn one (rules/signatures.py).
    # None for what was handed out before signatures were kept.
    handed_out_signature = SealedTextField(  # type: ignore[misc]  # typed for texts that are there
        _("Signature of the collector"), null=True, blank=True
    )
    waiting_since = models.DateTimeField(
        _("Waiting for the applicant since"), null=True, blank=True
    )
    escalated_at = models.DateTimeField(_("Escalated at"), null=True, blank=True)
    promise_due_on = models.DateField(
        _("Promised materials due"), null=True, blank=True
    )
    supplement_due_on = models.DateField(_("Supplements due"), null=True, blank=True)
    due_on = models.DateField(_("Due"), null=True, blank=True)
    promised_due_on = models.DateField(_("Promised for"), null=True, blank=True)
    statutory_due_on = models.DateField(_("Statutory limit"), null=True, blank=True)
    is_due_provisional = models.BooleanField(default=False)
    is_on_time = models.BooleanField(_("On time"), null=True, blank=True)
    is_deemed = models.BooleanField(_("By lapse of time"), default=False)
    visits = models.PositiveSmallIntegerField(_("Visits to the window"), default=0)
    reason = SealedTextField(_("Reason"), blank=True)

    class Personal:
        fields: ClassVar = {
            "person": "whom the matter is about",
            "answers_text": "to decide the matter",
            "applicant_account_id": "to show it to whoever filed it",
            "applicant_label": "to know who filed it",
            "contact_name": "to reach whoever filed it",
            "contact_phone": "to reach whoever filed it",
            "agent_label": "full-proxy handling names both",
            "assigned_account_id": "who answers for it",
            "assigned_label": "who answers for it",
            "handed_out_to": "to prove who collected it",
            "handed_out_signature": "to prove who collected it",
            "reason": "a refusal gives its reasons; may speak of people",
        }
        retention = "register"
        not_personal = ("inquiry_code",)

    class Meta:
        verbose_name = _("Matter")
        indexes: ClassVar = [
            # Queues read open matters only, however many are settled; and count them
            # from the index alone, which is why it holds all that a queue asks for.
            models.Index(
                fields=[
                    *("region_code", "due_on", "id", "state", "service"),
                    *("organisation_code", "assigned_account_id", "waiting_since"),
                    *("promise_due_on", "escalated_at", "settled_at", "submitted_at"),
                ],
                condition=OPEN,
                name="matters_open_by_place",
            ),
            models.Index(
                fields=["assigned_account_id", "due_on"],
                condition=OPEN,
                name="matters_open_in_hands",
            ),
            # The latest first, whoever asks: a page of settled ones reads little more
            # than itself, and what lies elsewhere is passed over in the index.
            models.Index(
                fields=[
                    *("submitted_at", "id", "region_code", "organisation_code"),
                    *("service", "state", "settled_at"),
                ],
                name="matters_by_submission",
            ),
            models.Index(
                fields=["service", "settled_at"],
                condition=Q(settled_at__isnull=False),
                name="matters_settled_by_service",
            ),
            # How many each hand finished lately.
            models.Index(
                fields=[
                    *("settled_at", "region_code", "assigned_account_id"),
                    *("state", "service", "organisation_code"),
                ],
                condition=Q(settled_at__isnull=False),
                name="matters_settled_lately",
            ),
            models.Index(
                fields=["applicant_account_id", "touched_at"],
                name="matters_by_applicant",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
                name="matters_one_subject",
            ),
            models.CheckConstraint(
                condition=~NUMBERED
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="matters_numbered_when_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state=MatterState.DRAFT) | Q(submitted_at__isnull=True),
                name="matters_no_draft_submitted",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[str(one) for one in SETTLED], settled_at__isnull=False
                )
                | (
                    ~Q(state__in=[str(one) for one in SETTLED])
                    & Q(settled_at__isnull=True)
                ),
                name="matters_settled_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the field's key."""
        found: dict[str, str] = json.loads(self.answers_text or "{}")
        return found

    @answers.setter
    def answers(self, answers: dict[str, str]) -> None:
        self.answers_text = json.dumps(answers, ensure_ascii=False, sort_keys=True)

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the applicant."""
        return self.waiting_since is not None

    @property
    def subject(self) -> Organisation | Person:
        found: Any = self.organisation if self.organisation_id else self.person
        subject: Organisation | Person = found
        return subject
