"""What a part brings so that its log is shipped with the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Log:
    """A table that only grows, and how a line of it is written.

    key: stands in every line, never renamed. fields: of one row, under names that are
    never renamed either; JSON values, no identity number, phone or bank account. Every
    line has `log`, `id` and `at` besides.
    """

    key: str
    model: type[Model]
    rows: Callable[[], QuerySet[Any]]
    fields: Callable[[Any], Mapping[str, object]]


@dataclass(frozen=True)
class Entry:
    """One event of a log on its way out."""

    log: str
    id: int
    at: datetime
    fields: Mapping[str, object]

    @property
    def content(self) -> dict[str, object]:
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return {"log": self.log, "id": self.id, "at": moment, **self.fields}
