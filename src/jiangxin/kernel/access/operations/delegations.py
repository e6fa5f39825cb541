"""Lending one's role to a colleague while one is away."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.kernel.access import events
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.operations.grants import (
    DatesOutOfOrder,
    GrantEndedAlready,
    check_beside_others,
)
from jiangxin.kernel.access.operations.shared_steps import locked, note
from jiangxin.kernel.access.roles import MAY_BE_DELEGATED
from jiangxin.kernel.access.rules import sign_in_name


class NotYoursToDelegate(Refused):
    code = "access.not_yours_to_delegate"
    text = _(
        "“%(role)s” cannot be delegated: only what you hold yourself can, and no "
        "administrator's role."
    )


class DeputyUnknown(Refused):
    code = "access.deputy_unknown"
    text = _(
        "Nobody else who may sign in has the sign-in name “%(username)s”. Ask your "
        "colleague how theirs is written."
    )


class DelegationInThePast(Refused):
    code = "access.delegation_in_the_past"
    text = _("A delegation begins today at the earliest.")


class BeyondOwnGrant(Refused):
    code = "access.beyond_own_grant"
    text = _(
        "You hold the role until %(on)s yourself: delegate it no longer than that."
    )


@opens_transaction
def delegate_role(
    *,
    grant_id: int,
    username: str,
    valid_to: date,
    actor: Actor,
    now: datetime,
    valid_from: date | None = None,
) -> RoleGrant:
    """Lend one's own role, at its place, to the account of a sign-in name for a time.

    valid_from: today unless given. valid_to: the first day without it.
    Raises NotFound (not one's own), NotYoursToDelegate, DeputyUnknown,
    DelegationInThePast, DatesOutOfOrder, BeyondOwnGrant, GrantExists, RolesKeptApart.
    """
    own = _locked_grant(grant_id)
    if actor.account_id is None or own.account_id != actor.account_id:
        raise NotFound
    day = today(now)
    _check_lendable(own, day)
    delegation = RoleGrant(
        account=_deputy(username, actor),
        role=own.role,
        region_code=own.region_code,
        organisation_code=own.organisation_code,
        valid_from=valid_from or day,
        valid_to=valid_to,
        delegated_from=own,
    )
    if delegation.valid_from < day:
        raise DelegationInThePast
    if valid_to <= delegation.valid_from:
        raise DatesOutOfOrder
    if own.valid_to is not None and valid_to > own.valid_to:
        raise BeyondOwnGrant(on=own.valid_to)
    check_beside_others(delegation)
    delegation.save(force_insert=True)
    event = events.RoleDelegated(
        grant_id=delegation.pk,
        role=own.role,
        from_account=own.account_id,
        to_account=delegation.account_id,
        valid_from=delegation.valid_from,
        valid_to=valid_to,
    )
    for account_id in (own.account_id, delegation.account_id):
        note(event, account_id, actor=actor, now=now)
    return delegation


def _check_lendable(own: RoleGrant, day: date) -> None:
    is_held = own.valid_from <= day and (own.valid_to is None or own.valid_to > day)
    is_lent = own.delegated_from_id is not None
    if not is_held or is_lent or own.role not in MAY_BE_DELEGATED:
        raise NotYoursToDelegate(role=own.get_role_display())


def _deputy(username: str, actor: Actor) -> Account:
    found = Account.objects.filter(
        username=sign_in_name(username), is_active=True
    ).first()
    if found is None or found.pk == actor.account_id:
        raise DeputyUnknown(username=username)
    return locked(found.pk)


@opens_transaction
def withdraw_delegation(*, grant_id: int, actor: Actor, now: datetime) -> RoleGrant:
    """Take back what one lent: it ends today, or never begins.

    Raises NotFound (not lent by the actor), GrantEndedAlready.
    """
    lent = _locked_grant(grant_id)
    own = lent.delegated_from
    if own is None or actor.account_id is None or own.account_id != actor.account_id:
        raise NotFound
    day = today(now)
    if lent.valid_to is not None and lent.valid_to <= day:
        raise GrantEndedAlready(on=lent.valid_to)
    lent.valid_to = max(day, lent.valid_from)
    lent.save(update_fields=["valid_to"])
    event = events.DelegationWithdrawn(
        grant_id=lent.pk,
        role=lent.role,
        from_account=own.account_id,
        to_account=lent.account_id,
    )
    for account_id in (own.account_id, lent.account_id):
        note(event, account_id, actor=actor, now=now)
    return lent


def _locked_grant(grant_id: int) -> RoleGrant:
    found = (
        RoleGrant.objects.select_for_update(of=("self",))
        .select_related("delegated_from")
        .filter(pk=grant_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found
