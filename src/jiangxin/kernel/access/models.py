"""Accounts, the roles granted to them, and wrong passwords of the last minutes."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.rules import sign_in_name


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=sign_in_name(username or ""))


class Account(AbstractBaseUser):
    """A way in for one person. What it may do comes from its role grants."""

    # As `rules.sign_in_name` leaves it, so that capital letters make no second account.
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


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self, on: date) -> Self:
        return self.filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on),
            valid_from__lte=on,
        )


class RoleGrant(models.Model):
    """One role, held by one account for one place, from a day until before another."""

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="grants", verbose_name=_("Account")
    )
    role = models.CharField(_("Role"), max_length=32, choices=Role)
    region_code = models.CharField(_("Region"), max_length=12, blank=True)
    organisation_code = models.CharField(_("Organisation"), max_length=32, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "account"

    class Meta:
        verbose_name = _("Role grant")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="access_grant_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(region_code="") | models.Q(organisation_code=""),
                name="access_grant_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()}"


class SignInFailure(models.Model):
    """One attempt to sign in that did not succeed, kept while it counts.

    target: keyed digest of sign-in name and address: strangers type passwords into the
    wrong field, and an address is personal data.
    """

    target = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Personal:
        fields: ClassVar = {"target": "to slow down guessing of passwords"}
        retention = "sign_in_failures"

    class Meta:
        verbose_name = _("Failed sign-in")
        indexes: ClassVar = [
            models.Index(fields=["target", "at"], name="access_failure_target"),
            models.Index(fields=["at"], name="access_failure_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
