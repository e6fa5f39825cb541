"""What somebody said of how their matter was handled."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.enums import BAD, Grade, RatingWay


class MatterRating(models.Model):
    """One a matter, and never changed; who gave it is nowhere written down.

    What the office may see without the matter stands in columns of its own.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="rating")
    service = models.CharField(_("Service"), max_length=64)
    region_code = models.CharField(_("Region"), max_length=12)
    organisation_code = models.CharField(max_length=32, blank=True)
    way = models.CharField(_("Handled"), max_length=8, choices=RatingWay)
    set_version = models.CharField(_("Version of the questions"), max_length=12)
    grade = models.PositiveSmallIntegerField(_("Grade"), choices=Grade)
    # {key of a dimension: grade}; what was not answered is not in it.
    dimensions = models.JSONField(_("Dimensions"), default=dict)
    comment = SealedTextField(_("In their own words"), blank=True)
    rated_at = models.DateTimeField(_("Rated at"))
    clerk_account_id = models.BigIntegerField(null=True, blank=True)
    clerk_label = models.CharField(_("Handled by"), max_length=150, blank=True)
    # Left out of the figures: an appeal against it was upheld.
    excluded_at = models.DateTimeField(_("Left out since"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "comment": "to put right what went wrong; may speak of people",
            "clerk_account_id": "whose work is rated",
            "clerk_label": "whose work is rated",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Rating")
        indexes: ClassVar = [
            models.Index(fields=["rated_at", "id"], name="ratings_by_time"),
            models.Index(
                fields=["clerk_account_id", "rated_at"], name="ratings_by_clerk"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(grade__in=[int(one) for one in Grade]),
                name="ratings_one_of_five_grades",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_bad(self) -> bool:
        return self.grade in BAD

    @property
    def is_appeal_open(self) -> bool:
        follow_up = getattr(self, "follow_up", None)
        return bool(follow_up and follow_up.appealed_at and not follow_up.verdict)
