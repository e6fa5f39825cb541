"""Workbooks handed back: the refused rows with their reasons, and the template."""

import io
import json
from collections.abc import Iterator

import polars as pl
from django.utils.translation import get_language, gettext
from rustpy_xlsxwriter import Format, write_worksheet, write_worksheets

from jiangxin.foundation.web.listing.exporting import neutral
from jiangxin.kernel.register import classifications
from jiangxin.kernel.register.enums import Sex
from jiangxin.kernel.register.roster.facets import all_columns
from jiangxin.kernel.register.roster.problems import sentence
from jiangxin.kernel.register.roster.reading import ROW, Table

WIDTH = 20.0
Cells = dict[str, object]


def refused_workbook(
    table: Table, refusals: pl.DataFrame, titles: dict[str, str]
) -> bytes:
    """Return the refused rows as they were handed in, each with why, as .xlsx.

    refusals: row, column, code, values. titles: heading by column key, to name the
    column a reason is about. The corrected file can be handed in as it is: the two
    added columns mean nothing to the import.
    """
    reasons: dict[int, list[str]] = {}
    for row, column, code, values in refusals.select(
        ROW, "column", "code", "values"
    ).iter_rows():
        text = sentence(code, json.loads(values))
        heading = titles.get(column, "")
        reasons.setdefault(row, []).append(f"{heading}: {text}" if heading else text)
    return _written(_refused_rows(table, reasons))


def _refused_rows(table: Table, reasons: dict[int, list[str]]) -> Iterator[Cells]:
    row_title, reason_title = gettext("Row in the file"), gettext("Why it was refused")
    refused = table.rows.filter(pl.col(ROW).is_in(list(reasons)))
    for row, *texts in refused.iter_rows():
        cells = {
            heading or f"({place})": neutral(text)
            for place, (heading, text) in enumerate(
                zip(table.headings, texts, strict=True), 1
            )
        }
        yield {**cells, row_title: row, reason_title: "\n".join(reasons[row])}


def _written(rows: Iterator[Cells]) -> bytes:
    file = io.BytesIO()
    write_worksheet(
        rows,
        file,
        sheet_name=gettext("Refused rows"),
        freeze_row=1,
        header_format=Format().set_bold(),
        column_width=WIDTH,
        autofilter=True,
    )
    return file.getvalue()


def template_workbook() -> bytes:
    """Return an empty roster: the headings, and a sheet of the words they take."""
    columns = all_columns()
    headings = {column.title: "" for column in columns}
    language = get_language() or "en"
    words = {
        gettext("Sex"): [str(Sex.MALE.label), str(Sex.FEMALE.label)],
        gettext("Education"): classifications.education_names(language),
        gettext("Skill grade"): classifications.skill_grade_names(language),
    }
    longest = max(map(len, words.values()))
    lists = [
        {title: names[i] if i < len(names) else "" for title, names in words.items()}
        for i in range(longest)
    ]
    file = io.BytesIO()
    write_worksheets(
        [(gettext("Roster"), [headings]), (gettext("Words to choose from"), lists)],
        file,
    )
    return file.getvalue()
