"""Granting and ending roles."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor, Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.parts import brought
from jiangxin.kernel.access import events, permissions, queries, rules
from jiangxin.kernel.access.enums import Role, ScopeKind
from jiangxin.kernel.access.models import RoleGrant
from jiangxin.kernel.access.operations.shared_steps import locked, note
from jiangxin.kernel.access.registry import NamesPlaces
from jiangxin.kernel.access.roles import ROLES, may_be_held_together


class PlaceDoesNotFit(Refused):
    code = "access.place_does_not_fit"
    text = _("“%(role)s” is held for %(scope)s: give that and nothing else.")


class PlaceUnknown(Refused):
    code = "access.place_unknown"
    text = _("The register knows no place with the code %(code)s. Check the code.")


class PersonMissing(Refused):
    code = "access.person_missing"
    text = _(
        "“%(role)s” is for someone in the register: create the account with its "
        "person number."
    )


class DatesOutOfOrder(Refused):
    code = "access.dates_out_of_order"
    text = _("The last date must not be before the first.")


class GrantExists(Refused):
    code = "access.grant_exists"
    text = _("The account holds this role for this place in that time already.")


class RolesKeptApart(Refused):
    code = "access.roles_kept_apart"
    text = _(
        "“%(role)s” and “%(held)s” are kept apart. End the one first, or grant this "
        "one to another account."
    )


class OwnGrant(Refused):
    code = "access.own_grant"
    text = _("Nobody grants roles to themselves. Ask another security administrator.")


class GrantEndedAlready(Refused):
    code = "access.grant_ended_already"
    text = _("This role ended on %(on)s already.")


@opens_transaction
def grant_role(
    *,
    account_id: int,
    role: Role,
    actor: Actor,
    now: datetime,
    region_code: str = "",
    organisation_code: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give an account one role for one place, from a day until before another.

    valid_from: today unless given. valid_to: the first day without it; None: no end.
    Raises NotPermitted, NotFound, OwnGrant, PlaceDoesNotFit, PlaceUnknown,
    PersonMissing, DatesOutOfOrder, GrantExists, RolesKeptApart.
    """
    permissions.check_grant_roles(actor)
    account = locked(account_id)
    if account.pk == actor.account_id:
        raise OwnGrant
    grant = RoleGrant(
        account=account,
        role=role,
        region_code=region_code.strip(),
        organisation_code=organisation_code.strip(),
        valid_from=valid_from or today(now),
        valid_to=valid_to,
    )
    _check_place(grant)
    if role == Role.WORKER and account.person_id is None:
        raise PersonMissing(role=role.label)
    if grant.valid_to is not None and grant.valid_to <= grant.valid_from:
        raise DatesOutOfOrder
    check_beside_others(grant)
    grant.save(force_insert=True)
    event = events.RoleGranted(
        grant_id=grant.pk,
        role=grant.role,
        region_code=grant.region_code,
        organisation_code=grant.organisation_code,
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
    )
    note(event, account.pk, actor=actor, now=now)
    return grant


def _check_place(grant: RoleGrant) -> None:
    kind = ROLES[Role(grant.role)].scope
    given = (bool(grant.region_code), bool(grant.organisation_code))
    wanted = (kind == ScopeKind.REGION, kind == ScopeKind.ORGANISATION)
    if given != wanted:
        raise PlaceDoesNotFit(role=grant.get_role_display(), scope=kind.label)
    place = Scope(grant.region_code, grant.organisation_code)
    # Without a part that knows places, any code is taken at its word.
    if any(given) and brought(NamesPlaces) and not queries.place_names([place]):
        raise PlaceUnknown(code=grant.region_code or grant.organisation_code)


def check_beside_others(grant: RoleGrant) -> None:
    """Raise RolesKeptApart or GrantExists, because of what the account holds besides."""
    period = (grant.valid_from, grant.valid_to)
    for held in grant.account.grants.all():
        if not rules.overlap(period, (held.valid_from, held.valid_to)):
            continue
        if not may_be_held_together(Role(grant.role), Role(held.role)):
            raise RolesKeptApart(
                role=grant.get_role_display(), held=held.get_role_display()
            )
        if _what(held) == _what(grant):
            raise GrantExists


def _what(grant: RoleGrant) -> tuple[str, str, str]:
    return grant.role, grant.region_code, grant.organisation_code


@opens_transaction
def end_grant(
    *, grant_id: int, actor: Actor, now: datetime, valid_to: date | None = None
) -> RoleGrant:
    """End a role: it is no longer held from `valid_to` on, which is today unless given.

    A role that was to begin later never begins.
    Raises NotPermitted, NotFound, OwnGrant, GrantEndedAlready, DatesOutOfOrder.
    """
    permissions.check_grant_roles(actor)
    grant = (
        RoleGrant.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=grant_id)
        .first()
    )
    if grant is None:
        raise NotFound
    if grant.account.pk == actor.account_id:
        raise OwnGrant
    day = today(now)
    if grant.valid_to is not None and grant.valid_to <= day:
        raise GrantEndedAlready(on=grant.valid_to)
    if valid_to is not None and valid_to < day:
        raise DatesOutOfOrder
    grant.valid_to = max(valid_to or day, grant.valid_from)
    grant.save(update_fields=["valid_to"])
    event = events.GrantEnded(
        grant_id=grant.pk, role=grant.role, valid_to=grant.valid_to
    )
    note(event, grant.account.pk, actor=actor, now=now)
    for lent in grant.delegations.filter(valid_to__gt=grant.valid_to):
        _end_with(grant.valid_to, lent, actor=actor, now=now)
    return grant


def _end_with(end: date, lent: RoleGrant, *, actor: Actor, now: datetime) -> None:
    """Nobody stands in for who does not hold the role any more."""
    lent.valid_to = max(end, lent.valid_from)
    lent.save(update_fields=["valid_to"])
    event = events.GrantEnded(grant_id=lent.pk, role=lent.role, valid_to=lent.valid_to)
    note(event, lent.account_id, actor=actor, now=now)
