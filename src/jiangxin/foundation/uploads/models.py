from secrets import token_hex
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.foundation.uploads.enums import FileFormat, ScanResult, UploadState


class Upload(models.Model):
    """One file, from its first piece until what it belongs to is deleted.

    key: names the upload in addresses, and its files. fingerprint: the browser's word
    for the file, by which it finds an upload to go on with. holder: what it was attached
    to, as `matters.material:12`; until then the upload is its owner's alone.
    """

    key = models.CharField(
        max_length=64, unique=True, default=token_hex, editable=False
    )
    kind = models.CharField(_("Kind"), max_length=64)
    owner = models.BigIntegerField(_("Account"), db_index=True)
    name = SealedTextField(_("File name"))
    size_bytes = models.PositiveIntegerField(_("Size"))
    fingerprint = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("State"),
        max_length=16,
        choices=UploadState,
        default=UploadState.RECEIVING,
    )
    format = models.CharField(
        _("Format"), max_length=100, choices=FileFormat, blank=True
    )
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True)
    scan = models.CharField(
        _("Scan"),
        max_length=16,
        choices=ScanResult,
        default=ScanResult.NOT_SCANNED,
    )
    refusal = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField(_("Begun at"))
    settled_at = models.DateTimeField(_("Checked at"), null=True, blank=True)
    attached_at = models.DateTimeField(_("Attached at"), null=True, blank=True)
    holder = models.CharField(max_length=100, blank=True, db_index=True)

    class Personal:
        fields: ClassVar = {
            "name": "what the owner called the file, which may name somebody",
            "owner": "only its owner may go on with an upload",
            "digest": "to prove which file was handed in",
        }
        retention = "uploads"
        not_personal = ("fingerprint", "holder")  # of a file, of a thing

    class Meta:
        verbose_name = _("Uploaded file")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(attached_at__isnull=True, holder="")
                | models.Q(attached_at__isnull=False) & ~models.Q(holder=""),
                name="uploads_attached_to_something",
            ),
            models.CheckConstraint(
                condition=models.Q(state="receiving", settled_at__isnull=True)
                | ~models.Q(state="receiving") & models.Q(settled_at__isnull=False),
                name="uploads_settled_when_checked",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["begun_at"],
                name="uploads_abandoned",
                condition=models.Q(attached_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.key
