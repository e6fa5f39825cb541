"""Reasons why a row is refused, or looked at twice. Kept as codes, shown as sentences."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.kernel.register.roster.reading import ROW

SCHEMA = {
    ROW: pl.UInt32,
    "column": pl.String,
    "code": pl.String,
    "values": pl.String,
    "is_warning": pl.Boolean,
}

TEXTS: dict[str, str | Promise] = {
    "missing": _("This column must be filled in."),
    "too_long": _("This text is too long; the register keeps %(most)s characters."),
    "sex_unknown": _(
        "This is no sex the register knows. Write it as the template does."
    ),
    "sex_contradicts_id": _(
        "The ID number belongs to the other sex. Correct whichever is wrong."
    ),
    "date_unreadable": _(
        "This is no date. Write year, month and day, such as 2020-07-01."
    ),
    "date_incomplete": _("The day is missing. Write year, month and day."),
    "date_in_future": _("This date lies in the future."),
    "date_too_early": _("This date is earlier than the person's birth."),
    "birth_contradicts_id": _(
        "The ID number says another date of birth. Correct whichever is wrong."
    ),
    "education_unknown": _(
        "This is no level of education the register knows. Write one of the levels"
        " that the template lists."
    ),
    "employer_missing": _(
        "The row names no employer, and this roster's organisation has none of its own."
    ),
    "employer_unknown": _(
        "No employer of this name or credit code is in your register. Register the"
        " employer first, or correct the name."
    ),
    "employer_ambiguous": _(
        "Several employers have this name. Write the unified social credit code."
    ),
    "occupation_unknown": _(
        "This occupation is not in the classification here, so it is kept as the post."
    ),
    "duplicate_row": _("The same person stands in row %(other_row)s already."),
    "name_differs": _(
        "The register knows this ID number under another name. If the name was"
        " changed, change it on the person's page; otherwise correct the number."
    ),
    "register_is_newer": _(
        "The register has a newer record of this person, from %(day)s on. Hand in a"
        " roster of that day or later."
    ),
    "no_union": _(
        "The employer has no union in the register, so the membership is not recorded."
    ),
    "more_trusted_kept": _(
        "The register has another value here, from a source that is trusted more. It"
        " stands; a clerk is asked whether the roster's is right."
    ),
    "joined_on_differs": _(
        "The register has another date of joining this union; it is left as it is."
    ),
}


def register_texts(texts: Mapping[str, str | Promise]) -> None:
    """Add the sentences of another part's codes."""
    TEXTS.update(texts)


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """Return the reason in the language that is active now."""
    text = TEXTS.get(code) or _texts_of_ids().get(code)
    return code if text is None else str(text) % values


def _texts_of_ids() -> dict[str, str | Promise]:
    return {problem.code: problem.text for problem in IdProblem.__subclasses__()}


class Problems:
    """What was found while checking, gathered in one frame at the end."""

    def __init__(self) -> None:
        self._frames: list[pl.DataFrame] = []

    def add(
        self,
        rows: pl.DataFrame,
        column: str,
        code: str,
        *,
        values: Sequence[Mapping[str, Any]] | None = None,
        is_warning: bool = False,
    ) -> None:
        """Say `code` of every row of `rows` (any frame with the column `row`).

        values: one mapping a row for the sentence's placeholders. Never personal data:
        problems are stored and logged.
        """
        if rows.height == 0:
            return
        texts = (
            ["{}"] * rows.height if values is None else list(map(json.dumps, values))
        )
        self._frames.append(
            pl.DataFrame(
                {
                    ROW: rows[ROW],
                    "column": [column] * rows.height,
                    "code": [code] * rows.height,
                    "values": texts,
                    "is_warning": [is_warning] * rows.height,
                },
                schema=SCHEMA,
            )
        )

    def add_listed(
        self,
        column: str,
        found: Sequence[tuple[int, str, Mapping[str, Any]]],
        *,
        is_warning: bool = False,
    ) -> None:
        """Say what a row-by-row check found: (row, code, values) each."""
        if found:
            rows, codes, values = zip(*found, strict=True)
            self._frames.append(
                pl.DataFrame(
                    {
                        ROW: rows,
                        "column": [column] * len(found),
                        "code": codes,
                        "values": [json.dumps(v, default=str) for v in values],
                        "is_warning": [is_warning] * len(found),
                    },
                    schema=SCHEMA,
                )
            )

    def frame(self) -> pl.DataFrame:
        """Return all problems in the order of rows."""
        if not self._frames:
            return pl.DataFrame(schema=SCHEMA)
        return pl.concat(self._frames).sort(ROW, maintain_order=True)

    def refused_rows(self) -> pl.DataFrame:
        """Return the numbers of the rows that may not be written, once each."""
        return self.frame().filter(~pl.col("is_warning")).select(ROW).unique()
