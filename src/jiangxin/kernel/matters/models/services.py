"""What services said when matters were submitted under them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceVersion(models.Model):
    """A service's file, word by word. version: as in `Service`, made from the text."""

    code = models.CharField(max_length=64)
    version = models.CharField(max_length=12)
    text = models.TextField()

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("text",)

    class Meta:
        verbose_name = _("Version of a service")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "version"], name="matters_one_text_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
