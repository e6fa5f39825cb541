"""Keeping `Person.region_code`: where each person is counted."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from jiangxin.foundation.db import Among, needs_transaction
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.registry import PeopleChange


@needs_transaction
def follow_people(change: PeopleChange) -> None:
    """Count changed people where their employer, or else their union, lies now.

    Those who have neither any more stay where they were: somebody must find them.
    """
    moved = list(_moved(change.person_ids))
    if moved:
        table = Person._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET region_code = %s WHERE id = %s",  # noqa: S608 -- our own name
                moved,
            )


def _moved(person_ids: Sequence[int]) -> QuerySet[Person, tuple[str, int]]:
    """Return region and id of those who are counted elsewhere than they should be."""
    people = Person.objects.alias(
        job=FilteredRelation(
            "employments", condition=Q(employments__valid_to__isnull=True)
        ),
        membership=FilteredRelation(
            "memberships", condition=Q(memberships__valid_to__isnull=True)
        ),
    ).annotate(here=Coalesce("job__organisation__region", "membership__union__region"))
    # Not "differs", which Django would pad with questions about nulls: where there is
    # no "here", neither comparison holds, and the person stays.
    differs = Q(here__lt=F("region_code")) | Q(here__gt=F("region_code"))
    return people.filter(differs, Among(F("pk"), person_ids)).values_list("here", "pk")
