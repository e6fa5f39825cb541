"""The profile: one flat row of attributes a person, as of a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.registry import Attribute, attribute
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.models import Person

# Attributes share names with columns of the register, so theirs are set apart.
PREFIX = "attribute_"


def attributes_of(policies: Sequence[Policy]) -> list[Attribute]:
    """Return what these policies read, each once."""
    keys = [key for policy in policies for key in policy.attributes()]
    return [attribute(key) for key in dict.fromkeys(keys)]


def profiles(
    people: QuerySet[Person], attributes: Sequence[Attribute], on: date
) -> QuerySet[Person, tuple[Any, ...]]:
    """Return rows of person number and attributes, in the order given."""
    relations = {
        relation.name: relation.make(on)
        for one in attributes
        for relation in one.through
    }
    computed: dict[str, Any] = {PREFIX + one.key: one.compute(on) for one in attributes}
    rows = people.alias(**relations).annotate(**computed)
    return rows.order_by().values_list("pk", *computed)


def profile_of(person_id: int, policies: Sequence[Policy], on: date) -> dict[str, Any]:
    """Return one person's values for all that the policies read, in one query.

    Raises NotFound.
    """
    wanted = attributes_of(policies)
    person = Person.objects.filter(pk=person_id)
    row = profiles(person, wanted, on).first()
    if row is None:
        raise NotFound
    return dict(zip([one.key for one in wanted], row[1:], strict=True))
