"""Whose profiles change by themselves when a day passes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Q

from jiangxin.foundation.parts import brought
from jiangxin.kernel.policy.registry.attributes import SEPARATOR, Attribute
from jiangxin.kernel.policy.rules.ages import months_before

# Months differ by three days: better to look at a person too many.
SLACK = timedelta(days=4)


@dataclass(frozen=True)
class DatedRows:
    """Brought for every model that attributes read as of a day.

    person: the column with the person's number. starts, ends: the first day on which a
    row counts, and the first on which it does no longer; "" when there is none. Families
    may count a row for some months after it started.
    """

    model: type[Model]
    person: str = "person_id"
    starts: str = "valid_from"
    ends: str = "valid_to"

    def moved_between(
        self, before: date, on: date, months: Collection[int]
    ) -> Iterator[int]:
        passed = _within(self.starts, before, on)
        if self.ends:
            passed |= _within(self.ends, before, on)
        for count in months:
            since = months_before(before, count) - SLACK
            passed |= _within(self.starts, since, months_before(on, count) + SLACK)
        rows = self.model._base_manager.filter(passed).order_by()  # noqa: SLF001 -- Django's name for it
        yield from rows.exclude(**{self.person: None}).values_list(
            self.person, flat=True
        )


def _within(column: str, after: date, until: date) -> Q:
    return Q(**{f"{column}__gt": after, f"{column}__lte": until})


def moved_between(
    before: date, on: date, attributes: Collection[Attribute]
) -> set[int]:
    """Return whose profiles the days after `before`, up to `on`, may have changed."""
    given = {part for one in attributes for part in one.key.split(SEPARATOR)[1:]}
    months = sorted(int(part) for part in given if part.isdigit())
    return {
        pk
        for rows in brought(DatedRows)
        for pk in rows.moved_between(before, on, months)
    }
