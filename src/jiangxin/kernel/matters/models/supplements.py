"""The one notice that lists together all that an applicant has to put right."""

import json
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.matters.models.matter import Matter


class SupplementNotice(models.Model):
    """Reopens the fields and materials it names, and no others."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="notices")
    # {"field:KEY" or "material:KEY": what is wrong with it}
    items_text = SealedTextField(_("What to put right"))
    # What the applicant typed so far; it counts once it is handed in.
    draft_text = SealedTextField(  # type: ignore[misc]  # the field is typed for texts that are there
        _("Draft"), null=True, blank=True
    )
    asked_at = models.DateTimeField(_("Asked at"))
    asked_by_label = models.CharField(_("Asked by"), max_length=150)
    due_on = models.DateField(_("Due"))
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "items_text": "to tell the applicant what is missing; may speak of people",
            "draft_text": "not to lose what is typed",
            "asked_by_label": "who answers for it",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Notice of supplements")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "matter",
                condition=models.Q(answered_at__isnull=True),
                name="matters_one_open_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.due_on}"

    @property
    def draft(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.draft_text or "{}")
        return found

    @draft.setter
    def draft(self, answers: dict[str, str]) -> None:
        self.draft_text = json.dumps(answers, ensure_ascii=False)

    @property
    def items(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.items_text)
        return found

    @items.setter
    def items(self, items: dict[str, str]) -> None:
        self.items_text = json.dumps(items, ensure_ascii=False)
