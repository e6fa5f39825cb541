"""What parts above the register read from the same roster, and the rows it goes by."""

from typing import Protocol, runtime_checkable

import polars as pl

from jiangxin.foundation.parts import parts
from jiangxin.kernel.register.roster.columns import RosterColumn, own_columns
from jiangxin.kernel.register.roster.context import RosterContext
from jiangxin.kernel.register.roster.problems import Problems


@runtime_checkable
class RosterFacet(Protocol):
    """Brought by a part that keeps something of a roster's row, such as credentials.

    key: names its columns in the frame. Each method takes the frame of all rows and
    returns it with columns added; rows with a problem are left out before `load`.
    """

    @property
    def key(self) -> str: ...

    @property
    def columns(self) -> tuple[RosterColumn, ...]:
        """Columns it reads; the frame has each as text, null where the cell is blank."""

    def check(
        self, rows: pl.DataFrame, problems: Problems, context: RosterContext
    ) -> pl.DataFrame:
        """Add typed columns; say what is wrong."""

    def compare(
        self, rows: pl.DataFrame, problems: Problems, context: RosterContext
    ) -> pl.DataFrame:
        """Add the boolean column `<key>_is_new`. `person_id` is null for new people."""

    def load(self, rows: pl.DataFrame, context: RosterContext) -> None:
        """Write what is new. Every row has its `person_id`; a transaction is open."""


def facets() -> list[RosterFacet]:
    return [
        item
        for part in parts()
        for item in part.brings
        if isinstance(item, RosterFacet)
    ]


def all_columns() -> tuple[RosterColumn, ...]:
    """Return every column a roster may have, in the order of the template."""
    brought = tuple(column for facet in facets() for column in facet.columns)
    return own_columns() + brought
