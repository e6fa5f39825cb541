"""A list as a workbook or as comma-separated text, row by row.

Whoever opens the file trusts it, and what is in it was typed by others: a text that
begins like a formula is given a leading apostrophe, so no spreadsheet ever runs it.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rustpy_xlsxwriter import Format, write_worksheet

from jiangxin.foundation.db import in_batches
from jiangxin.foundation.web.listing.columns import Column, display
from jiangxin.foundation.web.listing.listing import Listing

FORMATS = ("xlsx", "csv")
ROWS_AT_ONCE = 2_000
LINES_AT_ONCE = 200  # a piece of the answer for each line would cost more than the line
# Full-width signs too: Excel in a Chinese locale reads them as their ASCII twins.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
MOST_CHARACTERS_A_CELL = 32_767  # Excel refuses to open a file with a longer one
WIDTH = 18.0


def export(
    listing: Listing, rows: QuerySet[Any], *, kind: str, on: date
) -> HttpResponseBase:
    """Return the file of all `rows`. kind: one of FORMATS. on: the day in its name."""
    columns = [column for column in listing.columns if column.export is not False]
    headings = _headings(columns)
    name = f"{listing.key}-{on:%Y%m%d}.{kind}"
    table = _table(columns, rows.iterator(chunk_size=ROWS_AT_ONCE))
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            _csv(headings, table), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return FileResponse(_workbook(headings, table), as_attachment=True, filename=name)


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


def _workbook(headings: list[str], table: Iterable[list[Any]]) -> IO[bytes]:
    """Write the rows as they come, so that memory holds only a few of them."""
    # Closed by the response that sends it.
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- see above
    rows = (dict(zip(headings, cells, strict=True)) for cells in table)
    if first := next(rows, None):
        write_worksheet(
            chain([first], rows),
            file,
            freeze_row=1,
            header_format=Format().set_bold(),
            column_width=WIDTH,
            datetime_format="yyyy-mm-dd hh:mm",
        )
    else:
        # The writer learns the headings from the first row.
        write_worksheet([dict.fromkeys(headings)], file, freeze_row=1)
    file.seek(0)
    return file
