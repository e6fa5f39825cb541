"""Whom each policy serves, since when and until when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.policy.enums import Decision, DraftKind, DraftState, Verdict
from jiangxin.kernel.privacy.models import AddedTo
from jiangxin.kernel.register.models import Organisation, Person


class MatchRun(models.Model):
    """One matching of policies over people: what made it, what it found and changed."""

    reason = models.CharField(_("Reason"), max_length=64)
    on = models.DateField(_("As of"))
    at = models.DateTimeField(_("Run at"))
    # Null when the whole register was matched.
    people = models.PositiveIntegerField(_("People looked at"), null=True, blank=True)
    # {policy code: {"eligible": n, "gained": n, "lost": n}}
    counts = models.JSONField(_("Counts"), default=dict)
    # The last announced change in the snapshot that was matched; null without one.
    watermark = models.BigIntegerField(null=True, blank=True)
    # The name of that snapshot, so that it is known to belong to this database.
    snapshot = models.CharField(max_length=32, blank=True, default="")

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "register"

    class Meta:
        verbose_name = _("Match run")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.reason} ({self.on})"


class PolicyMatch(models.Model):
    """A policy serves a person from `valid_from` until before `valid_to`."""

    policy_code = models.CharField(_("Policy"), max_length=64)
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        related_name="policy_matches",
        db_index=False,  # the index below begins with it
    )
    valid_from = models.DateField(_("Since"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    policy_version = models.CharField(_("Policy version"), max_length=16)
    # Which row of the policy's table applies, counted from 1, and what it gives.
    grant_row = models.SmallIntegerField(_("Row"), null=True, blank=True)
    amount_fen = models.BigIntegerField(_("Amount in fen"), null=True, blank=True)
    # Shapes: rules/causes.py. Null when nobody knows.
    gained_because = models.JSONField(_("Gained because"), null=True, blank=True)
    lost_because = models.JSONField(_("Lost because"), null=True, blank=True)
    gained_in = models.ForeignKey(MatchRun, models.PROTECT, related_name="gained")
    lost_in = models.ForeignKey(
        MatchRun,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lost",
        db_index=False,  # most are open: see the index below
    )

    class Personal:
        fields: ClassVar = {
            "person": "whom the policy serves",
            "gained_because": "which change of the record led to it",
            "lost_because": "which change of the record ended it",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Policy match")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "policy_code",
                "person",
                condition=models.Q(valid_to__isnull=True),
                name="policy_match_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="policy_match_dates_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "valid_to"], name="policy_match_person"),
            models.Index(
                fields=["lost_in"],
                condition=models.Q(lost_in__isnull=False),
                name="policy_match_lost",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_code}: {self.person_id}"


class OrganisationMatch(models.Model):
    """The same for a policy that speaks of organisations."""

    policy_code = models.CharField(_("Policy"), max_length=64)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="policy_matches"
    )
    valid_from = models.DateField(_("Since"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    policy_version = models.CharField(_("Policy version"), max_length=16)
    grant_row = models.SmallIntegerField(_("Row"), null=True, blank=True)
    amount_fen = models.BigIntegerField(_("Amount in fen"), null=True, blank=True)
    gained_because = models.JSONField(_("Gained because"), null=True, blank=True)
    lost_because = models.JSONField(_("Lost because"), null=True, blank=True)
    gained_in = models.ForeignKey(MatchRun, models.PROTECT, related_name="+")
    lost_in = models.ForeignKey(
        MatchRun, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "register"

    class Meta:
        verbose_name = _("Policy match of an organisation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "policy_code",
                "organisation",
                condition=models.Q(valid_to__isnull=True),
                name="organisation_match_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisation_match_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_code}: {self.organisation_id}"


class OrganisationProfile(models.Model):
    """What policies read of an organisation when it was last matched.

    What differs the next time is the cause. The snapshot knows that of people.
    """

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="+", primary_key=True
    )
    values = models.JSONField(_("Values"))

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "register"

    class Meta:
        verbose_name = _("Profile of an organisation")

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class PolicyText(AddedTo):
    """The file of a policy as it was read, its parameters after it."""

    code = models.CharField(_("Policy"), max_length=64)
    version = models.CharField(_("Policy version"), max_length=16)
    digest = models.CharField(_("Digest"), max_length=64)
    text = models.TextField(_("Text"))
    seen_at = models.DateTimeField(_("First read at"))

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("text",)

    class Meta:
        verbose_name = _("Policy text")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "code", "version", "digest", name="policy_text_once_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class FrozenAnswer(AddedTo):
    """What a policy said about somebody on a day, kept for the decision that used it.

    content: what was read, asked, found and granted, as `operations/freezing.py` writes
    it. digest: of the content. decision, remark, decided_by: when an officer decided by
    it at the desk; a matter keeps its decision itself.
    """

    text = models.ForeignKey(PolicyText, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+"
    )
    on = models.DateField(_("As of"))
    at = models.DateTimeField(_("Answered at"))
    reason = models.CharField(_("Reason"), max_length=64)
    verdict = models.CharField(_("Answer"), max_length=20, choices=Verdict)
    content = models.JSONField(_("Content"))
    digest = models.CharField(_("Digest"), max_length=64)
    decision = models.CharField(
        _("Decision"), max_length=12, choices=Decision, blank=True, default=""
    )
    remark = models.CharField(_("Remark"), max_length=300, blank=True, default="")
    decided_by = models.CharField(
        _("Decided by"), max_length=120, blank=True, default=""
    )

    class Personal:
        fields: ClassVar = {
            "person": "whom the answer is about",
            "decision": "what was decided about them",
            "remark": "why it was decided so",
            "decided_by": "who answers for the decision",
            "content": "to show what a decision rested on",
            "verdict": "to show what a decision rested on",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Frozen answer")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, organisation__isnull=False),
                name="policy_frozen_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.verdict} ({self.on})"


class QuotaTaken(models.Model):
    """How much of a policy's quota is given away in the period that begins on a day."""

    policy_code = models.CharField(_("Policy"), max_length=64)
    begins_on = models.DateField(_("Since"))
    people = models.PositiveIntegerField(_("People"), default=0)
    fen = models.PositiveBigIntegerField(_("Amount in fen"), default=0)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"

    class Meta:
        verbose_name = _("Quota taken")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "policy_code", "begins_on", name="policy_quota_once_a_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_code} ({self.begins_on}): {self.people}"


