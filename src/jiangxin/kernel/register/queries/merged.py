"""Where the records went that were merged into others."""

from django.db.models import QuerySet

from jiangxin.kernel.register.models import Person


def numbers_now(people: QuerySet[Person]) -> list[int]:
    """Return the person numbers under which those people are kept now, each once.

    people: of `Person.every`.
    """
    found: dict[int, None] = {}
    for number, merged_into in people.values_list("pk", "merged_into"):
        found[number if merged_into is None else present_number(merged_into)] = None
    return list(found)


def present_number(person_id: int) -> int:
    """Return under which number somebody is kept now; their own, if not merged."""
    while (after := _merged_into(person_id)) is not None:
        person_id = after
    return person_id


def _merged_into(person_id: int) -> int | None:
    found = Person.every.filter(pk=person_id).values_list("merged_into", flat=True)
    return found.first()
