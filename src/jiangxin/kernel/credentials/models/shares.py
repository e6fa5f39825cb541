"""What a worker shows to others of what they hold: by a link, for a while."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.credentials.models.records import Credential
from jiangxin.kernel.register.models import Person


class PassportShare(models.Model):
    """A link that shows some credentials of one person until a moment.

    The link is known to whoever has it, so the database keeps no more than a digest to
    find it by, and the link itself sealed, for its owner to copy again.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="passport_shares", verbose_name=_("Person")
    )
    purpose = models.CharField(_("What for"), max_length=60)
    token = SealedTextField(_("Link"))
    token_digest = models.CharField(max_length=64, unique=True)
    credentials = models.ManyToManyField(
        Credential, through="SharedCredential", verbose_name=_("What it shows")
    )
    made_at = models.DateTimeField(_("Made at"))
    ends_at = models.DateTimeField(_("Ends at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "person": "whose passport it shows",
            "purpose": "to tell their links apart",
            "token": "for its owner to copy again",
            "token_digest": "to find the link that somebody opens",
        }
        retention = "passport_shares"

    class Meta:
        verbose_name = _("Share of a passport")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")),
                name="credentials_share_ends_after",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-made_at"], name="credentials_share_person"
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class SharedCredential(models.Model):
    """A credential that a share shows."""

    share = models.ForeignKey(PassportShare, models.CASCADE, related_name="items")
    credential = models.ForeignKey(Credential, models.CASCADE, related_name="shared_in")

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "passport_shares"

    class Meta:
        verbose_name = _("Credential in a share")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["share", "credential"], name="credentials_shared_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_id}: {self.credential_id}"


class ShareView(models.Model):
    """Somebody opened a share. Of them nothing is kept: only when it was."""

    share = models.ForeignKey(PassportShare, models.CASCADE, related_name="views")
    at = models.DateTimeField(_("Opened at"))

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "passport_shares"

    class Meta:
        verbose_name = _("View of a share")
        indexes: ClassVar = [
            models.Index(fields=["share", "-at"], name="credentials_share_views"),
        ]

    def __str__(self) -> str:
        return f"{self.share_id}: {self.at:%Y-%m-%d %H:%M}"