class ChangedPeople(models.Model):
    """Whose records changed since the snapshot was last brought up to date.

    One row a change, however many people it was of; forgotten once it is in.
    """

    at = models.DateTimeField(_("At"))
    # Person numbers; null means anybody.
    person_ids = models.JSONField(_("Whose"), null=True)

    class Personal:
        fields: ClassVar = {"person_ids": "whose profiles to read again"}
        retention = "register"

    class Meta:
        verbose_name = _("Changed people")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.pk}"


class PolicyDraft(models.Model):
    """A policy as it is edited at the desk, and once approved as it is in effect.

    text: its file, "" for a withdrawal. Once submitted it is not changed any more.
    """

    code = models.CharField(_("Policy"), max_length=64)
    kind = models.CharField(_("What becomes of it"), max_length=12, choices=DraftKind)
    state = models.CharField(_("State"), max_length=12, choices=DraftState)
    text = models.TextField(_("Text"), blank=True)
    # The version that was served when the draft began; "" for a new policy.
    based_on = models.CharField(_("Based on version"), max_length=16, blank=True)
    based_on_text = models.TextField(_("The text it is based on"), blank=True)
    # Counted up at every change, so that nobody writes over what they have not seen.
    revision = models.PositiveIntegerField(_("Revision"), default=1)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    answer = models.CharField(_("Answer of the approver"), max_length=500, blank=True)
    effective_on = models.DateField(_("Takes effect on"), null=True, blank=True)
    # Numbers of the accounts that wrote it: none of them approves it.
    authors = models.JSONField(_("Authors"), default=list)
    author_label = models.CharField(_("Written by"), max_length=150)
    approver_label = models.CharField(_("Approved by"), max_length=150, blank=True)
    begun_at = models.DateTimeField(_("Begun at"))
    changed_at = models.DateTimeField(_("Last changed at"))
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)
    in_effect_from = models.DateField(_("In effect from"), null=True, blank=True)
    in_effect_to = models.DateField(_("In effect until"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "authors": "so that nobody approves what they wrote",
            "author_label": "who answers for the text",
            "approver_label": "who answers for its effect",
        }
        retention = "account"
        not_personal = ("text", "based_on_text", "reason", "answer")

    class Meta:
        verbose_name = _("Policy draft")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "code",
                condition=models.Q(state__in=["draft", "submitted", "returned"]),
                name="policy_draft_one_open",
            ),
            models.UniqueConstraint(
                "code",
                condition=models.Q(state="in_effect"),
                name="policy_draft_one_in_effect",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.kind} ({self.state})"
