"""Credentials as records."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.i18n import grouped, shortest
from jiangxin.kernel.credentials.enums import (
    GRADES,
    KIND_UNITS,
    CredentialKind,
    CredentialStatus,
    Ladder,
    Unit,
)
from jiangxin.kernel.register.models import Organisation, Person


class Credential(models.Model):
    """Something a person or an organisation holds, as its issuer stated it.

    In force today: status valid, valid_from <= today, and valid_to is null or later.
    For another day the status of that day counts: `queries.in_force`.
    """

    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="credentials",
        db_index=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="credentials",
        db_index=False,
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=CredentialKind)
    title = models.CharField(_("Title"), max_length=128, blank=True)
    ladder = models.CharField(_("Ladder"), max_length=12, choices=Ladder, blank=True)
    grade = models.SmallIntegerField(_("Grade"), null=True, blank=True)
    # Of how much it speaks, such as hours of service; in what, its kind says.
    quantity = models.DecimalField(
        _("Quantity"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    occupation = models.CharField(_("Occupation"), max_length=10, blank=True)
    number = models.CharField(_("Number"), max_length=64, blank=True)
    issuer = models.CharField(_("Issuer"), max_length=128, blank=True)
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    status = models.CharField(
        _("Status"),
        max_length=12,
        choices=CredentialStatus,
        default=CredentialStatus.VALID,
    )
    evidence = models.CharField(_("Evidence"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Personal:
        fields: ClassVar = {
            "person": "who holds it",
            "number": "to check it with its issuer",
            "occupation": "which trade it was earned in",
            "quantity": "how much policies that ask for a sum may count",
        }
        retention = "register"
        not_personal = ("title",)

    class Meta:
        verbose_name = _("Credential")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, organisation__isnull=False),
                name="credentials_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="credentials_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True) | models.Q(quantity__gt=0),
                name="credentials_quantity_above_zero",
            ),
            models.UniqueConstraint(
                "kind",
                "number",
                condition=models.Q(status=CredentialStatus.VALID)
                & ~models.Q(number=""),
                name="credentials_one_valid_a_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "kind"], name="credentials_person_kind"),
            # The order of the list, so that its first page reads no more than itself.
            models.Index(fields=["valid_from", "id"], name="credentials_by_day"),
            models.Index(
                fields=["organisation", "kind"],
                condition=models.Q(organisation__isnull=False),
                name="credentials_org_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def grade_label(self) -> str:
        """The grade in words, or "" where the credential stands on no ladder."""
        grades = GRADES.get(self.ladder)
        return (
            str(grades(self.grade).label) if grades and self.grade is not None else ""
        )

    @property
    def unit(self) -> Unit | None:
        """What its quantity counts; None where its kind has none."""
        return KIND_UNITS.get(CredentialKind(self.kind))

    @property
    def quantity_label(self) -> str:
        """The quantity in words, or "" where there is none."""
        if self.quantity is None or self.unit is None:
            return ""
        return f"{grouped(shortest(self.quantity))} {self.unit.label}"


class CredentialPast(models.Model):
    """A credential had `status` from `valid_from` until before `valid_to`.

    One row a change of status; what comes after the last row is the credential's own.
    """

    credential = models.ForeignKey(
        Credential, models.CASCADE, related_name="past_statuses"
    )
    status = models.CharField(_("Status"), max_length=12, choices=CredentialStatus)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"))

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "register"

    class Meta:
        verbose_name = _("Earlier status of a credential")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                name="credentials_past_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} (- {self.valid_to})"
