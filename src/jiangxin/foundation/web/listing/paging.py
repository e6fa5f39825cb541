"""Which rows a page shows, in an order that never lets one slip or come twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy

from jiangxin.foundation.web.listing.columns import Column

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Slice:
    """One page of rows. count: of all rows; is_more: the true count is higher yet."""

    rows: Sequence[Any]
    count: int
    is_more: bool
    number: int
    pages: int
    size: int

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.count else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.count else 0

    @property
    def numbers(self) -> list[int | None]:
        """Page numbers to offer: both ends and those around; None is a gap."""
        around = range(self.number - 1, self.number + 2)
        wanted = [n for n in sorted({1, self.pages, *around}) if 1 <= n <= self.pages]
        offered: list[int | None] = []
        for n in wanted:
            if offered and n - (offered[-1] or 0) > 1:
                offered.append(None)
            offered.append(n)
        return offered


def ordered(rows: Rows, column: Column | None, *, falling: bool) -> Rows:
    """Sort by the column, then by primary key, so that the order is total."""
    fields = [*(column.sort if column else ()), "pk"]
    is_filled = column is not None and column.is_never_empty
    return rows.order_by(
        *(_term(rows, name, falling=falling, is_filled=is_filled) for name in fields)
    )


def _term(rows: Rows, name: str, *, falling: bool, is_filled: bool) -> OrderBy | str:
    falls = falling != name.startswith("-")
    name = name.removeprefix("-")
    if is_filled or not _may_be_null(rows, name):
        return f"-{name}" if falls else name
    # SQLite and PostgreSQL differ on where nothing comes; people want it at the end.
    term = F(name)
    return term.desc(nulls_last=True) if falls else term.asc(nulls_last=True)


def _may_be_null(rows: Rows, name: str) -> bool:
    try:
        return bool(getattr(rows.model._meta.get_field(name), "null", False))
    except FieldDoesNotExist:
        return name != "pk"


def take(rows: Rows, *, number: int, size: int, count_limit: int) -> Slice:
    """Return page `number` of rows that are already ordered, in two queries.

    number: from 1; one past the end gives the last page. Only primary keys are sorted
    and skipped, and from the nearer end, so that late pages cost little more than
    early ones and wide rows are read for one page only.
    """
    count = rows.order_by().values("pk")[: count_limit + 1].count()
    is_more = count > count_limit
    count = min(count, count_limit)
    pages = max(1, -(-count // size))
    number = max(1, min(number, pages))
    start = (number - 1) * size
    stop = min(start + size, count)
    if count == 0:
        return Slice([], 0, is_more=False, number=1, pages=1, size=size)
    keys = rows.values("pk")
    if start > count // 2 and not is_more:
        nearest = keys.reverse()[count - stop : count - start]
    else:
        nearest = keys[start:stop]
    return Slice(
        list(rows.filter(pk__in=nearest)),
        count,
        is_more=is_more,
        number=number,
        pages=pages,
        size=size,
    )
