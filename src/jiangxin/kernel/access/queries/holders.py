"""Which accounts may do something, for those who have to tell them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from jiangxin.foundation.actor import Scope
from jiangxin.kernel.access.models import RoleGrant
from jiangxin.kernel.access.queries import held_roles
from jiangxin.kernel.access.roles import ROLES


def holders_of(permission: str, *, on: date) -> Mapping[int, tuple[Scope, ...]]:
    """Return where each account holds a permission on a day, by its number.

    Of people's accounts that may sign in: nobody reads what a service account is told.
    """
    roles = [role for role, one in ROLES.items() if permission in one.permissions]
    grants = RoleGrant.objects.in_force(on).filter(
        role__in=roles, account__is_active=True, account__is_service=False
    )
    held: dict[int, list[Scope]] = defaultdict(list)
    for grant in grants.order_by("account", "pk"):
        held[grant.account_id] += [each.scope for each in held_roles([grant])]
    return {account: tuple(scopes) for account, scopes in held.items() if scopes}


def accounts_that_may(
    permission: str, *, region_code: str = "", organisation_code: str = "", on: date
) -> list[int]:
    """Return the numbers of the accounts that hold a permission for a place."""
    return [
        account
        for account, scopes in holders_of(permission, on=on).items()
        if any(
            scope.covers(region_code=region_code, organisation_code=organisation_code)
            for scope in scopes
        )
    ]
