"""Accounts, the roles granted to them, and how they were signed in with."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access.enums import Role, SignInAct
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
    # Nobody signs in with it: another system calls the API by its tokens.
    is_service = models.BooleanField(_("Service account"), default=False)
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
        """Those held on a day; what somebody lent who may not sign in counts nothing."""
        return self.not_ended(on).filter(
            models.Q(delegated_from__isnull=True)
            | models.Q(delegated_from__account__is_active=True),
            valid_from__lte=on,
        )

    def not_ended(self, on: date) -> Self:
        return self.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on))

    def delegated(self) -> Self:
        return self.filter(delegated_from__isnull=False)

    def with_lenders(self) -> Self:
        return self.select_related("delegated_from__account")


class RoleGrant(models.Model):
    """One role, held by one account for one place, from a day until before another.

    delegated_from: the grant that is lent, when a colleague stands in for its holder.
    """

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="grants", verbose_name=_("Account")
    )
    role = models.CharField(_("Role"), max_length=32, choices=Role)
    region_code = models.CharField(_("Region"), max_length=12, blank=True)
    organisation_code = models.CharField(_("Organisation"), max_length=32, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("Delegated from"),
    )

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
            models.CheckConstraint(
                condition=models.Q(delegated_from__isnull=True)
                | models.Q(valid_to__isnull=False),
                name="access_delegation_ends",
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


class AccountSession(models.Model):
    """Where an account is signed in. The row goes when the session ends."""

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="sessions", verbose_name=_("Account")
    )
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField(_("Signed in at"))
    seen_at = models.DateTimeField(_("Last seen"))
    address = models.CharField(_("Network address"), max_length=45, blank=True)
    device = models.CharField(_("Device"), max_length=300, blank=True)

    class Personal:
        fields: ClassVar = {
            "address": "for people to know their own sessions",
            "device": "for people to know their own sessions",
        }
        retention = "sessions"

    class Meta:
        verbose_name = _("Session")

    def __str__(self) -> str:
        return f"{self.account}: {self.began_at:%Y-%m-%d %H:%M}"


class SignInRecord(models.Model):
    """One line of the sign-in log, never changed.

    account: none when the sign-in name belongs to nobody. What was typed is not kept:
    people type passwords into the wrong field.
    """

    account = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        related_name="sign_in_records",
        verbose_name=_("Account"),
    )
    act = models.CharField(_("Event"), max_length=24, choices=SignInAct)
    at = models.DateTimeField(_("Time"))
    address = models.CharField(_("Network address"), max_length=45, blank=True)
    device = models.CharField(_("Device"), max_length=300, blank=True)

    class Personal:
        fields: ClassVar = {
            "address": "to find misuse of an account",
            "device": "to find misuse of an account",
        }
        retention = "sign_in_log"

    class Meta:
        verbose_name = _("Sign-in record")
        indexes: ClassVar = [
            models.Index(fields=["at"], name="access_sign_in_at"),
            models.Index(fields=["account", "at"], name="access_sign_in_account"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_act_display()}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self, on: date) -> Self:
        return self.filter(revoked_at__isnull=True, valid_to__gt=on)


class ApiToken(models.Model):
    """By which a machine calls the API for an account, until before `valid_to`.

    digest: of the token, which is shown once and kept nowhere. scopes: keys of
    `registry.ApiScope`; what the account's roles do not allow, no scope opens.
    """

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="api_tokens", verbose_name=_("Account")
    )
    name = models.CharField(_("Name of the token"), max_length=64)
    scopes = models.JSONField(_("Scopes"), default=list)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("Made at"))
    valid_to = models.DateField(_("Until"))
    last_used_at = models.DateTimeField(_("Last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Revoked at"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "account"
        not_personal = ("name",)

    class Meta:
        verbose_name = _("API token")

    def __str__(self) -> str:
        return self.name


class PastPassword(models.Model):
    """A password that an account had, as a salted hash, so that it is not taken again."""

    account = models.ForeignKey(
        Account,
        models.CASCADE,
        related_name="past_passwords",
        verbose_name=_("Account"),
    )
    password = models.CharField(max_length=128)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "past_passwords"

    class Meta:
        verbose_name = _("Past password")

    def __str__(self) -> str:
        return str(self.account)
