"""A list as a workbook or as comma-separated text, row by row.

Whoever opens the file trusts it, and what is in it was typed by others: a text that
begins like a formula is given a leading apostrophe, so no spreadsheet ever runs it.

A file of personal data carries a `Mark`: a workbook on every printed page and on a sheet
of its own, comma-separated text in a last column, so that a row copied elsewhere still
says where it came from and machines that read the columns by name are not disturbed.
The number stands in the name of both files.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from rustpy_xlsxwriter import Format, write_worksheets

from jiangxin.foundation.db import in_batches
from jiangxin.foundation.i18n import table_moment
from jiangxin.foundation.web.listing.columns import Column, display
from jiangxin.foundation.web.listing.listing import Listing

FORMATS = ("xlsx", "csv")
ROWS_AT_ONCE = 2_000
LINES_AT_ONCE = 200  # a piece of the answer for each line would cost more than the line
# Full-width signs too: Excel in a Chinese locale reads them as their ASCII twins.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
MOST_CHARACTERS_A_CELL = 32_767  # Excel refuses to open a file with a longer one
MOST_CHARACTERS_A_HEADER = 200  # Excel allows 255, the codes among them
WIDTH = 18.0


@dataclass(frozen=True)
class Mark:
    """By which a file that left the platform is known again.

    number: of its record. facts: what the workbook's own sheet says of it.
    """

    number: int
    by: str
    at: datetime
    facts: Sequence[tuple[str, str]] = ()

    @property
    def text(self) -> str:
        words = {"number": self.number, "name": self.by, "at": table_moment(self.at)}
        return _("Export no. %(number)s, %(name)s, %(at)s") % words


def export(
    listing: Listing,
    rows: QuerySet[Any],
    *,
    kind: str,
    on: date,
    mark: Mark | None = None,
) -> HttpResponseBase:
    """Return the file of all `rows`. kind: one of FORMATS. on: the day in its name."""
    columns = [column for column in listing.columns if column.export is not False]
    headings = _headings(columns)
    number = f"-{mark.number}" if mark else ""
    name = f"{listing.key}-{on:%Y%m%d}{number}.{kind}"
    table = _table(columns, rows.iterator(chunk_size=ROWS_AT_ONCE))
    if kind == "csv":
        if mark:
            headings, table = _marked(headings, table, mark)
        response: HttpResponseBase = StreamingHttpResponse(
            _csv(headings, table), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        file = _workbook(headings, table, mark)
        response = FileResponse(file, as_attachment=True, filename=name)
    if mark:
        add_never_cache_headers(response)
    return response


def _marked(
    headings: list[str], table: Iterable[list[Any]], mark: Mark
) -> tuple[list[str], Iterator[list[Any]]]:
    text = neutral(mark.text)
    heading = _("Origin of this file")
    return [*headings, heading], ([*cells, text] for cells in table)


def _table(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Any]]:
    readers = [column.for_export for column in columns]
    for row in rows:
        yield [neutral(read(row)) for read in readers]


def neutral(value: object) -> str | float | date | datetime | None:
    """Return a value that a spreadsheet shows and never runs.

    Numbers and dates keep their type; all else becomes text, yes and no in words.
    """
    if not isinstance(value, str):
        match value:
            case bool():
                return display(value)
            case None | int() | float():
                return value
            case datetime():
                aware = timezone.is_aware(value)
                return timezone.make_naive(value) if aware else value
            case date():
                return value
            case Decimal():
                return float(value)
    text = str(value)[: MOST_CHARACTERS_A_CELL - 1]
    # Leading spaces are skipped by some readers before they look for a sign.
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _headings(columns: Sequence[Column]) -> list[str]:
    """Name the columns; two of one name are told apart, as a workbook's keys must."""
    names: list[str] = []
    for column in columns:
        label = str(neutral(str(column.label)))
        again = sum(name == label or name.startswith(f"{label} (") for name in names)
        names.append(f"{label} ({again + 1})" if again else label)
    return names


class _Echo:
    """A file that hands back what is written, for csv to write into a stream."""

    def write(self, text: str) -> str:
        return text


def _csv(headings: list[str], table: Iterable[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Excel takes a file for UTF-8 only when it begins with this mark.
    yield "\ufeff" + writer.writerow(headings)
    for batch in in_batches(table, LINES_AT_ONCE):
        yield "".join(writer.writerow(map(_plain, cells)) for cells in batch)


def _plain(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else cell


def _workbook(
    headings: list[str], table: Iterable[list[Any]], mark: Mark | None
) -> IO[bytes]:
    """Write the rows as they come, so that memory holds only a few of them."""
    # Closed by the response that sends it.
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- see above
    rows = (dict(zip(headings, cells, strict=True)) for cells in table)
    # The writer learns the headings from the first row.
    first = next(rows, None) or dict.fromkeys(headings)
    sheets: list[tuple[str, Iterable[dict[str, Any]]]] = [
        ("Sheet1", chain([first], rows))
    ]
    pages = {}
    if mark:
        sheet = _("Origin of this file")
        sheets.append((sheet, _facts(mark)))
        # In Excel's header codes "&" begins a code.
        line = mark.text.replace("&", "&&")[:MOST_CHARACTERS_A_HEADER]
        both = {"header": f"&C{line}", "footer": f"&C{line}  &P/&N"}
        pages = {"Sheet1": both, sheet: both}
    write_worksheets(
        sheets,
        file,
        freeze_panes={"general": {"row": 1, "col": 0}},
        header_format={name: Format().set_bold() for name, _rows in sheets},
        column_width={"general": WIDTH},
        datetime_format="yyyy-mm-dd hh:mm",
        page_setup=pages,
    )
    file.seek(0)
    return file


def _facts(mark: Mark) -> list[dict[str, Any]]:
    """One line a fact. Whoever alters it alters evidence: the record has the same."""
    heading = _("Origin of this file")
    return [
        {heading: label, mark.text: str(neutral(text))} for label, text in mark.facts
    ]
