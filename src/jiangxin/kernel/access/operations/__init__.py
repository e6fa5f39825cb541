"""Writes: accounts, grants, signing in."""

from jiangxin.kernel.access.operations.accounts import (
    NameEmpty,
    NameTaken,
    OwnAccount,
    PasswordTooWeak,
    PasswordWrong,
    PersonHasAccount,
    change_own_password,
    create_account,
    deactivate_account,
    reactivate_account,
    set_password,
)
from jiangxin.kernel.access.operations.attempts import TooManyAttempts
from jiangxin.kernel.access.operations.grants import (
    DatesOutOfOrder,
    GrantEndedAlready,
    GrantExists,
    OwnGrant,
    PersonMissing,
    PlaceDoesNotFit,
    PlaceUnknown,
    RolesKeptApart,
    end_grant,
    grant_role,
)
from jiangxin.kernel.access.operations.sign_in import SignInRefused, check_sign_in

__all__ = [
    "DatesOutOfOrder",
    "GrantEndedAlready",
    "GrantExists",
    "NameEmpty",
    "NameTaken",
    "OwnAccount",
    "OwnGrant",
    "PasswordTooWeak",
    "PasswordWrong",
    "PersonHasAccount",
    "PersonMissing",
    "PlaceDoesNotFit",
    "PlaceUnknown",
    "RolesKeptApart",
    "SignInRefused",
    "TooManyAttempts",
    "change_own_password",
    "check_sign_in",
    "create_account",
    "deactivate_account",
    "end_grant",
    "grant_role",
    "reactivate_account",
    "set_password",
]
