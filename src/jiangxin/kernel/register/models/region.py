"""Administrative divisions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.enums import RegionLevel


class Region(models.Model):
    """A division, known by its code without trailing zeros.

    33 province, 3307 city, 330726 county, 330726100 town, 330726100001 village: a
    region lies inside another when its code starts with the other's.
    """

    code = models.CharField(_("Division code"), max_length=12, primary_key=True)
    name = models.CharField(_("Name"), max_length=64)
    level = models.PositiveSmallIntegerField(_("Level"), choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("name",)

    class Meta:
        verbose_name = _("Region")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name
