"""Credentials as records."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.credentials.enums import (
    GRADES,
    CredentialKind,
    CredentialStatus,
    Ladder,
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
