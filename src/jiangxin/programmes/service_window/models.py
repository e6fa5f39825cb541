"""Certificates of unions, the numbers entered for them, invitations, printed copies."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.register.models import Organisation
from jiangxin.programmes.service_window.enums import (
    CertificateKind,
    CertificateStanding,
    CertificateState,
    IssueGround,
)
from jiangxin.programmes.service_window.rules import standing


class NumberEntry(models.Model):
    """What came back from the national system for a matter, before it is granted."""

    matter = models.OneToOneField(Matter, models.CASCADE, related_name="number_entry")
    number = models.CharField(_("Certificate number"), max_length=64)
    credit_code = models.CharField(
        _("Unified social credit code"), max_length=18, blank=True
    )
    issued_on = models.DateField(_("Issued on"))
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"))
    is_demonstration = models.BooleanField(_("Made up for a demonstration"))
    entered_at = models.DateTimeField(_("Entered at"))
    entered_by = models.BigIntegerField(null=True, blank=True)
    entered_by_label = models.CharField(_("Entered by"), max_length=150)

    class Personal:
        fields: ClassVar = {
            "entered_by": "who answers for it",
            "entered_by_label": "who answers for it",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Number entry")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="service_window_entry_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class UnionCertificate(models.Model):
    """A certificate of a union as it was issued; it never changes but for its state.

    valid_to: its last day. A change, a renewal or a re-issue is another certificate,
    which names the one in whose place it is.
    """

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="certificates",
        verbose_name=_("Union"),
    )
    kind = models.CharField(_("Kind"), max_length=12, choices=CertificateKind)
    number = models.CharField(_("Certificate number"), max_length=64)
    credit_code = models.CharField(
        _("Unified social credit code"), max_length=18, blank=True
    )
    name = models.CharField(_("Name on the certificate"), max_length=128)
    legal_representative = models.CharField(_("Legal representative"), max_length=64)
    domicile = models.CharField(_("Domicile"), max_length=200)
    authority = models.CharField(_("Registration authority"), max_length=128)
    approval_number = models.CharField(
        _("Number of the approval"), max_length=64, blank=True
    )
    issued_on = models.DateField(_("Issued on"))
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"))
    state = models.CharField(
        _("State"),
        max_length=10,
        choices=CertificateState,
        default=CertificateState.VALID,
    )
    state_on = models.DateField(_("State since"))
    ground = models.CharField(
        _("Issued because of"), max_length=10, choices=IssueGround
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("In the place of"),
    )
    matter = models.OneToOneField(
        Matter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="certificate",
        verbose_name=_("Matter"),
    )
    cancelled_by = models.OneToOneField(
        Matter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cancelled_certificate",
        verbose_name=_("Cancelled with"),
    )
    credential = models.OneToOneField(
        Credential,
        models.PROTECT,
        related_name="union_certificate",
        verbose_name=_("Credential"),
    )
    is_demonstration = models.BooleanField(
        _("Made up for a demonstration"), default=False
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Personal:
        fields: ClassVar = {
            "legal_representative": "the certificate names who speaks for the union",
        }
        retention = "register"
        not_personal = ("name", "number")

    class Meta:
        verbose_name = _("Union certificate")
        indexes: ClassVar = [
            models.Index(
                fields=["valid_to", "id"],
                condition=Q(state=CertificateState.VALID),
                name="service_window_by_end",
            ),
            models.Index(fields=["number"], name="service_window_by_number"),
            models.Index(fields=["credit_code"], name="service_window_by_code"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(state=CertificateState.VALID),
                name="service_window_one_valid_a_union",
            ),
            models.UniqueConstraint(
                fields=["kind", "number"], name="service_window_one_a_number"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="service_window_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def standing_on(self, day: date) -> CertificateStanding:
        return standing(self.state, self.valid_to, day)


class CertificatePrint(models.Model):
    """One printed copy. The first one is the certificate; any other has a reason."""

    certificate = models.ForeignKey(
        UnionCertificate, models.CASCADE, related_name="prints"
    )
    sequence = models.PositiveIntegerField(_("Copy number"))
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    printed_at = models.DateTimeField(_("Printed at"))
    printed_by = models.BigIntegerField(null=True, blank=True)
    printed_by_label = models.CharField(_("Printed by"), max_length=150)

    class Personal:
        fields: ClassVar = {
            "printed_by": "who answers for it",
            "printed_by_label": "who answers for it",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Printed certificate")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate", "sequence"],
                name="service_window_one_copy_a_number",
            ),
            models.CheckConstraint(
                condition=Q(sequence=1) | ~Q(reason=""),
                name="service_window_reprint_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} #{self.sequence}"


class RenewalInvitation(models.Model):
    """A union was asked to elect and to renew: 90, 60 or 30 days before the end."""

    certificate = models.ForeignKey(
        UnionCertificate, models.CASCADE, related_name="invitations"
    )
    days_before = models.PositiveSmallIntegerField(_("Days before the end"))
    invited_at = models.DateTimeField(_("Invited at"))
    invited_by = models.BigIntegerField(null=True, blank=True)
    invited_by_label = models.CharField(_("Invited by"), max_length=150)

    class Personal:
        fields: ClassVar = {
            "invited_by": "who answers for it",
            "invited_by_label": "who answers for it",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Invitation to renew")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate", "days_before"],
                name="service_window_one_invitation_a_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.days_before}"
