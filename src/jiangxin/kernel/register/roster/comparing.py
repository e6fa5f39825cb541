"""What a checked roster would change: each row against the register as it is now."""

from typing import Any

import polars as pl
from django.db import connection
from django.db.models import CharField, F, FilteredRelation, Q
from django.db.models.functions import Cast

from jiangxin.foundation.db import Among
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.roster.context import RosterContext
from jiangxin.kernel.register.roster.facets import facets
from jiangxin.kernel.register.roster.problems import Problems
from jiangxin.kernel.register.roster.reading import ROW
from jiangxin.kernel.register.roster.trusting import is_kept, keep_what_is_trusted_more

_KNOWN: dict[str, type[pl.DataType]] = {
    "id_index": pl.String,
    "person_id": pl.Int64,
    "person_from": pl.Date,
    "known_name": pl.String,
    "known_phone_index": pl.String,
    "known_education": pl.String,
    "known_sources": pl.String,
    "job_id": pl.Int64,
    "known_employer_id": pl.Int64,
    "known_occupation": pl.String,
    "known_post": pl.String,
    "job_source": pl.String,
    "job_from": pl.Date,
    "membership_id": pl.Int64,
    "known_union_id": pl.Int64,
    "membership_from": pl.Date,
}
_FIELDS = (
    "id_index",
    "id",
    "person_from",
    "name",
    "phone_index",
    "education",
    "known_sources",
    "job__id",
    "job__organisation_id",
    "job__occupation",
    "job__post",
    "job__source",
    "job_from",
    "membership__id",
    "membership__union_id",
    "membership_from",
)


def compare(
    rows: pl.DataFrame, problems: Problems, context: RosterContext
) -> pl.DataFrame:
    """Return the rows with what the register knows, and what is new or differs.

    Added: `person_id` and the known values (null for new people); is_new,
    details_differ (phone_differs or education_differs), job_differs, is_joining, what facets add, and `status`: "new",
    "changed", "unchanged". A blank cell says nothing, so it never differs.
    """
    rows = rows.join(
        _known_people(rows), on="id_index", how="left", maintain_order="left"
    )
    known = pl.col("person_id").is_not_null()
    _check_met_twice(rows, problems)
    problems.add(
        rows.filter(known & (pl.col("name") != pl.col("known_name"))),
        "name",
        "name_differs",
    )
    rows = keep_what_is_trusted_more(rows, problems, context)
    rows = rows.with_columns(
        (~known).alias("is_new"),
        (known & _differs("phone_index", "known_phone_index")).alias("phone_differs"),
        (known & _differs("education_code", "known_education")).alias(
            "education_differs"
        ),
        (
            _differs("employer_id", "known_employer_id")
            | _differs("occupation_code", "known_occupation")
            | _differs("post", "known_post")
        ).alias("job_differs"),
        _differs("union_id", "known_union_id").alias("is_joining"),
    ).with_columns(
        (pl.col("phone_differs") | pl.col("education_differs")).alias("details_differ")
    )
    problems.add(
        rows.filter(
            ~pl.col("is_joining") & _differs("joined", "membership_from") & known
        ).filter(pl.col("union_id").is_not_null()),
        "joined_on",
        "joined_on_differs",
        is_warning=True,
    )
    _refuse_what_is_older(rows, problems, context)
    for facet in facets():
        rows = facet.compare(rows, problems, context)
    return rows.with_columns(_status())


def _refuse_what_is_older(
    rows: pl.DataFrame, problems: Problems, context: RosterContext
) -> None:
    """Say which rows would change what was true before it was recorded otherwise.

    What was answered for an earlier day stays the answer, so a roster may not reach
    behind the record that it differs from.
    """
    for column, differs, since in (
        ("name", "details_differ", "person_from"),
        ("employer", "job_differs", "job_from"),
        ("joined_on", "is_joining", "membership_from"),
    ):
        newer = rows.filter(pl.col(differs) & (pl.col(since) > context.on))
        days = newer[since].dt.to_string()
        problems.add(
            newer, column, "register_is_newer", values=[{"day": day} for day in days]
        )


def _differs(said: str, known: str) -> pl.Expr:
    """Whether the row says something and the register has something else or nothing."""
    return pl.col(said).is_not_null() & pl.col(said).ne_missing(pl.col(known))


