"""Workbooks and CSV files into a frame of texts, with limits that protect the machine.

Everything is read as text: an ID number or a phone that a spreadsheet holds as a number
would otherwise lose digits before anyone could see it.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

import fastexcel
import polars as pl
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.web.listing.exporting import FORMULA_STARTS

MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED_BYTES = 1024 * 1024 * 1024
MOST_ROWS = 500_000
MOST_COLUMNS = 200
HEADING_SEARCH_ROWS = 15
ROW = "row"

# No database keeps the first; the others are seen by nobody.
_UNSEEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]"
# How a text that looks like a formula is written down, here and by spreadsheets.
_NEUTRALISED = f"^'( *[{pl.escape_regex(''.join(FORMULA_STARTS))}])"


class FileTooLarge(Refused):
    code = "register.roster_file_too_large"
    text = _(
        "The file is larger than %(megabytes)s MB. Split it and hand in the parts."
    )


class TooManyRows(Refused):
    code = "register.roster_too_many_rows"
    text = _("The sheet has more than %(rows)s rows. Split it and hand in the parts.")


class NotATable(Refused):
    code = "register.roster_not_a_table"
    text = _(
        "This file could not be read as a table. Save it as .xlsx or as .csv and hand"
        " it in again."
    )


class EmptyTable(Refused):
    code = "register.roster_empty"
    text = _("The file has no rows under its headings.")


@dataclass(frozen=True)
class Table:
    """A sheet: its headings, and its rows as texts.

    rows: one text column a heading, in order, named "0", "1", …, and the column `row`:
    the number the row has in the file as a spreadsheet shows it, from 1. Cells that are
    blank, or hold only spaces, are null. Rows that are blank throughout are left out.
    """

    headings: Sequence[str]
    rows: pl.DataFrame


def read_table(
    content: bytes, *, file_name: str, count_known: Callable[[Sequence[str]], int]
) -> Table:
    """Read the first sheet of a workbook, or a CSV file.

    count_known: how many of a row's texts are headings that mean something; the row of
    the first few with the most is taken as the headings, so a title above is no harm.
    Raises FileTooLarge, TooManyRows, NotATable, EmptyTable.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge(megabytes=MOST_BYTES // 1024 // 1024)
    cells = _read_csv(content) if _is_text(file_name) else _read_workbook(content)
    if cells.height > MOST_ROWS:
        raise TooManyRows(rows=MOST_ROWS)
    if cells.width == 0 or cells.height == 0:
        raise EmptyTable
    return _under_headings(cells, count_known)


def _is_text(file_name: str) -> bool:
    return file_name.lower().endswith((".csv", ".txt"))


def _read_workbook(content: bytes) -> pl.DataFrame:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise NotATable from error
    if unpacked > MOST_UNPACKED_BYTES:
        raise FileTooLarge(megabytes=MOST_BYTES // 1024 // 1024)
    try:
        sheet = fastexcel.read_excel(content).load_sheet(
            0,
            header_row=None,
            skip_rows=0,  # else blank rows on top are left out and not counted
            dtypes="string",
            n_rows=MOST_ROWS + HEADING_SEARCH_ROWS,
        )
        frame: pl.DataFrame = sheet.to_polars()
    except (fastexcel.FastExcelError, ValueError) as error:
        raise NotATable from error
    return _numbered(frame)


def _read_csv(content: bytes) -> pl.DataFrame:
    text = _decoded(content)
    top = "".join(islice(io.StringIO(text), HEADING_SEARCH_ROWS))
    separator = max(",;\t", key=top.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        cells = list(islice(lines, MOST_ROWS + HEADING_SEARCH_ROWS))
    except csv.Error as error:
        raise NotATable from error
    # A title above the headings may be one cell alone: the widest line counts.
    width = min(max(map(len, cells), default=0), MOST_COLUMNS)
    columns = zip_longest(*(line[:MOST_COLUMNS] for line in cells))
    return _numbered(
        pl.DataFrame(list(columns), schema=[str(place) for place in range(width)])
    )


def _decoded(content: bytes) -> str:
    """Return the text; spreadsheets in China save CSV as GB 18030 or as UTF-8."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Name the columns by place, number the rows from 1 and turn blanks to nulls."""
    if frame.width > MOST_COLUMNS:
        frame = frame.select(frame.columns[:MOST_COLUMNS])
    frame = frame.rename({name: str(i) for i, name in enumerate(frame.columns)})
    texts = (
        pl.all()
        .cast(pl.String)
        .str.replace_all(_UNSEEN, "")
        .str.strip_chars()
        .str.replace(_NEUTRALISED, "$1")
    )
    blank = pl.all_horizontal(pl.exclude(ROW).is_null())
    return (
        frame.select(pl.when(texts == "").then(None).otherwise(texts).name.keep())
        .with_row_index(ROW, offset=1)
        .filter(~blank)
    )


def _under_headings(
    cells: pl.DataFrame, count_known: Callable[[Sequence[str]], int]
) -> Table:
    names = [name for name in cells.columns if name != ROW]
    top = [
        [text or "" for text in row]
        for row in cells.head(HEADING_SEARCH_ROWS).select(names).iter_rows()
    ]
    # On a tie the upper row wins; with nothing known the first row is the headings.
    place = max(range(len(top)), key=lambda i: (count_known(top[i]), -i))
    headings = _distinct(top[place])
    rows = cells.slice(place + 1)
    if rows.height == 0:
        raise EmptyTable
    return Table(headings, rows)


def _distinct(headings: Sequence[str]) -> list[str]:
    """Tell equal headings apart by a number, so that each can be chosen by hand."""
    result: list[str] = []
    for heading in headings:
        name, count = heading, 1
        while name and name in result:
            count += 1
            name = f"{heading} ({count})"
        result.append(name)
    return result
