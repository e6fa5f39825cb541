"""Accounts and the roles granted to them."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access.enums import Role


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A way in for one person. What it may do comes from its role grants."""

    username = models.CharField(_("Sign-in name"), max_length=64, unique=True)
    display_name = models.CharField(_("Name"), max_length=64)
    # A number, not a foreign key: the register stands above access.
    person_id = models.BigIntegerField(_("Registered person"), null=True, blank=True)
    is_active = models.BooleanField(_("May sign in"), default=True)
    created_at = models.DateTimeField(_("Created at"))

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Personal:
        fields: ClassVar = {
            "username": "sign-in",
            "display_name": "shown as the actor of an act",
            "person_id": "ties a worker's account to their record",
        }
        retention = "account"

    class Meta:
        verbose_name = _("Account")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person_id",
                condition=models.Q(person_id__isnull=False),
                name="access_account_one_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class RoleGrant(models.Model):
    """One role, held by one account for one place, between two dates."""

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="grants", verbose_name=_("Account")
    )
    role = models.CharField(_("Role"), max_length=32, choices=Role)
    region_code = models.CharField(_("Region"), max_length=12, blank=True)
    organisation_code = models.CharField(_("Organisation"), max_length=32, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {}
        retention = "account"

    class Meta:
        verbose_name = _("Role grant")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="access_grant_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()}"
