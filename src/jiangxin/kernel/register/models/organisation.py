"""Organisations: unions of every level, employers, schools, banks, public bodies."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.enums import (
    UNIONS,
    OrganisationKind,
    Ownership,
    Scale,
)
from jiangxin.kernel.register.models.region import Region


class OrganisationDetails(models.Model):
    """What may change about an organisation while it stays the same one."""

    name = models.CharField(_("Name"), max_length=128)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_("Region")
    )
    industry = models.CharField(_("Industry"), max_length=5, blank=True)
    scale = models.CharField(_("Scale"), max_length=8, choices=Scale, blank=True)
    is_above_scale = models.BooleanField(_("Above designated scale"), default=False)
    ownership = models.CharField(
        _("Ownership"), max_length=12, choices=Ownership, blank=True
    )
    upper = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Next higher union"),
    )
    employer = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Employer the union belongs to"),
    )
    valid_from = models.DateField(_("Valid from"))

    class Meta:
        abstract = True


class Organisation(OrganisationDetails):
    """An organisation as it is now. `code` is what people type and scopes hold."""

    code = models.CharField(_("Organisation code"), max_length=32, unique=True)
    credit_code = models.CharField(
        _("Unified social credit code"),
        max_length=18,
        unique=True,
        null=True,
        blank=True,
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=OrganisationKind)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("name",)

    class Meta:
        verbose_name = _("Organisation")
        indexes: ClassVar = [
            models.Index(fields=["region", "kind"], name="register_org_region_kind"),
            models.Index(fields=["name"], name="register_org_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_union(self) -> bool:
        return self.kind in UNIONS


class OrganisationPast(OrganisationDetails):
    """How an organisation was from `valid_from` until before `valid_to`."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="past_versions", db_index=False
    )
    valid_to = models.DateField(_("Valid to"))

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "none"
        not_personal = ("name",)

    class Meta:
        verbose_name = _("Earlier version of an organisation")
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "valid_to"], name="register_orgpast_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (- {self.valid_to})"
