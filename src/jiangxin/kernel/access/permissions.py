"""May this actor come in, and act on accounts? Accounts belong to no place."""

from jiangxin.foundation.actor import Actor, allows, holds, may
from jiangxin.foundation.errors import NotPermitted
from jiangxin.kernel.access.models import Account

USE_DESK = "access.use_desk"
USE_PORTAL = "access.use_portal"
VIEW_ACCOUNTS = "access.view_accounts"
MANAGE_ACCOUNTS = "access.manage_accounts"
GRANT_ROLES = "access.grant_roles"
VIEW_SIGN_INS = "access.view_sign_ins"
USE_API = "access.use_api"
MANAGE_TOKENS = "access.manage_tokens"


def check_use_desk(actor: Actor) -> None:
    """Whoever holds a role of the staff, wherever it may be."""
    if not holds(actor, USE_DESK):
        raise NotPermitted(USE_DESK)


def check_use_portal(actor: Actor) -> None:
    """Workers."""
    if not holds(actor, USE_PORTAL):
        raise NotPermitted(USE_PORTAL)


def check_view_accounts(actor: Actor) -> None:
    """The three administrators."""
    if not may(actor, VIEW_ACCOUNTS):
        raise NotPermitted(VIEW_ACCOUNTS)


def check_manage_accounts(actor: Actor) -> None:
    """The system administrator."""
    if not may(actor, MANAGE_ACCOUNTS):
        raise NotPermitted(MANAGE_ACCOUNTS)


def check_grant_roles(actor: Actor) -> None:
    """The security administrator."""
    if not may(actor, GRANT_ROLES):
        raise NotPermitted(GRANT_ROLES)


def check_view_sign_ins(actor: Actor) -> None:
    """The auditor."""
    if not may(actor, VIEW_SIGN_INS):
        raise NotPermitted(VIEW_SIGN_INS)


def check_use_api(actor: Actor) -> None:
    """Whoever may look at the register, by a token of their own as at the desk."""
    if not holds(actor, USE_API):
        raise NotPermitted(USE_API)


def check_make_token(actor: Actor, account: Account) -> None:
    """One's own; for a service account, which cannot ask, the system administrator.

    Nobody makes tokens for other people: whoever could would act in their name.
    """
    if account.is_service:
        if not may(actor, MANAGE_TOKENS):
            raise NotPermitted(MANAGE_TOKENS)
    elif account.pk == actor.account_id:
        check_use_api(actor)
    else:
        raise NotPermitted(USE_API)


def check_revoke_token(actor: Actor, account: Account) -> None:
    """The account's holder and the system administrator, who closes accounts too."""
    if account.pk != actor.account_id and not may(actor, MANAGE_TOKENS):
        raise NotPermitted(MANAGE_TOKENS)


can_view_accounts = allows(check_view_accounts)
can_use_api = allows(check_use_api)
can_make_token = allows(check_make_token)
can_revoke_token = allows(check_revoke_token)
can_use_desk = allows(check_use_desk)
can_use_portal = allows(check_use_portal)
can_manage_accounts = allows(check_manage_accounts)
can_grant_roles = allows(check_grant_roles)
can_view_sign_ins = allows(check_view_sign_ins)
