"""The profile: one flat row of attributes a person or organisation, as of a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.registry import Attribute, attribute
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.models import Organisation, Person


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


def profile_of(
    subject_id: int,
    policies: Sequence[Policy],
    on: date,
    subject: Subject = Subject.PERSON,
) -> dict[str, Any]:
    """Return one subject's values for all that the policies read, in one query.

    Raises NotFound.
    """
    wanted = attributes_of(policies)
    rows: QuerySet[Any] = Person.objects.filter(pk=subject_id)
    if subject is Subject.ORGANISATION:
        rows = Organisation.objects.filter(pk=subject_id)
    row = profiles(rows, wanted, on).first()
    if row is None:
        raise NotFound
    return dict(zip([one.key for one in wanted], row[1:], strict=True))
