"""Which source a roster's cell would replace, and which of the two is trusted more."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.registry import RosterConflict
from jiangxin.kernel.register.roster.context import RosterContext
from jiangxin.kernel.register.roster.problems import Problems
from jiangxin.kernel.register.rules.sources import Origin, rank_of, with_origin


@dataclass(frozen=True)
class Guarded:
    """A value that a roster may say otherwise.

    said: the columns that carry it, what is compared first. plain: what people read.
    """

    field: str
    said: tuple[str, ...]
    known: str
    plain: str
    is_of_job: bool = False


GUARDED = (
    Guarded(
        "phone", ("phone_index", "phone_number"), "known_phone_index", "phone_number"
    ),
    Guarded("education", ("education_code",), "known_education", "education_code"),
    Guarded(
        "occupation", ("occupation_code",), "known_occupation", "occupation_code", True
    ),
    Guarded("post", ("post",), "known_post", "post", True),
)


def keep_what_is_trusted_more(
    rows: pl.DataFrame, problems: Problems, context: RosterContext
) -> pl.DataFrame:
    """Blank cells that say otherwise than a source that ranks higher, and say so.

    Added: `<field>_kept`, what the roster said of it; null where nothing was kept. Of a
    job, only while the employer stays the same: another one begins another job.
    """
    for one in GUARDED:
        said, known = pl.col(one.said[0]), pl.col(one.known)
        rank = _rank_of_job() if one.is_of_job else _rank_of(rows, one.field)
        is_kept = (
            said.is_not_null()
            & (known != "")
            & (said != known)
            & (rank > context.source.rank)
        )
        rows = rows.with_columns(
            pl.when(is_kept).then(pl.col(one.plain)).alias(f"{one.field}_kept")
        )
        kept = pl.col(f"{one.field}_kept").is_not_null()
        problems.add(rows.filter(kept), one.field, "more_trusted_kept", is_warning=True)
        rows = rows.with_columns(
            pl.when(~kept).then(pl.col(name)).alias(name) for name in one.said
        )
    return rows


def is_kept() -> pl.Expr:
    """Whether anything of a row was kept against the roster."""
    return pl.any_horizontal(
        pl.col(f"{one.field}_kept").is_not_null() for one in GUARDED
    )


def conflicts(rows: pl.DataFrame) -> Iterator[RosterConflict]:
    """Yield what rows say otherwise than what is trusted more."""
    for one in GUARDED:
        name = f"{one.field}_kept"
        some = rows.filter(pl.col(name).is_not_null()).select("person_id", name)
        for person_id, value in some.iter_rows():
            yield RosterConflict(person_id, one.field, value)


def _rank_of(rows: pl.DataFrame, field: str) -> pl.Expr:
    """Few sources are distinct, so each is read once."""
    texts = rows["known_sources"].drop_nulls().unique().to_list()
    ranks = {text: rank_of(json.loads(text), field) for text in texts}
    return pl.col("known_sources").replace_strict(
        ranks, default=0, return_dtype=pl.Int64
    )


def _rank_of_job() -> pl.Expr:
    """The rank of an open job's source; 0 for a job elsewhere."""
    ranks = {source.value: source.rank for source in Source}
    rank = pl.col("job_source").replace_strict(ranks, default=0, return_dtype=pl.Int64)
    return pl.when(pl.col("employer_id") == pl.col("known_employer_id")).then(rank)


def sources_after(rows: pl.DataFrame, origin: Origin) -> list[str]:
    """Return, as the database takes them, the sources of rows whose details change."""
    made: dict[tuple[str, bool, bool], str] = {}

    def after(*key: str | bool) -> str:
        known, phone, education = key
        changed = [
            name
            for name, differs in (("phone", phone), ("education", education))
            if differs
        ]
        return json.dumps(with_origin(json.loads(str(known)), changed, origin))

    keys = rows.select(
        "known_sources", "phone_differs", "education_differs"
    ).iter_rows()
    texts = []
    for key in keys:
        if key not in made:
            made[key] = after(*key)
        texts.append(made[key])
    return texts


def strongest_source(rows: pl.DataFrame, origin: Origin) -> list[str]:
    """Return the source of each job that begins.

    One that goes on at the same employer stays trusted as it was, though the roster
    adds to it: or the next roster might replace what a clerk looked at.
    """
    stays = _rank_of_job() > origin.source.rank
    source = pl.when(stays).then("job_source").otherwise(pl.lit(origin.source.value))
    return rows.select(source.alias("source"))["source"].to_list()
