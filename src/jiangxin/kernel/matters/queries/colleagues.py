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
    roles = [str(role) for role, held in ROLES.items() if HANDLE in held.permissions]
    day = today(timezone.now())
    places = [
        matter.region_code[:length] for length in range(len(matter.region_code) + 1)
    ]
    held = RoleGrant.objects.in_force(day)
    grants = held.filter(role__in=roles, region_code__in=places)
    holders = Account.objects.filter(is_active=True, pk__in=grants.values("account"))
    return holders.order_by("display_name", "pk")
