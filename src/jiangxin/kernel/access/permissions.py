"""May this actor come in, and act on accounts? Accounts belong to no place."""

from jiangxin.foundation.actor import Actor, allows, holds, may
from jiangxin.foundation.errors import NotPermitted

USE_DESK = "access.use_desk"
USE_PORTAL = "access.use_portal"
VIEW_ACCOUNTS = "access.view_accounts"
MANAGE_ACCOUNTS = "access.manage_accounts"
GRANT_ROLES = "access.grant_roles"
VIEW_SIGN_INS = "access.view_sign_ins"


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


can_use_desk = allows(check_use_desk)
can_use_portal = allows(check_use_portal)
can_manage_accounts = allows(check_manage_accounts)
can_grant_roles = allows(check_grant_roles)
can_view_sign_ins = allows(check_view_sign_ins)
