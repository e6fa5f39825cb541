"""Something that somebody asks about a service, before or instead of coming."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.counter.models.halls import Hall


class Question(models.Model):
    """public_*: what the desk publishes of it, worded anew, without whoever asked."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="questions")
    service = models.CharField(_("Service"), max_length=64, blank=True)
    token = models.CharField(max_length=43, unique=True)
    text = SealedTextField(_("Question"))
    contact_name = SealedTextField(_("Name"), blank=True)
    contact_phone = SealedTextField(_("Mobile phone"), blank=True)
    asked_at = models.DateTimeField(_("Asked at"))
    due_on = models.DateField(_("Due"))
    answer = SealedTextField(_("Answer"), blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    answered_by = models.CharField(_("Answered by"), max_length=150, blank=True)
    public_question = models.CharField(
        _("Published question"), max_length=300, blank=True
    )
    public_answer = models.TextField(_("Published answer"), blank=True)
    published_at = models.DateTimeField(_("Published at"), null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "text": "to answer it; may speak of people",
            "contact_name": "to reach whoever asked",
            "contact_phone": "to reach whoever asked",
            "answer": "to answer; may speak of people",
            "answered_by": "who answers for it",
        }
        retention = "questions"

    class Meta:
        verbose_name = _("Question")
        indexes: ClassVar = [
            models.Index(fields=["answered_at", "due_on"], name="counter_questions_due")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
