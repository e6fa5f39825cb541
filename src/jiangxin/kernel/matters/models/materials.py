"""The materials of a matter; the files lie sealed, named by these rows."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.matters.enums import MaterialState
from jiangxin.kernel.matters.models.matter import Matter


class MatterMaterial(models.Model):
    """One file, or one paper seen at the window (then without a file).

    Replaced ones stay: what was looked at when a decision was made can be looked at.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="materials")
    key = models.CharField(_("Material"), max_length=32)
    state = models.CharField(
        _("State"),
        max_length=10,
        choices=MaterialState,
        default=MaterialState.HANDED_IN,
    )
    file_name = SealedTextField(_("File name"), blank=True)
    media_type = models.CharField(_("Format"), max_length=100, blank=True)
    size_bytes = models.PositiveIntegerField(_("Size"), default=0)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    is_paper = models.BooleanField(_("Paper seen at the window"), default=False)
    reused_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("Added at"))
    added_by_label = models.CharField(_("Added by"), max_length=150)
    replaced_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "file_name": "to know it again",
            "digest": "to prove which file was looked at",
            "added_by_label": "who handed it in",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Material of a matter")
        indexes: ClassVar = [
            models.Index(fields=["matter", "key"], name="matters_material_key"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.key}"
