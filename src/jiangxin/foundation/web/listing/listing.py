"""The declaration of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Text
from jiangxin.foundation.web.listing.columns import Column
from jiangxin.foundation.web.listing.filters import Filter

PAGE_SIZES = (25, 50, 100)
RESERVED = frozenset({"page", "size", "sort", "export", "ticked"})


@dataclass(frozen=True)
class Listing:
    """What a list shows, by what it narrows and sorts, and what it exports.

    key: names the list on the page and its exported file. sort: key of a column, with
    "-" before it for falling order; the first column that sorts when empty. noun: what
    the rows are, for the count. count_limit: beyond it the count says "more than".
    is_personal: its rows are about people, so every export is recorded and its file
    marked (`keeping.py`); its view also takes the form that asks for a reason.
    """

    key: str
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    sort: str = ""
    page_size: int = PAGE_SIZES[0]
    export: bool = False
    noun: Text = field(default=_("entries"))
    count_limit: int = 1_000_000
    is_personal: bool = False

    def __post_init__(self) -> None:
        names = self.filter_names
        if len(set(names)) < len(names) or RESERVED.intersection(names):
            message = f"list {self.key!r}: filters share a name or take a reserved one"
            raise ValueError(message)
        known = {column.key for column in self.columns if column.sort}
        if self.sort.removeprefix("-") not in known | {""}:
            message = f"list {self.key!r} cannot sort by {self.sort!r}"
            raise ValueError(message)

    @property
    def filter_names(self) -> list[str]:
        return [name for each in self.filters for name in each.names]

    def is_plain(self, query: Mapping[str, str]) -> bool:
        """Tell whether a query sets no filter and no order, on whatever page or export."""
        return not any(query.get(name) for name in [*self.filter_names, "sort"])

    @property
    def sortable(self) -> list[Column]:
        return [column for column in self.columns if column.sort]

    @property
    def usual_sort(self) -> str:
        """How it is sorted when the address does not say, "" for no order at all."""
        return self.sort or (self.sortable[0].key if self.sortable else "")

    @property
    def sizes(self) -> list[int]:
        return sorted({*PAGE_SIZES, self.page_size})
