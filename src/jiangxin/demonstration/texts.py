"""People as a roster writes them: one text a column, as the import reads it."""

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

import polars as pl
import yaml

from jiangxin.demonstration.chance import DATA
from jiangxin.demonstration.numbers import (
    REGISTER_RANGE,
    certificate_numbers,
    phones,
    with_id_numbers,
)
from jiangxin.demonstration.plan import words

WITH_PHONE = 0.97
BY_EMPLOYER = 0.7


@cache
def roster_words() -> Mapping[str, Any]:
    """Return the Chinese words of rosters."""
    found: Mapping[str, Any] = yaml.safe_load(
        (DATA / "roster_words.yaml").read_text("utf-8")
    )
    return found


def with_numbers(
    people: pl.DataFrame,
    *,
    chance: Random,
    first_phone: int,
    site: int,
    sequence: tuple[int, int] = REGISTER_RANGE,
) -> pl.DataFrame:
    """Add id_number, phone_number and certificate, each different for everyone.

    first_phone: where in the order of phones to begin. site: number of the assessment
    site. sequence: see `with_id_numbers`. All three keep different loads apart.
    """
    people = with_id_numbers(people, numbers=sequence)
    count = people.height
    has_phone = pl.Series(
        "has_phone", [chance.random() < WITH_PHONE for _ in range(count)]
    )
    by_employer = pl.Series(
        "by_employer", [chance.random() < BY_EMPLOYER for _ in range(count)]
    )
    people = people.with_columns(phones(first_phone, count), has_phone, by_employer)
    return people.with_columns(
        pl.when("has_phone").then(pl.col("phone_number")).alias("phone_number"),
        certificate_numbers(people, site=site, by_employer=pl.col("by_employer")).alias(
            "certificate"
        ),
    ).drop("has_phone", "by_employer")


def as_texts(
    people: pl.DataFrame,
    employers: Mapping[int, str | None],
    *,
    chance: Random,
    issuer: str,
) -> pl.DataFrame:
    """Return one text column for each of the register's roster columns.

    employers: what a workplace is called in the file, None for a blank cell.
    """
    said = roster_words()
    posts = chance.choices(words()["post"], k=people.height)
    graded = pl.col("grade").is_not_null()
    return people.select(
        "name",
        "id_number",
        _worded("sex_code", said["sex"]).alias("sex"),
        pl.col("born_on").dt.to_string().alias("birth_on"),
        pl.col("phone_number").alias("phone"),
        _worded("education_code", said["education"]).alias("education"),
        pl.col("workplace")
        .replace_strict(dict(employers), return_dtype=pl.String)
        .alias("employer"),
        "occupation",
        pl.Series("post", posts, pl.String),
        pl.col("started").dt.to_string().alias("started_on"),
        pl.col("joined").dt.to_string().alias("joined_on"),
        _worded("grade", said["grades"]).alias("skill_grade"),
        pl.col("certificate").alias("certificate_number"),
        pl.col("issued").dt.to_string().alias("certificate_issued_on"),
        pl.when(graded).then(pl.lit(issuer)).alias("certificate_issuer"),
    )


def _worded(column: str, known: Mapping[Any, str]) -> pl.Expr:
    return pl.col(column).replace_strict(
        dict(known), default=None, return_dtype=pl.String
    )
