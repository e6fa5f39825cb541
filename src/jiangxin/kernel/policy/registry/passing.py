"""Whose profiles change by themselves when a day passes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q

from jiangxin.foundation.parts import brought
from jiangxin.kernel.policy.registry.attributes import Attribute


@dataclass(frozen=True)
class DatedRows:
    """Brought for every model that attributes read as of a day.

    person: the column with the person's number. starts, ends: the first day on which a
    row counts, and the first on which it does no longer; "" when there is none. What
    changes on other days is said by the attribute itself, as `passes`.
    """

    model: type[Model]
    person: str = "person_id"
    starts: str = "valid_from"
    ends: str = "valid_to"

    def moved_between(self, before: date, on: date) -> Iterator[int]:
        passed = _within(self.starts, before, on)
        if self.ends:
            passed |= _within(self.ends, before, on)
        rows = self.model._base_manager.filter(passed).order_by()  # noqa: SLF001 -- Django's name for it
        known = rows.exclude(**{self.person: None})
        yield from known.values_list(self.person, flat=True)


def _within(column: str, after: date, until: date) -> Q:
    return Q(**{f"{column}__gt": after, f"{column}__lte": until})


def moved_between(
    before: date, on: date, attributes: Collection[Attribute]
) -> set[int]:
    """Return whose profiles the days after `before`, up to `on`, may have changed."""
    found = {pk for rows in brought(DatedRows) for pk in rows.moved_between(before, on)}
    for one in attributes:
        if one.passes:
            found.update(one.passes(before, on))
    return found