def _status() -> pl.Expr:
    changes = [
        pl.col(name)
        for name in (
            "details_differ",
            "job_differs",
            "is_joining",
            *(f"{facet.key}_is_new" for facet in facets()),
        )
    ]
    return (
        pl.when("is_new")
        .then(pl.lit("new"))
        .when(pl.any_horizontal(changes))
        .then(pl.lit("changed"))
        .otherwise(pl.lit("unchanged"))
        .alias("status")
    )


def _known_people(rows: pl.DataFrame) -> pl.DataFrame:
    """Read people by their index; by that of a merged record, whom it leads to."""
    keys = rows["id_index"].drop_nulls().unique().to_list()
    known = _read_people(Q(Among(F("id_index"), keys)))
    merged = Person.every.filter(
        Among(F("id_index"), keys), merged_into__isnull=False
    ).values_list("id_index", "name", "pk")
    numbers = {key: (name, Person.every.number_now(pk)) for key, name, pk in merged}
    if not numbers:
        return known
    led_to = pl.DataFrame(
        [(key, name, number) for key, (name, number) in numbers.items()],
        schema={"id_index": pl.String, "name": pl.String, "person_id": pl.Int64},
        orient="row",
    )
    kept = _read_people(Q(Among(F("id"), led_to["person_id"].to_list())))
    # A roster may still know them by the name of the record that was merged.
    there = led_to.join(kept.drop("id_index"), on="person_id").with_columns(
        pl.col("name").alias("known_name")
    )
    return pl.concat([known, there.select(known.columns)])


def _read_people(condition: Q) -> pl.DataFrame:
    """Read people past the ORM's row-by-row conversion."""
    people = (
        Person.objects.annotate(
            job=FilteredRelation(
                "employments", condition=Q(employments__valid_to__isnull=True)
            ),
            membership=FilteredRelation(
                "memberships", condition=Q(memberships__valid_to__isnull=True)
            ),
        )
        # As texts, which polars reads quicker than a driver converts each date.
        .annotate(
            person_from=Cast("valid_from", CharField()),
            job_from=Cast("job__valid_from", CharField()),
            membership_from=Cast("membership__valid_from", CharField()),
            known_sources=Cast("sources", CharField()),
        )
        .filter(condition)
        .values_list(*_FIELDS)
    )
    with connection.cursor() as cursor:
        cursor.execute(*people.query.sql_with_params())
        columns = list(zip(*cursor.fetchall(), strict=True))
    if not columns:
        return pl.DataFrame(schema=_KNOWN)
    return pl.DataFrame(
        [
            pl.Series(name, values, pl.String if kind == pl.Date else kind)
            for (name, kind), values in zip(_KNOWN.items(), columns, strict=True)
        ]
    ).with_columns(pl.col("person_from", "job_from", "membership_from").str.to_date())


def _check_met_twice(rows: pl.DataFrame, problems: Problems) -> None:
    """Refuse the second row of a person: by their number, and by a merged one."""
    repeated = (
        rows.filter(pl.col("person_id").is_not_null())
        .with_columns(pl.col(ROW).min().over("person_id").alias("first"))
        .filter(
            (pl.col(ROW) != pl.col("first")) & pl.col("id_index").is_first_distinct()
        )
    )
    problems.add(
        repeated,
        "id_number",
        "duplicate_row",
        values=[{"other_row": first} for first in repeated["first"]],
    )


def counts(rows: pl.DataFrame, problems: Problems) -> dict[str, Any]:
    """Return how many rows are new, changed, unchanged, refused, or carry a warning.

    And under "kinds" every kind of problem: its column and code, whether it is only a
    warning, how many rows have it, the first of them and that one's values.
    """
    found = problems.frame()
    refused = problems.refused_rows()
    accepted = rows.join(refused, on=ROW, how="anti")
    states = dict(accepted["status"].value_counts().iter_rows())
    warned = found.filter("is_warning").select(ROW).unique()
    kinds = found.group_by("column", "code", "is_warning").agg(
        pl.col(ROW).n_unique().alias("rows"),
        pl.col(ROW).first().alias("first_row"),
        pl.col("values").first(),
    )
    return {
        "rows": rows.height,
        **{status: states.get(status, 0) for status in ("new", "changed", "unchanged")},
        "refused": refused.height,
        "kept": accepted.filter(is_kept()).height,
        "warned": accepted.join(warned, on=ROW, how="semi").height,
        "kinds": kinds.sort(
            "is_warning",
            "rows",
            "code",
            "column",
            descending=[False, True, False, False],
        ).to_dicts(),
    }
