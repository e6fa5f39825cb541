"""What a list shows of each row, on the screen and in an export."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiangxin.foundation.parts import Text

Reader = str | Callable[[Any], object]

SHORT = 8  # characters


@dataclass(frozen=True)
class Column:
    """One column of a list.

    value: dotted path from the row, each step called if it can be, or a function of the
    row; the key when empty. sort: database fields it sorts by, rising; none: it does
    not sort. is_never_empty: the rows of this list all have what it sorts by, whatever
    the table allows; an index then gives the order. link: address of the row. template: partial that draws the cell, given
    `row` and `value`. export: how the export reads it when it differs from the screen;
    False leaves it out. What is masked in `value` is masked in the export too.
    """

    key: str
    label: Text
    value: Reader = ""
    sort: tuple[str, ...] = ()
    is_never_empty: bool = False
    link: Callable[[Any], str] | None = None
    align: Literal["start", "end"] = "start"
    unit: Text = ""
    template: str = ""
    export: Reader | bool = True

    @cached_property
    def read(self) -> Callable[[Any], object]:
        """What reads the value of a row for the screen."""
        return _reader(self.value or self.key)

    @cached_property
    def for_export(self) -> Callable[[Any], object]:
        """What reads it for a workbook, where numbers and dates stay such."""
        return self.read if isinstance(self.export, bool) else _reader(self.export)


@dataclass(frozen=True)
class Cell:
    """What one row holds in one column. text: what is shown, "" for nothing."""

    column: Column
    value: object
    text: str
    url: str

    @property
    def is_whole(self) -> bool:
        """A day, number, code or short word: where there is room, no line breaks it."""
        is_code = self.text.isascii() and " " not in self.text
        return isinstance(self.value, date) or is_code or len(self.text) <= SHORT

    @property
    def css(self) -> str:
        return f"align-{self.column.align}{' whole' if self.is_whole else ''}"


def cell(column: Column, row: Any) -> Cell:
    value = column.read(row)
    url = column.link(row) if column.link else ""
    return Cell(column, value, display(value), url)


class Drawing:
    """Draws the cells of a column without a template, in the active language.

    Here, because a template takes ten times as long for it and a page has hundreds; and
    what all cells of the column begin with is written once.
    """

    def __init__(self, column: Column) -> None:
        self.start = format_html(
            '<td role="cell" data-label="{}" class="align-{}',
            column.label,
            column.align,
        )

    def __call__(self, cell: Cell) -> SafeString:
        end = ' whole">' if cell.is_whole else '">'
        return SafeString(f"{self.start}{end}{self._content(cell)}</td>")

    def _content(self, cell: Cell) -> str:
        if not cell.text:
            return format_html(
                '<span class="nothing" aria-label="{}">–</span>', _("nothing")
            )
        text = conditional_escape(cell.text)
        if not cell.url:
            return text
        return f'<a href="{conditional_escape(cell.url)}">{text}</a>'


def display(value: object) -> str:
    """Write a value as people of the active language do."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case int():
            return formats.number_format(value, force_grouping=True)
        case datetime():
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return formats.date_format(local, "SHORT_DATETIME_FORMAT")
        case date():
            return formats.date_format(value, "SHORT_DATE_FORMAT")
    return formats.localize(value) if isinstance(value, float) else str(value)


def _reader(reader: Reader) -> Callable[[Any], object]:
    if callable(reader):
        return reader
    steps = reader.split(".")

    def follow(row: Any) -> object:
        value = row
        for step in steps:
            if value is None:
                return None
            value = getattr(value, step)
            if callable(value):
                value = value()
        return value

    return follow
