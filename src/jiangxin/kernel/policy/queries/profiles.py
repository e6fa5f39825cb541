"""The profile: one flat row of attributes a person or organisation, as of a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from jiangxin.kernel.policy.registry import Attribute, attribute
from jiangxin.kernel.policy.rules.tree import Policy


def attributes_of(policies: Sequence[Policy]) -> list[Attribute]:
    """Return what these policies read, each once."""
    keys = [key for policy in policies for key in policy.attributes()]
    return [attribute(key) for key in dict.fromkeys(keys)]


def profiles(
    subjects: QuerySet[Any], attributes: Sequence[Attribute], on: date
) -> QuerySet[Any, tuple[Any, ...]]:
    """Return rows of number and attributes, in the order given."""
    relations = {
        relation.name: relation.make(on)
        for one in attributes
        for relation in one.through
    }
    # Keys share names with columns of the register, and a family's hold what Django
    # reads as the way through a relation: so they are numbered.
    computed: dict[str, Any] = {
        f"attribute_{number}": one.compute(on) for number, one in enumerate(attributes)
    }
    rows = subjects.alias(**relations).annotate(**computed)
    found: QuerySet[Any, tuple[Any, ...]] = rows.order_by()
    return found.values_list("pk", *computed)
