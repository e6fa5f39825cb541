"""Who may be given a matter."""

from django.db.models import QuerySet
from django.utils import timezone

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.roles import ROLES
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.permissions import HANDLE


def colleagues_for(matter: Matter) -> QuerySet[Account]:
    """Return the accounts that may handle matters where this one lies, today."""
    return holders_at(matter.region_code, HANDLE)


def holders_at(region_code: str, permission: str) -> QuerySet[Account]:
    """Return the accounts that hold a permission for a region that covers this one."""
    roles = [
        str(role) for role, held in ROLES.items() if permission in held.permissions
    ]
    places = [region_code[:length] for length in range(len(region_code) + 1)]
    held = RoleGrant.objects.in_force(today(timezone.now()))
    grants = held.filter(role__in=roles, region_code__in=places, organisation_code="")
    holders = Account.objects.filter(is_active=True, pk__in=grants.values("account"))
    return holders.order_by("display_name", "pk")
