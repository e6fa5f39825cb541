"""The rows of the trail. A migration makes the database refuse to change them."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import KIND_LENGTH, SUBJECT_LENGTH


class TrailEventQuerySet(models.QuerySet["TrailEvent"]):
    def of(self, subject: str) -> Self:
        return self.filter(subject=subject)


class TrailEvent(models.Model):
    """One event of one subject; `sequence` counts from 1 without a gap."""

    subject = models.CharField(_("Subject"), max_length=SUBJECT_LENGTH)
    sequence = models.PositiveIntegerField(_("Number"))
    kind = models.CharField(_("What happened"), max_length=KIND_LENGTH)
    # Text, not JSON: the hash covers these very characters.
    payload = models.TextField(_("Details"))
    actor_label = models.CharField(_("By"), max_length=150)
    actor_account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(_("At"))
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    objects = TrailEventQuerySet.as_manager()

    class Personal:
        fields: ClassVar = {
            "actor_label": "to prove who did what",
            "actor_account_id": "to prove who did what",
        }
        retention = "trail"

    class Meta:
        verbose_name = _("Trail event")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "sequence"], name="trail_one_event_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(sequence__gte=1), name="trail_counts_from_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor_account_id", "at"], name="trail_by_actor"),
            models.Index(fields=["at"], name="trail_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} #{self.sequence} {self.kind}"


class TrailCheckpoint(models.Model):
    """How far all chains reached at one moment, signed with the key ring.

    digest: over the last hash of every chain among the first `last_id` events.
    """

    taken_at = models.DateTimeField(_("Taken at"))
    last_id = models.BigIntegerField()
    event_count = models.BigIntegerField(_("Events"))
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=32)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        not_personal = ("signature",)  # of the key ring, not of a person
        retention = "trail"

    class Meta:
        verbose_name = _("Trail checkpoint")

    def __str__(self) -> str:
        return f"{self.taken_at} ({self.event_count})"
