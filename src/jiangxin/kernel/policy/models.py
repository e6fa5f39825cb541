"""Whom each policy serves, since when and until when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.models import Person


class MatchRun(models.Model):
    """One matching of policies over people: what made it, what it found and changed."""

    reason = models.CharField(_("Reason"), max_length=64)
    on = models.DateField(_("As of"))
    at = models.DateTimeField(_("Run at"))
    # Null when the whole register was matched.
    people = models.PositiveIntegerField(_("People looked at"), null=True, blank=True)
    # {policy code: {"eligible": n, "gained": n, "lost": n}}
    counts = models.JSONField(_("Counts"), default=dict)

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
    person = models.ForeignKey(Person, models.CASCADE, related_name="policy_matches")
    valid_from = models.DateField(_("Since"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    policy_version = models.CharField(_("Policy version"), max_length=16)
    gained_in = models.ForeignKey(MatchRun, models.PROTECT, related_name="gained")
    lost_in = models.ForeignKey(
        MatchRun, models.PROTECT, null=True, blank=True, related_name="lost"
    )

    class Personal:
        fields: ClassVar = {"person": "whom the policy serves"}
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
        ]

    def __str__(self) -> str:
        return f"{self.policy_code}: {self.person_id}"
