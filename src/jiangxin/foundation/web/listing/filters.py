"""How a list is narrowed. A filter reads the address and answers with a `Bound`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.parts import Text

Rows = QuerySet[Any]
Choices = Sequence[tuple[Any, Text]]

MOST_SEARCH_WORDS = 5
SEARCH = gettext_lazy("Search")


def _unchanged(rows: Rows) -> Rows:
    return rows


@dataclass(frozen=True)
class Bound:
    """A filter with the values of one request.

    names: its parameters in the address. shown: the chip's text, "" when not set.
    problem: why what the address says was not understood, and so not applied.
    """

    template: str
    label: Text
    names: tuple[str, ...]
    values: dict[str, str]
    shown: str = ""
    problem: str = ""
    options: Choices = ()
    hint: Text = ""
    narrow: Callable[[Rows], Rows] = field(default=_unchanged)


class Filter(Protocol):
    @property
    def names(self) -> tuple[str, ...]:
        """Its parameters in the address."""

    def bind(self, request: HttpRequest) -> Bound: ...


@dataclass(frozen=True)
class Search:
    """Words that must each be found by one of the lookups."""

    lookups: tuple[str, ...]
    label: Text = SEARCH
    hint: Text = ""
    key: str = "q"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key,)

    def bind(self, request: HttpRequest) -> Bound:
        # A NUL cannot be sent to PostgreSQL and is never typed by hand.
        text = request.GET.get(self.key, "").replace("\x00", "").strip()
        words = text.split()[:MOST_SEARCH_WORDS]

        def narrow(rows: Rows) -> Rows:
            for word in words:
                found = Q()
                for lookup in self.lookups:
                    found |= Q((lookup, word))
                rows = rows.filter(found)
            return rows

        return Bound(
            "ui/listing/_search.html",
            self.label,
            self.names,
            {self.key: text},
            shown=text,
            hint=self.hint,
            narrow=narrow,
        )


@dataclass(frozen=True)
class ChoiceFilter:
    """One of some choices, given as pairs or made for the request.

    lookup: the key when empty. narrow: instead of a lookup, for what needs more.
    """

    key: str
    label: Text
    choices: Choices | Callable[[HttpRequest], Choices]
    lookup: str = ""
    narrow: Callable[[Rows, Any], Rows] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key,)

    def bind(self, request: HttpRequest) -> Bound:
        choices = self.choices(request) if callable(self.choices) else self.choices
        given = request.GET.get(self.key, "")
        # Choices may be numbers; the address holds text.
        known = {str(value): (value, label) for value, label in choices if value != ""}
        options = [(text, label) for text, (_value, label) in known.items()]
        template = "ui/listing/_choice.html"
        if given not in known:
            problem = _("This list has no such choice.") if given else ""
            return Bound(
                template, self.label, self.names, {self.key: ""}, "", problem, options
            )
        value, label = known[given]

        def narrow(rows: Rows) -> Rows:
            if self.narrow:
                return self.narrow(rows, value)
            return rows.filter(**{self.lookup or self.key: value})

        return Bound(
            template,
            self.label,
            self.names,
            {self.key: given},
            shown=str(label),
            options=options,
            narrow=narrow,
        )


def FlagFilter(  # noqa: N802 -- reads as the declaration it makes
    key: str, label: Text, lookup: str = ""
) -> ChoiceFilter:
    """Yes or no."""
    choices = [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]

    def narrow(rows: Rows, value: str) -> Rows:
        return rows.filter(**{lookup or key: value == "yes"})

    return ChoiceFilter(key, label, choices, narrow=narrow)


@dataclass(frozen=True)
class DateRangeFilter:
    """From one day to another, both included; either may be left open.

    field: a date field; for a moment in time give "field__date".
    """

    key: str
    label: Text
    field: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def bind(self, request: HttpRequest) -> Bound:
        lookup = self.field or self.key
        wanted: dict[str, date] = {}
        values: dict[str, str] = {}
        problem = ""
        for name, end in zip(self.names, ("gte", "lte"), strict=True):
            given = values[name] = request.GET.get(name, "").strip()
            if not given:
                continue
            try:
                wanted[f"{lookup}__{end}"] = date.fromisoformat(given)
            except ValueError:
                values[name] = ""
                problem = _("“%(given)s” is not a date: write it as 2026-01-31.") % {
                    "given": given[:20]
                }
        return Bound(
            "ui/listing/_date_range.html",
            self.label,
            self.names,
            values,
            shown=_span(wanted.get(f"{lookup}__gte"), wanted.get(f"{lookup}__lte")),
            problem=problem,
            narrow=lambda rows: rows.filter(**wanted),
        )


def _span(first: date | None, last: date | None) -> str:
    shown = {
        "first": formats.date_format(first, "SHORT_DATE_FORMAT") if first else "",
        "last": formats.date_format(last, "SHORT_DATE_FORMAT") if last else "",
    }
    if first and last:
        return _("%(first)s to %(last)s") % shown
    if first:
        return _("from %(first)s") % shown
    return _("until %(last)s") % shown if last else ""


def address(given: QueryDict, *drop: str, **changes: str | int) -> str:
    """Return the query string with some parameters dropped and some changed.

    Empty parameters go too, so that an address holds only what was chosen.
    """
    query = given.copy()
    for name in drop:
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = str(value)
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if any(values):
            kept.setlist(name, values)
    return "?" + kept.urlencode()
