"""The journal of a matter: what was done, by whom; and when its clock stood still."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.matters.enums import ActKind, MatterState, StopKind
from jiangxin.kernel.matters.models.matter import Matter


class MatterAct(models.Model):
    """One act. seen: the version of the matter that whoever acted had before them."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="acts")
    sequence = models.PositiveIntegerField(_("Number"))
    kind = models.CharField(_("What was done"), max_length=20, choices=ActKind)
    seen = models.PositiveIntegerField()
    # A keyed digest of what was sent, so that the same act sent twice is known.
    sent = models.CharField(max_length=32, blank=True)
    account_id = models.BigIntegerField(null=True, blank=True)
    actor_label = models.CharField(_("By"), max_length=150)
    at = models.DateTimeField(_("At"))
    state_after = models.CharField(max_length=10, choices=MatterState)
    step = models.CharField(_("Step"), max_length=32, blank=True)
    note = SealedTextField(_("Words"), blank=True)
    is_internal = models.BooleanField(_("Seen by the office only"), default=False)

    class Personal:
        fields: ClassVar = {
            "account_id": "who answers for it",
            "actor_label": "who answers for it",
            "note": "to tell the applicant, or a colleague; may speak of people",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Act of a matter")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "sequence"], name="matters_one_act_a_number"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="matters_acts_by_time")]

    def __str__(self) -> str:
        return f"{self.matter_id} #{self.sequence} {self.kind}"


class MatterStop(models.Model):
    """A time during which the clock stood still; open while `until_at` is empty."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="stops")
    kind = models.CharField(_("Why the clock stood"), max_length=8, choices=StopKind)
    # The step that stops it, or the supplements that were asked for.
    reason = models.CharField(max_length=32)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    from_at = models.DateTimeField(_("From"))
    until_at = models.DateTimeField(_("Until"), null=True, blank=True)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "register"

    class Meta:
        verbose_name = _("Stop of the clock")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "matter",
                condition=models.Q(until_at__isnull=True),
                name="matters_one_open_stop",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.kind}"
