"""A request and a listing make a page, a fragment or a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Act, Crumb, Empty
from jiangxin.foundation.web.listing.columns import Cell, Column, Drawing, cell
from jiangxin.foundation.web.listing.exporting import FORMATS, export
from jiangxin.foundation.web.listing.filters import Bound, Search, address
from jiangxin.foundation.web.listing.keeping import export_personal
from jiangxin.foundation.web.listing.listing import Listing
from jiangxin.foundation.web.listing.paging import Slice, ordered, take
from jiangxin.foundation.web.pages import page, wants_fragment
from jiangxin.foundation.web.request import Request

FRAGMENT = "ui/_listing.html#region"


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: Text
    text: str
    url: str


@dataclass(frozen=True)
class Heading:
    """A column's head. direction: ascending, descending, none, or "" if unsortable."""

    column: Column
    direction: str
    url: str


class ListState:
    """One request's view of a listing: what its template reads.

    rows: all that the actor may see; nothing is read before it is asked for.
    """

    def __init__(
        self, listing: Listing, request: HttpRequest, rows: QuerySet[Any]
    ) -> None:
        self.listing = listing
        self.given = _chosen(listing, request.GET)
        self.path = request.path
        # For lists whose rows can be ticked (`above_rows` of the page's context).
        self.is_all_ticked = request.GET.get("ticked") == "all"
        self.empty: Empty | None = None
        self.bound = [each.bind(request) for each in listing.filters]
        self._all_rows = rows

    @property
    def region(self) -> str:
        return f"list-{self.listing.key}"

    @property
    def form(self) -> str:
        return f"{self.region}-form"

    @property
    def searches(self) -> list[Bound]:
        pairs = zip(self.listing.filters, self.bound, strict=True)
        return [bound for each, bound in pairs if isinstance(each, Search)]

    @property
    def other_filters(self) -> list[Bound]:
        pairs = zip(self.listing.filters, self.bound, strict=True)
        return [bound for each, bound in pairs if not isinstance(each, Search)]

    @property
    def problems(self) -> list[Bound]:
        return [bound for bound in self.bound if bound.problem]

    @cached_property
    def sort(self) -> str:
        """The key it is sorted by, with "-" before it for falling order, or ""."""
        given = self.given.get("sort", "")
        is_known = given.removeprefix("-") in {c.key for c in self.listing.sortable}
        return given if is_known else self.listing.usual_sort

    @cached_property
    def size(self) -> int:
        given = _whole(self.given.get("size", ""))
        return given if given in self.listing.sizes else self.listing.page_size

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """All rows that the filters leave, in order."""
        rows = self._all_rows
        for bound in self.bound:
            rows = bound.narrow(rows)
        key = self.sort.removeprefix("-")
        column = next((c for c in self.listing.sortable if c.key == key), None)
        return ordered(rows, column, falling=self.sort.startswith("-"))

    @cached_property
    def slice(self) -> Slice:
        return take(
            self.rows,
            number=_whole(self.given.get("page", "")),
            size=self.size,
            count_limit=self.listing.count_limit,
        )

    @cached_property
    def table(self) -> list[tuple[Any, list[tuple[Cell, SafeString]]]]:
        """Each row with its cells, and these drawn; "" where a template draws them."""
        columns = [
            (column, None if column.template else Drawing(column))
            for column in self.listing.columns
        ]
        return [
            (row, [_drawn(cell(column, row), drawing) for column, drawing in columns])
            for row in self.slice.rows
        ]

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.listing.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column, "", "")
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(
            self.sort, "none"
        )
        other = f"-{column.key}" if direction == "ascending" else column.key
        return Heading(column, direction, self.address("page", sort=other))

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        choices: list[tuple[str, str]] = []
        for column in self.listing.sortable:
            words = {"column": column.label}
            choices.append((column.key, _("%(column)s, rising") % words))
            choices.append((f"-{column.key}", _("%(column)s, falling") % words))
        return choices

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(bound.label, bound.shown, self.address("page", *bound.names))
            for bound in self.bound
            if bound.shown
        ]

    @property
    def is_narrowed(self) -> bool:
        return any(bound.shown for bound in self.bound)

    @property
    def page_links(self) -> list[tuple[int | None, str]]:
        return [
            (number, self.address(page=number) if number else "")
            for number in self.slice.numbers
        ]

    @property
    def previous_url(self) -> str:
        number = self.slice.number - 1
        return self.address(page=number) if number >= 1 else ""

    @property
    def next_url(self) -> str:
        number = self.slice.number + 1
        return self.address(page=number) if number <= self.slice.pages else ""

    @property
    def export_links(self) -> list[tuple[str, str]]:
        if not self.listing.export:
            return []
        return [(kind, self.address("page", export=kind)) for kind in FORMATS]

    @property
    def ticked_url(self) -> str:
        return self.address(ticked="all")

    @property
    def unticked_url(self) -> str:
        return self.address()

    def address(self, *drop: str, **changes: str | int) -> str:
        return self.path + address(self.given, *drop, **changes)


def _drawn(one: Cell, drawing: Drawing | None) -> tuple[Cell, SafeString]:
    return one, drawing(one) if drawing else SafeString()


def _chosen(listing: Listing, sent: QueryDict) -> QueryDict:
    """Leave out what a form sends though nobody chose it, so that addresses are short."""
    given = sent.copy()
    # Of this page only: what is on the next one has not been looked at.
    given.pop("ticked", None)
    usual = {"sort": listing.usual_sort, "size": str(listing.page_size)}
    for name, value in usual.items():
        if given.get(name) == value:
            del given[name]
    return given


def _whole(text: str) -> int:
    """Read a positive whole number; 1 for anything else, as from a mistyped address."""
    most_digits = 9
    is_number = text.isascii() and text.isdigit() and len(text) <= most_digits
    return max(1, int(text)) if is_number else 1


def listing_page(
    request: HttpRequest,
    listing: Listing,
    *,
    queryset: QuerySet[Any],
    title: Text,
    purpose: Text = "",
    template: str = "ui/listing_page.html",
    act: Act | None = None,
    empty: Empty | None = None,
    crumbs: Sequence[Crumb] = (),
    context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer with the list as a page, its table alone (htmx), or a file (`?export=`).

    queryset: the rows that the actor may see, with what its columns need selected.
    empty: shown when there is nothing at all, as opposed to nothing found.
    """
    state = ListState(listing, request, queryset)
    state.empty = empty
    kind = request.GET.get("export", "")
    if listing.export and kind in FORMATS:
        if listing.is_personal:
            return export_personal(cast("Request", request), state, kind, title)
        return export(listing, state.rows, kind=kind, on=timezone.localdate())
    values = {
        "title": title,
        "purpose": purpose,
        "act": act,
        "crumbs": crumbs,
        "list": state,
        **(context or {}),
    }
    response = page(request, template, values, fragment=FRAGMENT)
    if wants_fragment(request):
        response["HX-Push-Url"] = state.address()
    return response
