"""Places: bases, service stations, academies, studios, windows."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.enums import SiteKind
from jiangxin.kernel.register.models.organisation import Organisation
from jiangxin.kernel.register.models.region import Region


class Site(models.Model):
    """A place an organisation keeps from `valid_from` until before `valid_to`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sites")
    kind = models.CharField(_("Kind"), max_length=12, choices=SiteKind)
    name = models.CharField(_("Name"), max_length=128)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    address = models.CharField(_("Address"), max_length=200, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("name", "address")

    class Meta:
        verbose_name = _("Site")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="register_site_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
