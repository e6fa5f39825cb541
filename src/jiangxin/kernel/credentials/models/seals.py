"""The certificates that a federation signs PDF with, and the authority behind them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.credentials.enums import SealRole


class SealCertificate(models.Model):
    """An X.509 certificate with its key. One of a role is in use at a time.

    What an earlier one signed stays good: its certificate went into the PDF.
    """

    role = models.CharField(_("Role"), max_length=12, choices=SealRole)
    certificate = models.TextField(_("X.509 certificate"))
    private_key = SealedTextField(_("Private key"))
    made_at = models.DateTimeField(_("Made at"))
    ends_at = models.DateTimeField(_("Good until"))
    retired_at = models.DateTimeField(_("Retired at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {"private_key": "to sign what the federation prints"}
        retention = "operation"

    class Meta:
        verbose_name = _("Certificate of a seal")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(retired_at__isnull=True),
                name="credentials_one_seal_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk}"
