"""What the trail keeps of accounts. The subject is the account ("account:12")."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class AccountCreated(Event):
    key = "access.account_created"
    label = _("Account created")
    person_id: int | None
    is_service: bool = False


@dataclass(frozen=True)
class RoleGranted(Event):
    key = "access.role_granted"
    label = _("Role granted")
    grant_id: int
    role: str
    region_code: str
    organisation_code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class GrantEnded(Event):
    key = "access.grant_ended"
    label = _("Role ended")
    grant_id: int
    role: str
    valid_to: date


@dataclass(frozen=True)
class RoleDelegated(Event):
    """Kept of both accounts: whose role it is, and who stands in."""

    key = "access.role_delegated"
    label = _("Role delegated")
    grant_id: int
    role: str
    from_account: int
    to_account: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class DelegationWithdrawn(Event):
    key = "access.delegation_withdrawn"
    label = _("Delegation withdrawn")
    grant_id: int
    role: str
    from_account: int
    to_account: int


@dataclass(frozen=True)
class AccountDeactivated(Event):
    key = "access.account_deactivated"
    label = _("Account closed to sign-in")


@dataclass(frozen=True)
class AccountReactivated(Event):
    key = "access.account_reactivated"
    label = _("Account opened to sign-in")


@dataclass(frozen=True)
class PasswordSet(Event):
    """by_self: the person changed their own, rather than being given one."""

    key = "access.password_set"
    label = _("Password set")
    by_self: bool


@dataclass(frozen=True)
class SignedIn(Event):
    key = "access.signed_in"
    label = _("Signed in")


@dataclass(frozen=True)
class SignInBlocked(Event):
    """Too many wrong passwords from one address; the address is not kept here."""

    key = "access.sign_in_blocked"
    label = _("Sign-in blocked for a while")
    failures: int


@dataclass(frozen=True)
class FactorAdded(Event):
    """factor: totp, webauthn or recovery_codes."""

    key = "access.factor_added"
    label = _("Second factor added")
    factor: str


@dataclass(frozen=True)
class FactorRemoved(Event):
    key = "access.factor_removed"
    label = _("Second factor removed")
    factor: str


@dataclass(frozen=True)
class FactorsReset(Event):
    """By somebody else, when a device is lost; the account's sessions end."""

    key = "access.factors_reset"
    label = _("Second factors reset")


@dataclass(frozen=True)
class TokenMade(Event):
    """Never the token, nor what could be made of it."""

    key = "access.token_made"
    label = _("API token made")
    token_id: int
    scopes: list[str]
    valid_to: date


@dataclass(frozen=True)
class TokenRevoked(Event):
    key = "access.token_revoked"
    label = _("API token revoked")
    token_id: int


@dataclass(frozen=True)
class IdentityLinked(Event):
    key = "access.identity_linked"
    label = _("Enterprise identity linked")
    provider: str


@dataclass(frozen=True)
class IdentityUnlinked(Event):
    key = "access.identity_unlinked"
    label = _("Enterprise identity unlinked")
    provider: str
