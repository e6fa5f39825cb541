"""From a file's bytes to rows that are checked and compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.i18n import listed
from jiangxin.kernel.register.roster.checking import check_rows
from jiangxin.kernel.register.roster.columns import (
    RosterColumn,
    missing_required,
    recognise,
)
from jiangxin.kernel.register.roster.comparing import compare
from jiangxin.kernel.register.roster.context import RosterContext
from jiangxin.kernel.register.roster.facets import all_columns
from jiangxin.kernel.register.roster.problems import Problems
from jiangxin.kernel.register.roster.reading import ROW, Table, read_table


class ColumnsMissing(Refused):
    code = "register.roster_columns_missing"
    text = _(
        "No heading was recognised for: %(columns)s. Choose the headings by hand, or"
        " use the headings of the template."
    )


@dataclass(frozen=True)
class Prepared:
    """rows: checked, then compared; faulty ones too. problems: what was found."""

    rows: pl.DataFrame
    problems: Problems

    @property
    def accepted(self) -> pl.DataFrame:
        return self.rows.join(self.problems.refused_rows(), on=ROW, how="anti")


def read(content: bytes, file_name: str) -> Table:
    """Read a roster's file; raises what `read_table` raises."""
    columns = all_columns()
    return read_table(
        content,
        file_name=file_name,
        count_known=lambda texts: len(recognise(texts, columns)),
    )


def choose(headings: Sequence[str], chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Return {column key: heading}: as chosen by hand, else as recognised.

    Raises ColumnsMissing when a required column has no heading.
    """
    columns = all_columns()
    if chosen:
        mapping = {key: name for key, name in chosen.items() if name in headings}
    else:
        mapping = recognise(headings, columns)
    missing = missing_required(mapping, columns)
    if missing:
        raise ColumnsMissing(columns=_titles(missing))
    return mapping


def check(table: Table, mapping: Mapping[str, str], context: RosterContext) -> Prepared:
    """Check every row by itself and against the others of the file."""
    problems = Problems()
    return Prepared(check_rows(_texts(table, mapping), problems, context), problems)


def against_register(checked: Prepared, context: RosterContext) -> Prepared:
    """Compare checked rows with the register as it is now."""
    rows = compare(checked.rows, checked.problems, context)
    return Prepared(rows, checked.problems)


def _texts(table: Table, mapping: Mapping[str, str]) -> pl.DataFrame:
    """Return one text column a roster column, null throughout when not in the file."""
    places = {heading: str(i) for i, heading in enumerate(table.headings)}
    return table.rows.select(
        ROW,
        *(
            pl.col(places[mapping[column.key]]).alias(column.key)
            if column.key in mapping
            else pl.lit(None, pl.String).alias(column.key)
            for column in all_columns()
        ),
    )


def _titles(columns: Sequence[RosterColumn]) -> str:
    return listed(column.title for column in columns)
