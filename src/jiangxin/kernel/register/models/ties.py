"""What ties a person to organisations: a job, a membership. Ended, never deleted."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.models.organisation import Organisation
from jiangxin.kernel.register.models.person import Person

IN_ORDER = models.Q(valid_to__isnull=True) | models.Q(
    valid_to__gte=models.F("valid_from")
)
OPEN = models.Q(valid_to__isnull=True)


class Recorded(models.Model):
    """Who says so, and by which act; "" of what was recorded before this was kept."""

    source = models.CharField(
        _("Source"),
        max_length=10,
        choices=Source,
        blank=True,
        default="",
        db_default="",
    )
    act = models.CharField(max_length=32, blank=True, default="", db_default="")

    class Meta:
        abstract = True


class Employment(Recorded):
    """A person works at an employer from `valid_from` until before `valid_to`.

    A person has one open employment: the employer whose roster lists them. A second
    job (platform work, say) is not modelled yet; see docs/adr/0005.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="employments", db_index=False
    )
    occupation = models.CharField(_("Occupation"), max_length=10, blank=True)
    post = models.CharField(_("Post"), max_length=64, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "person": "who works where",
            "post": "policies by occupation",
            "occupation": "policies by occupation",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Employment")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=IN_ORDER, name="register_employment_dates_in_order"
            ),
            models.UniqueConstraint(
                "person", condition=OPEN, name="register_employment_one_open"
            ),
        ]
        indexes: ClassVar = [
            # With the person, so that whom a scope covers is read from here alone.
            models.Index(
                fields=["organisation", "valid_to", "person"],
                name="register_employment_org",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.organisation_id}"


class Membership(Recorded):
    """A person belongs to one union from `valid_from` until before `valid_to`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    union = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", db_index=False
    )
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {"person": "who belongs to which union"}
        retention = "register"

    class Meta:
        verbose_name = _("Union membership")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=IN_ORDER, name="register_membership_dates_in_order"
            ),
            models.UniqueConstraint(
                "person", condition=OPEN, name="register_membership_one_open"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["union", "valid_to", "person"],
                name="register_membership_union",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.union_id}"
