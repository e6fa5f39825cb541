"""The merges of somebody's records."""

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.register.models import PersonMerge
from jiangxin.kernel.register.permissions import MERGE_PEOPLE
from jiangxin.kernel.register.queries.visibility import people_visible_to


def merges_into(person_id: int) -> QuerySet[PersonMerge]:
    """Return the merges that stand of others into this person, newest first."""
    standing = PersonMerge.objects.filter(kept=person_id, undone_at__isnull=True)
    return standing.select_related("merged").order_by("-pk")


def get_merge(merge_id: int, *, visible_to: Actor) -> PersonMerge:
    """Return a merge whose kept record the actor may part again. Raises NotFound."""
    people = people_visible_to(visible_to, MERGE_PEOPLE).values("pk")
    merges = PersonMerge.objects.select_related("kept", "merged")
    found = merges.filter(pk=merge_id, kept__in=people).first()
    if found is None:
        raise NotFound
    return found
