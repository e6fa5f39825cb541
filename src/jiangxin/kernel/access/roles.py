"""What each role is for, what it must be held for, and what it may do: the one table.

The three administrators are kept apart, and apart from the register: one creates
accounts, another grants roles, the third looks at what was done. None sees a worker's
record. `docs/reference/permissions.md` is generated from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Text
from jiangxin.kernel.access.enums import Role, ScopeKind


@dataclass(frozen=True)
class RoleMeaning:
    """description: for those who decide whom to give it. permissions: their keys."""

    description: Text
    scope: ScopeKind
    permissions: frozenset[str]


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


_READ_REGISTER = _keys(
    """
    access.use_api
    register.view_people
    register.view_organisations
    credentials.view
    policy.view
    """
)
_KEEP_ROSTER = _keys(
    """
    register.import_rosters
    jobs.view
    """
)

_WINDOW = _keys(
    """
    matters.view
    matters.handle
    matters.decide
    matters.file
    ratings.view
    counter.serve
    counter.answer_questions
    counter.view_board
    privacy.record_requests
    """
)

ROLES: Mapping[Role, RoleMeaning] = {
    Role.SYSTEM_ADMINISTRATOR: RoleMeaning(
        _(
            "Keeps the platform running: creates and closes accounts, sets forgotten "
            "passwords, looks after background jobs. Grants no roles and sees no "
            "register data."
        ),
        ScopeKind.EVERYWHERE,
        _keys(
            """
            access.use_desk
            access.view_accounts
            access.manage_accounts
            access.manage_tokens
            credentials.manage_keys
            jobs.view
            jobs.view_any
            clock.load_notices
            """
        ),
    ),
    Role.SECURITY_ADMINISTRATOR: RoleMeaning(
        _(
            "Decides who may do what: grants and ends roles. Creates no accounts and "
            "sees no register data."
        ),
        ScopeKind.EVERYWHERE,
        _keys("access.use_desk access.view_accounts access.grant_roles"),
    ),
    Role.AUDITOR: RoleMeaning(
        _(
            "Looks at who did what, who holds which role, and who was shown or exported "
            "personal data. Changes nothing and sees no register data."
        ),
        ScopeKind.EVERYWHERE,
        _keys(
            """
            access.use_desk
            access.view_accounts
            access.view_sign_ins
            privacy.view_uses
            """
        ),
    ),
    Role.FEDERATION_LEADER: RoleMeaning(
        _(
            "Sees the register and whom policies serve in the region, and approves "
            "policies; changes nothing else."
        ),
        ScopeKind.REGION,
        _keys(
            """
            access.use_desk
            policy.publish
            matters.view
            matters.assign
            ratings.view
            ratings.follow
            counter.view_board
            """
        )
        | _READ_REGISTER,
    ),
    Role.FEDERATION_OFFICER: RoleMeaning(
        _(
            "Keeps the register of the region: organisations, people, rosters and "
            "credentials; writes policies, approves those of others, and follows whom "
            "they serve."
        ),
        ScopeKind.REGION,
        _keys(
            """
            access.use_desk
            register.manage_people
            register.unmask_people
            register.merge_people
            register.manage_organisations
            credentials.record
            credentials.issue
            credentials.revoke
            policy.decide
            policy.edit
            policy.publish
            privacy.answer_requests
            corrections.decide
            matters.assign
            ratings.follow
            counter.manage
            """
        )
        | _READ_REGISTER
        | _KEEP_ROSTER
        | _WINDOW,
    ),
    Role.TOWN_UNION_CLERK: RoleMeaning(
        _("Keeps people and rosters of one town's unions and employers."),
        ScopeKind.REGION,
        _keys(
            """
            access.use_desk
            register.manage_people
            register.unmask_people
            register.merge_people
            credentials.record
            corrections.decide
            """
        )
        | _READ_REGISTER
        | _KEEP_ROSTER,
    ),
    Role.WINDOW_CLERK: RoleMeaning(
        _(
            "Works at the service window: accepts applications, tells applicants once "
            "what is missing, decides what is decided at the window, hands out."
        ),
        ScopeKind.REGION,
        _keys("access.use_desk") | _READ_REGISTER | _WINDOW,
    ),
    Role.UNION_CLERK: RoleMeaning(
        _(
            "Keeps the roster of one organisation, sees whom policies serve there, and "
            "applies at the service window on its behalf."
        ),
        ScopeKind.ORGANISATION,
        _keys("access.use_desk matters.file") | _READ_REGISTER | _KEEP_ROSTER,
    ),
    Role.WORKER: RoleMeaning(
        _(
            "Sees their own record, what they are entitled to and why, and applies for "
            "what is offered to workers."
        ),
        ScopeKind.SELF,
        _keys(
            "access.use_portal register.view_own_record policy.view_own matters.apply"
        ),
    ),
}

# Whoever runs the platform, hands out its powers or looks over both does nothing else.
ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR}
)

# Whom a colleague may stand in for: neither the administrators, whose separation it
# would undo, nor a worker, who is a person and no office.
MAY_BE_DELEGATED = frozenset(Role) - ADMINISTRATORS - {Role.WORKER}


def may_be_held_together(one: Role, other: Role) -> bool:
    """Return whether one account may hold both roles at the same time.

    An administrator may also be a worker, and hold no other role beside.
    """
    if one == other or Role.WORKER in {one, other}:
        return True
    return not ({one, other} & ADMINISTRATORS)
