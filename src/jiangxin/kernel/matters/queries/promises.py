"""What was promised when a matter was accepted, and what of it is still owed."""

from django.db.models import Q

from jiangxin.kernel.matters.enums import MaterialState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.queries.matters import materials_in_force


def keys_promised(matter: Matter) -> set[str]:
    """Return the keys of all that was promised at acceptance, come since or not."""
    promised = matter.materials.filter(state=MaterialState.PROMISED)
    counted = Q(replaced_at__isnull=True)
    if matter.accepted_at is not None:
        counted |= Q(replaced_at__gte=matter.accepted_at)
    return set(promised.filter(counted).values_list("key", flat=True))


def keys_owed(matter: Matter) -> set[str]:
    """Return the keys of what was promised and is not there."""
    there = materials_in_force(matter).filter(state=MaterialState.HANDED_IN)
    return keys_promised(matter) - set(there.values_list("key", flat=True))
