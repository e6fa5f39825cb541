"""Every row of a roster: what its texts mean, and what is wrong with them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.resident_id import check_resident_id
from jiangxin.foundation.sealing import blind_index_many
from jiangxin.kernel.register import classifications
from jiangxin.kernel.register.enums import IdType
from jiangxin.kernel.register.roster.context import AMBIGUOUS, RosterContext, plain_name
from jiangxin.kernel.register.roster.dates import is_without_day, read_dates
from jiangxin.kernel.register.roster.facets import facets
from jiangxin.kernel.register.roster.problems import Problems
from jiangxin.kernel.register.roster.reading import ROW
from jiangxin.kernel.register.roster.screening import plainly_right

LONGEST = {"name": 64, "post": 64, "employer": 128}

_ID_TYPES = {
    "citizen": IdType.RESIDENT,
    "residence_permit": IdType.HMT_RESIDENT,
    "permanent_residence": IdType.PERMANENT_RESIDENT,
}
_HAN_SPACES = "(\\p{Han})\\s+(\\p{Han})"


def check_rows(
    texts: pl.DataFrame, problems: Problems, context: RosterContext
) -> pl.DataFrame:
    """Return the rows with typed columns beside their texts.

    texts: `row` and one text column a roster column, null where blank or not in the
    file. Added: id_index, id_type, sex_code, born_on, phone_number, phone_index,
    education_code, employer_id, union_id, occupation_code, post, started, joined, and
    what facets add. A column of a row with a problem may be null.
    """
    rows = _check_name(texts, problems)
    rows = _check_id_number(rows, problems, context)
    rows = _check_sex(rows, problems)
    rows = _check_birth(rows, problems)
    rows = _check_phone(rows, problems)
    rows = _check_education(rows, problems)
    rows = _check_employer(rows, problems, context)
    rows = _check_occupation(rows, problems)
    rows = check_date(rows, problems, context, "started_on", "started")
    rows = check_date(rows, problems, context, "joined_on", "joined")
    rows = _find_union(rows, problems, context)
    _check_duplicates(rows, problems)
    for facet in facets():
        rows = facet.check(rows, problems, context)
    return rows


def check_length(
    rows: pl.DataFrame, problems: Problems, column: str, most: int
) -> None:
    too_long = rows.filter(pl.col(column).str.len_chars() > most)
    problems.add(
        too_long, column, "too_long", values=[{"most": most}] * too_long.height
    )


def check_each(
    rows: pl.DataFrame,
    problems: Problems,
    column: str,
    check: Callable[[str], Any],
) -> list[Any]:
    """Run a check of one text over a column; null texts and refused ones give None."""
    found: list[tuple[int, str, dict[str, Any]]] = []
    results: list[Any] = []
    for row, text in rows.select(ROW, column).iter_rows():
        if text is None:
            results.append(None)
            continue
        try:
            results.append(check(text))
        except IdProblem as problem:
            found.append((row, problem.code, problem.values))
            results.append(None)
    problems.add_listed(column, found)
    return results


def check_date(
    rows: pl.DataFrame,
    problems: Problems,
    context: RosterContext,
    column: str,
    name: str,
) -> pl.DataFrame:
    """Add `name`: the date of `column`, which lies between birth and today."""
    text, day = pl.col(column), pl.col(name)
    rows = rows.with_columns(read_dates(rows[column]).alias(name))
    unread = rows.filter(text.is_not_null() & day.is_null())
    problems.add(unread.filter(is_without_day(text)), column, "date_incomplete")
    problems.add(unread.filter(~is_without_day(text)), column, "date_unreadable")
    problems.add(rows.filter(day > context.today), column, "date_in_future")
    problems.add(rows.filter(day < pl.col("born_on")), column, "date_too_early")
    return rows


def _check_name(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    name = pl.col("name").str.normalize("NFKC").str.strip_chars()
    # Two-character names are often spread to the width of three: once for each gap.
    for _ in range(3):
        name = name.str.replace_all(_HAN_SPACES, "$1$2")
    rows = rows.with_columns(name)
    problems.add(rows.filter(pl.col("name").is_null()), "name", "missing")
    for column, most in LONGEST.items():
        check_length(rows, problems, column, most)
    return rows


def _check_id_number(
    rows: pl.DataFrame, problems: Problems, context: RosterContext
) -> pl.DataFrame:
    problems.add(rows.filter(pl.col("id_number").is_null()), "id_number", "missing")
    right = plainly_right(
        rows["id_number"],
        context.today,
        allow_demonstration=context.allow_demonstration,
    )
    doubtful = rows.filter(right["id_number"].is_null())
    rows = rows.with_columns(right).update(
        _by_the_rule(doubtful, problems, context), on=ROW
    )
    return rows.with_columns(
        _indexed("id_index", rows["id_number"].to_list(), "register.id_number")
    )


def _by_the_rule(
    rows: pl.DataFrame, problems: Problems, context: RosterContext
) -> pl.DataFrame:
    """Return row, id_number, id_type, born_on and sex_code; null where refused."""
    on, allow = context.today, context.allow_demonstration
    checked = check_each(
        rows,
        problems,
        "id_number",
        lambda text: check_resident_id(text, on=on, allow_demonstration=allow),
    )
    return rows.select(ROW).with_columns(
        pl.Series("id_number", [f and f.number for f in checked], pl.String),
        pl.Series(
            "id_type", [f and _ID_TYPES[f.kind].value for f in checked], pl.String
        ),
        pl.Series("born_on", [f and f.birth_on for f in checked], pl.Date),
        pl.Series("sex_code", [f and f.sex for f in checked], pl.String),
    )


def _indexed(name: str, texts: list[str | None], purpose: str) -> pl.Series:
    digests = blind_index_many(texts, purpose=purpose)
    return pl.Series(name, [digest or None for digest in digests], pl.String)


@cache
def _sexes() -> dict[str, str]:
    words = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return {word: code for code, known in words["sex"].items() for word in known}


def _check_sex(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    text = pl.col("sex").str.normalize("NFKC").str.strip_chars().str.to_lowercase()
    rows = rows.with_columns(
        text.replace_strict(_sexes(), default=None, return_dtype=pl.String).alias(
            "said"
        )
    )
    said, known = pl.col("said"), pl.col("sex_code")
    problems.add(
        rows.filter(pl.col("sex").is_not_null() & said.is_null()), "sex", "sex_unknown"
    )
    problems.add(rows.filter(said != known), "sex", "sex_contradicts_id")
    return rows.drop("said")


def _check_birth(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    text = pl.col("birth_on")
    rows = rows.with_columns(read_dates(rows["birth_on"]).alias("said"))
    said = pl.col("said")
    without_day = is_without_day(text)
    unread = rows.filter(text.is_not_null() & said.is_null())
    problems.add(unread.filter(without_day), "birth_on", "date_incomplete")
    problems.add(unread.filter(~without_day), "birth_on", "date_unreadable")
    problems.add(
        rows.filter(said != pl.col("born_on")), "birth_on", "birth_contradicts_id"
    )
    return rows.drop("said")


def _check_phone(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    checked = check_each(rows, problems, "phone", check_phone)
    numbers = [found and found.number for found in checked]
    return rows.with_columns(
        pl.Series("phone_number", numbers, pl.String),
        _indexed("phone_index", numbers, "register.phone"),
    )


def _mapped(
    rows: pl.DataFrame, column: str, name: str, meaning: Callable[[str], Any], kind: Any
) -> pl.DataFrame:
    """Add `name`: what each text means. Few texts are distinct, so each is asked once."""
    distinct = rows[column].drop_nulls().unique().to_list()
    meanings = {text: meaning(text) for text in distinct}
    return rows.with_columns(
        pl.col(column)
        .replace_strict(meanings, default=None, return_dtype=kind)
        .alias(name)
    )


def _check_education(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    rows = _mapped(
        rows,
        "education",
        "education_code",
        classifications.education_from_text,
        pl.String,
    )
    unknown = pl.col("education").is_not_null() & pl.col("education_code").is_null()
    problems.add(rows.filter(unknown), "education", "education_unknown")
    return rows


def _check_employer(
    rows: pl.DataFrame, problems: Problems, context: RosterContext
) -> pl.DataFrame:
    rows = _mapped(
        rows,
        "employer",
        "employer_id",
        lambda text: context.employers.get(plain_name(text)),
        pl.Int64,
    )
    text, found = pl.col("employer"), pl.col("employer_id")
    problems.add(
        rows.filter(text.is_not_null() & found.is_null()),
        "employer",
        "employer_unknown",
    )
    problems.add(rows.filter(found == AMBIGUOUS), "employer", "employer_ambiguous")
    if context.own_employer_id is None:
        problems.add(rows.filter(text.is_null()), "employer", "employer_missing")
        return rows
    own = pl.when(text.is_null()).then(context.own_employer_id).otherwise(found)
    return rows.with_columns(own.alias("employer_id"))


def _check_occupation(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    rows = _mapped(
        rows,
        "occupation",
        "occupation_code",
        classifications.occupation_from_text,
        pl.String,
    )
    text, code = pl.col("occupation"), pl.col("occupation_code")
    unknown = text.is_not_null() & code.is_null()
    problems.add(
        rows.filter(unknown), "occupation", "occupation_unknown", is_warning=True
    )
    kept = pl.when(unknown).then(text.str.slice(0, LONGEST["post"]))
    return rows.with_columns(pl.coalesce(pl.col("post"), kept).alias("post"))


def _find_union(
    rows: pl.DataFrame, problems: Problems, context: RosterContext
) -> pl.DataFrame:
    """Add `union_id` where the row says that the person is a member."""
    if context.own_union_id is not None:
        union = pl.lit(context.own_union_id, pl.Int64)
    else:
        union = pl.col("employer_id").replace_strict(
            dict(context.unions), default=None, return_dtype=pl.Int64
        )
    joined = pl.col("joined").is_not_null()
    rows = rows.with_columns(pl.when(joined).then(union).alias("union_id"))
    problems.add(
        rows.filter(
            joined & pl.col("union_id").is_null() & pl.col("employer_id").is_not_null()
        ),
        "joined_on",
        "no_union",
        is_warning=True,
    )
    return rows


def _check_duplicates(rows: pl.DataFrame, problems: Problems) -> None:
    known = rows.filter(pl.col("id_index").is_not_null())
    repeated = known.with_columns(
        pl.col(ROW).min().over("id_index").alias("first")
    ).filter(pl.col(ROW) != pl.col("first"))
    problems.add(
        repeated,
        "id_number",
        "duplicate_row",
        values=[{"other_row": first} for first in repeated["first"]],
    )
