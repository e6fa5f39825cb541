"""What the access part brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import MenuItem, Part, Permission, erasure_of_rows
from jiangxin.kernel.access import events, permissions
from jiangxin.kernel.access.queries.logs import (
    SIGN_IN_LOG,
    failures_before,
    sign_ins_before,
)
from jiangxin.kernel.access.reference import API_PAGE, PERMISSIONS_PAGE

PART = Part(
    key="access",
    title=_("Access"),
    purpose=_("Accounts, roles and the places they are held for."),
    urls="jiangxin.kernel.access.urls",
    brings=(
        Permission(
            permissions.USE_DESK,
            _("Work at the desk"),
            _("Come in by the desk, where the staff works."),
        ),
        Permission(
            permissions.USE_PORTAL,
            _("Use the portal"),
            _("Come in by the portal, where workers see what is theirs."),
        ),
        Permission(
            permissions.VIEW_ACCOUNTS,
            _("See accounts"),
            _("All accounts, their roles and what was done to them."),
        ),
        Permission(
            permissions.MANAGE_ACCOUNTS,
            _("Manage accounts"),
            _("Create, close and open accounts, and set forgotten passwords."),
        ),
        Permission(
            permissions.GRANT_ROLES,
            _("Grant roles"),
            _("Give roles to accounts for a place and a time, and end them."),
        ),
        Permission(
            permissions.VIEW_SIGN_INS,
            _("See the sign-in log"),
            _("Every sign-in and failed attempt, with its time and network address."),
        ),
        Permission(
            permissions.USE_API,
            _("Use the API"),
            _("Make tokens by which another system sees what one may see oneself."),
        ),
        Permission(
            permissions.MANAGE_TOKENS,
            _("Manage tokens of service accounts"),
            _("Make tokens for service accounts, and revoke any token."),
        ),
        MenuItem(
            "desk",
            _("Home"),
            "access:desk-home",
            "home",
            permissions.USE_DESK,
            order=0,
        ),
        MenuItem(
            "portal",
            _("Home"),
            "access:portal-home",
            "home",
            permissions.USE_PORTAL,
            order=0,
        ),
        MenuItem(
            "desk",
            _("Accounts"),
            "access:account-list",
            "users",
            permissions.VIEW_ACCOUNTS,
            order=900,
        ),
        MenuItem(
            "desk",
            _("Delegations"),
            "access:delegation-list",
            "users",
            permissions.VIEW_ACCOUNTS,
            order=905,
        ),
        MenuItem(
            "desk",
            _("Sign-in log"),
            "access:sign-in-list",
            "login",
            permissions.VIEW_SIGN_INS,
            order=910,
        ),
        MenuItem(
            "desk",
            _("API tokens"),
            "access:token-list",
            "settings",
            permissions.VIEW_ACCOUNTS,
            order=905,
        ),
        erasure_of_rows(
            "access.failures",
            "sign_in_failures",
            _("Failed sign-ins"),
            failures_before,
        ),
        erasure_of_rows(
            "access.sign_ins", "sign_in_log", _("Sign-in log"), sign_ins_before
        ),
        SIGN_IN_LOG,
        events.AccountCreated,
        events.AccountDeactivated,
        events.AccountReactivated,
        events.DelegationWithdrawn,
        events.FactorAdded,
        events.FactorRemoved,
        events.FactorsReset,
        events.GrantEnded,
        events.IdentityLinked,
        events.IdentityUnlinked,
        events.PasswordSet,
        events.RoleDelegated,
        events.RoleGranted,
        events.SignInBlocked,
        events.SignedIn,
        events.TokenMade,
        events.TokenRevoked,
        PERMISSIONS_PAGE,
        API_PAGE,
    ),
)
