"""What was issued of a credential, what it was signed with, where its status stands."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.credentials.enums import IssueStatus, KeyState
from jiangxin.kernel.credentials.models.records import Credential

# 128 random bits in base32: nobody finds an issue by trying.
PUBLIC_ID_LENGTH = 26

LIVE = (IssueStatus.VALID, IssueStatus.SUSPENDED)


class SigningKey(models.Model):
    """An Ed25519 key that the federation signs with. One is active at a time.

    A retired key signs no more and what it signed stays good; what a compromised key
    signed cannot be told from what somebody else signed with it.
    """

    public_part = models.CharField(_("Public key"), max_length=80, unique=True)
    private_part = SealedTextField(_("Private key"))
    state = models.CharField(
        _("State"), max_length=12, choices=KeyState, default=KeyState.ACTIVE
    )
    made_at = models.DateTimeField(_("Made at"))
    retired_at = models.DateTimeField(_("Retired at"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Personal:
        fields: ClassVar = {"private_part": "to sign what the federation issues"}
        retention = "operation"

    class Meta:
        verbose_name = _("Signing key")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=KeyState.ACTIVE),
                name="credentials_one_active_key",
            ),
            models.CheckConstraint(
                condition=Q(state=KeyState.ACTIVE, retired_at__isnull=True)
                | (~Q(state=KeyState.ACTIVE) & Q(retired_at__isnull=False)),
                name="credentials_key_retired_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.public_part


class StatusList(models.Model):
    """Room for the status of many issues, each at a place drawn at random.

    The published list says nothing of the order or the number of issues: a place that
    nobody was given looks like one that is valid.
    """

    number = models.CharField(_("Number"), max_length=26, unique=True)
    size = models.PositiveIntegerField(_("Places"))
    is_open = models.BooleanField(_("Gives out places"), default=True)
    made_at = models.DateTimeField(_("Made at"))

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "operation"

    class Meta:
        verbose_name = _("Status list")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_open"],
                condition=Q(is_open=True),
                name="credentials_one_open_list",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class IssuedCredential(models.Model):
    """One issue of a credential: the document as signed, and what became of it.

    document: the JSON text with its proof, which is never changed; a correction is
    another issue, which names the one before.
    """

    credential = models.ForeignKey(
        Credential,
        models.CASCADE,
        related_name="issues",
        verbose_name=_("Credential"),
    )
    public_id = models.CharField(
        _("Verification code"), max_length=PUBLIC_ID_LENGTH, unique=True
    )
    issuer = models.CharField(_("Issuer's identifier"), max_length=300)
    key = models.ForeignKey(
        SigningKey, models.PROTECT, related_name="issues", verbose_name=_("Signing key")
    )
    document = models.TextField(_("Document"))
    # Of what the document says: the same again is not issued twice.
    claim_digest = models.CharField(max_length=64)
    valid_from = models.DateTimeField(_("Valid from"))
    valid_until = models.DateTimeField(_("Valid until"), null=True, blank=True)
    status = models.CharField(
        _("Status"), max_length=12, choices=IssueStatus, default=IssueStatus.VALID
    )
    status_reason = models.CharField(_("Reason"), max_length=200, blank=True)
    status_at = models.DateTimeField(_("Status since"))
    # The record it is of was suspended, and restoring the record resumes it.
    is_held_by_record = models.BooleanField(
        _("Suspended with its record"), default=False
    )
    status_list = models.ForeignKey(
        StatusList, models.PROTECT, related_name="issues", verbose_name=_("Status list")
    )
    status_index = models.PositiveIntegerField(_("Place in the status list"))
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("Issued in the place of"),
    )
    prints = models.PositiveIntegerField(_("Times printed"), default=0)
    issued_at = models.DateTimeField(_("Issued at"))
    issued_by = models.BigIntegerField(null=True, blank=True)
    issued_by_label = models.CharField(_("Issued by"), max_length=150)

    class Personal:
        fields: ClassVar = {
            "document": "the signed certificate, which names its holder",
            "issued_by": "who answers for it",
            "issued_by_label": "to say who issued it",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Issued credential")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["credential"],
                condition=Q(status__in=LIVE),
                name="credentials_one_live_issue",
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"],
                name="credentials_one_issue_a_place",
            ),
            models.CheckConstraint(
                condition=Q(is_held_by_record=False) | Q(status=IssueStatus.SUSPENDED),
                name="credentials_held_is_suspended",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-issued_at", "-id"], name="credentials_issued_by_day"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
