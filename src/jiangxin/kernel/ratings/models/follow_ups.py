"""What was done about a bad rating, beside the journal of its matter."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.enums import AppealVerdict
from jiangxin.kernel.ratings.models.ratings import MatterRating


class RatingFollowUp(models.Model):
    """Call-back, then the window's correction or appeal, then the reply to the rater.

    facts: what the window is told; neither the rater nor the matter is named in it.
    """

    rating = models.OneToOneField(
        MatterRating, models.PROTECT, related_name="follow_up"
    )
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="follow_up")
    called_back_at = models.DateTimeField(_("Called back at"), null=True, blank=True)
    called_back_by = models.CharField(_("Called back by"), max_length=150, blank=True)
    call_back = SealedTextField(_("What the call-back showed"), blank=True)
    facts = SealedTextField(_("What the window is told"), blank=True)
    corrected_at = models.DateTimeField(_("Put right at"), null=True, blank=True)
    corrected_by = models.CharField(_("Put right by"), max_length=150, blank=True)
    correction = SealedTextField(_("What was put right"), blank=True)
    appealed_at = models.DateTimeField(_("Appealed at"), null=True, blank=True)
    appealed_by = models.CharField(_("Appealed by"), max_length=150, blank=True)
    appealed_account_id = models.BigIntegerField(null=True, blank=True)
    appeal = SealedTextField(_("Why the window appeals"), blank=True)
    verdict = models.CharField(
        _("Verdict"), max_length=8, choices=AppealVerdict, blank=True
    )
    verdict_reason = SealedTextField(_("Reason of the verdict"), blank=True)
    verdict_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    verdict_by = models.CharField(_("Decided by"), max_length=150, blank=True)
    replied_at = models.DateTimeField(_("Replied at"), null=True, blank=True)
    replied_by = models.CharField(_("Replied by"), max_length=150, blank=True)
    reply = SealedTextField(_("Reply to the rater"), blank=True)

    class Personal:
        fields: ClassVar = {
            "called_back_by": "who answers for it",
            "call_back": "to put right what went wrong; may speak of people",
            "facts": "to tell the window what to put right; may speak of staff",
            "corrected_by": "who answers for it",
            "correction": "what was done about it; may speak of staff",
            "appealed_by": "who answers for it",
            "appealed_account_id": "who appealed does not decide about it",
            "appeal": "why it is mistaken; may speak of people",
            "verdict_reason": "why it is left out or stands; may speak of people",
            "verdict_by": "who answers for it",
            "replied_by": "who answers for it",
            "reply": "to answer whoever rated",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Follow-up of a bad rating")

    def __str__(self) -> str:
        return f"{self.rating_id}: {self.matter_id}"
