"""Writing compared rows into the register: in bulk, in the transaction that is open."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import DateField, F, Max, Value

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import (
    Among,
    bulk_insert,
    for_database,
    needs_transaction,
    reserve_ids,
)
from jiangxin.foundation.parts import brought
from jiangxin.foundation.sealing import blind_index_many, seal_many
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record_many
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Person,
    PersonDetails,
    PersonPast,
)
from jiangxin.kernel.register.models.person import ID_TAIL_LENGTH, ID_TAIL_PURPOSE
from jiangxin.kernel.register.names import read_name
from jiangxin.kernel.register.registry import (
    OnRosterConflicts,
    PeopleChange,
    announce_people_changed,
)
from jiangxin.kernel.register.roster.context import RosterContext
from jiangxin.kernel.register.roster.events import PersonFromRoster
from jiangxin.kernel.register.roster.facets import facets
from jiangxin.kernel.register.roster.trusting import (
    conflicts,
    sources_after,
    strongest_source,
)
from jiangxin.kernel.register.rules.sources import Origin, all_from

Progress = Callable[[str], None]

_DETAILS = [str(field.column) for field in PersonDetails._meta.local_fields]


@needs_transaction
def load(
    rows: pl.DataFrame,
    *,
    context: RosterContext,
    roster_id: int,
    actor: Actor,
    progress: Progress,
) -> None:
    """Write what `compare` found new or different; rows with problems are left out.

    Every table first, then one trail event a person, then those who follow changed
    people (policy matching). Writing the same rows again writes nothing.
    """
    origin = Origin(context.source, context.today, f"roster:{roster_id}")
    _tell_of_conflicts(rows, roster_id, context)
    rows = rows.filter(pl.col("status") != "unchanged")
    progress("people")
    rows = _load_people(rows, context, origin)
    progress("employment")
    _load_jobs(rows.filter("job_differs"), context.on, origin)
    _load_memberships(rows.filter("is_joining"), context.on, origin)
    progress("credentials")
    for facet in facets():
        facet.load(rows.filter(f"{facet.key}_is_new"), context)
    progress("trail")
    _record(rows, roster_id=roster_id, actor=actor, context=context)
    progress("followers")
    if rows.height:
        announce_people_changed(
            PeopleChange(
                person_ids=rows["person_id"].to_list(),
                on=context.today,
                at=context.now,
                actor=actor,
                reason=f"roster:{roster_id}",
            )
        )


@needs_transaction
def _tell_of_conflicts(
    rows: pl.DataFrame, roster_id: int, context: RosterContext
) -> None:
    found = list(conflicts(rows))
    if found:
        for follower in brought(OnRosterConflicts):
            follower.handle(found, roster_id, context.now)


def _load_people(
    rows: pl.DataFrame, context: RosterContext, origin: Origin
) -> pl.DataFrame:
    """Write new people and changed details; return the rows, all with `person_id`."""
    known = rows.filter(~pl.col("is_new"))
    new = rows.filter("is_new")
    ids = list(reserve_ids(Person, new.height))
    new = new.with_columns(pl.Series("person_id", ids, pl.Int64))
    _insert_people(new, context, origin)
    _change_people(known.filter("details_differ"), context.on, origin)
    return pl.concat([known, new])


def _insert_people(new: pl.DataFrame, context: RosterContext, origin: Origin) -> None:
    names = new["name"].to_list()
    readings = [read_name(name) for name in names]
    bulk_insert(
        Person,
        [
            "id",
            "name",
            "name_pinyin",
            "name_initials",
            "sex",
            "birth_on",
            "phone",
            "phone_index",
            "education",
            "sources",
            "valid_from",
            "id_type",
            "id_number",
            "id_index",
            "id_tail_index",
            "region_code",
            "registered_at",
        ],
        zip(
            new["person_id"],
            names,
            (reading.pinyin for reading in readings),
            (reading.initials for reading in readings),
            new["sex_code"],
            _days(new["born_on"]),
            _sealed(new["phone_number"], "phone"),
            _texts(new["phone_index"]),
            _texts(new["education_code"]),
            _same(json.dumps(all_from(origin)), new),
            _same(_day(context.on), new),
            new["id_type"],
            _sealed(new["id_number"], "id_number"),
            new["id_index"],
            _tails(new["id_number"]),
            map(context.regions.__getitem__, new["employer_id"]),
            _same(for_database(Person, "registered_at")(context.now), new),
            strict=True,
        ),
    )


def _change_people(rows: pl.DataFrame, on: date, origin: Origin) -> None:
    """Keep the present version beside, then write the new one over the current row."""
    if rows.height == 0:
        return
    _copy_to_past(rows["person_id"].to_list(), on)
    changes = zip(
        _sealed(rows["phone_number"], "phone"),
        _texts(rows["phone_index"]),
        _texts(rows["education_code"]),
        sources_after(rows, origin),
        _same(_day(on), rows),
        rows["person_id"],
        strict=True,
    )
    table = Person._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            # A blank cell says nothing, so what is known stays.
            f"UPDATE {table} SET"  # noqa: S608 -- our own names
            " phone = CASE WHEN length(%s) > 0 THEN %s ELSE phone END,"
            " phone_index = CASE WHEN %s <> '' THEN %s ELSE phone_index END,"
            " education = CASE WHEN %s <> '' THEN %s ELSE education END,"
            " sources = %s, valid_from = %s WHERE id = %s",
            [
                (phone, phone, index, index, education, education, *rest)
                for phone, index, education, *rest in changes
            ],
        )


def _copy_to_past(person_ids: Sequence[int], on: date) -> None:
    """Insert the current rows into the past table, sealed values as they lie."""
    current = Person.objects.filter(Among(F("id"), person_ids))
    versions = current.annotate(until=Value(on, DateField()))
    select, params = versions.values("until", "id", *_DETAILS).query.sql_with_params()
    columns = ", ".join(["valid_to", "person_id", *_DETAILS])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {PersonPast._meta.db_table} ({columns}) {select}",
            params,
        )


def _load_jobs(rows: pl.DataFrame, on: date, origin: Origin) -> None:
    """End the open job of those who had one and begin the new one.

    A job at another employer begins on the day the row gives; one that only changes
    within the same employer begins on the roster's day.
    """
    moved = pl.col("employer_id").ne_missing(pl.col("known_employer_id"))
    given = pl.when(moved).then("started")
    rows = _begun(Employment, rows, given, "job_from", on)
    _end(Employment, rows, "job_id")
    # Within the same employer, what the row does not say goes on.
    kept = rows.with_columns(
        pl.when(moved)
        .then(pl.col(said))
        .otherwise(pl.coalesce(said, known))
        .alias(said)
        for said, known in (
            ("occupation_code", "known_occupation"),
            ("post", "known_post"),
        )
    )
    bulk_insert(
        Employment,
        [
            "person_id",
            "organisation_id",
            "occupation",
            "post",
            "valid_from",
            "source",
            "act",
        ],
        zip(
            kept["person_id"],
            kept["employer_id"],
            _texts(kept["occupation_code"]),
            _texts(kept["post"]),
            _days(kept["begins"]),
            strongest_source(kept, origin),
            _same(origin.act, kept),
            strict=True,
        ),
    )


def _load_memberships(rows: pl.DataFrame, on: date, origin: Origin) -> None:
    rows = _begun(Membership, rows, pl.col("joined"), "membership_from", on)
    _end(Membership, rows, "membership_id")
    bulk_insert(
        Membership,
        ["person_id", "union_id", "valid_from", "source", "act"],
        zip(
            rows["person_id"],
            rows["union_id"],
            _days(rows["begins"]),
            _same(origin.source.value, rows),
            _same(origin.act, rows),
            strict=True,
        ),
    )


def _begun(
    model: type[Employment | Membership],
    rows: pl.DataFrame,
    given: pl.Expr,
    since: str,
    on: date,
) -> pl.DataFrame:
    """Add `begins`: the day given, as long as no recorded day gets another answer.

    One that is not after the beginning of the open tie would take its place from the
    first day: the new tie then begins on the roster's day. Nor does it begin before
    the last one ended.
    """
    known = rows.filter(~pl.col("is_new"))["person_id"]
    ended = (
        model.objects.filter(Among(F("person_id"), known), valid_to__isnull=False)
        .values("person_id")
        .annotate(on=Max("valid_to"))
        .values_list("person_id", "on")
    )
    last = pl.DataFrame(
        list(ended), schema={"person_id": pl.Int64, "ended": pl.Date}, orient="row"
    )
    begins = pl.when(pl.col(since).is_null() | (given > pl.col(since))).then(given)
    return rows.join(
        last, on="person_id", how="left", maintain_order="left"
    ).with_columns(
        pl.max_horizontal(pl.coalesce(begins, pl.lit(on)), "ended").alias("begins")
    )


def _end(model: type[Employment | Membership], rows: pl.DataFrame, key: str) -> None:
    """End open ties on the day the next begins."""
    ended = rows.filter(pl.col(key).is_not_null()).select(
        pl.col("begins").dt.to_string(), key
    )
    if ended.height:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {model._meta.db_table} SET valid_to = %s WHERE id = %s",  # noqa: S608 -- our own names
                ended.rows(),
            )


def _record(
    rows: pl.DataFrame, *, roster_id: int, actor: Actor, context: RosterContext
) -> None:
    """Say on each person's trail what this roster did."""
    facet_keys = [facet.key for facet in facets()]
    flags = ["details_differ", "job_differs", "is_joining"]
    names = ["details", "employment", "membership", *facet_keys]
    columns = [*flags, *(f"{key}_is_new" for key in facet_keys)]
    events: dict[tuple[bool, ...], PersonFromRoster] = {}

    def event(is_new: bool, *changed: bool) -> PersonFromRoster:  # noqa: FBT001 -- columns
        made = events.get((is_new, *changed))
        if made is None:
            what = [name for name, flag in zip(names, changed, strict=True) if flag]
            made = PersonFromRoster(roster=roster_id, is_new=is_new, parts=what)
            events[is_new, *changed] = made
        return made

    for is_new in (True, False):
        some = rows.filter(pl.col("is_new") == is_new)
        record_many(
            (
                (subject("person", person_id), event(is_new, *changed))
                for person_id, *changed in some.select(
                    "person_id", *columns
                ).iter_rows()
            ),
            actor=actor,
            at=context.now,
            assume_new=is_new,
        )


def _sealed(column: pl.Series, field: str) -> list[bytes]:
    return seal_many(_texts(column), aad=f"{Person._meta.label}.{field}")


def _tails(numbers: pl.Series) -> list[str]:
    """Return the digests by which the numbers' last four are found; few differ."""
    tails = numbers.str.slice(-ID_TAIL_LENGTH)
    different = tails.unique().to_list()
    digests = blind_index_many(different, purpose=ID_TAIL_PURPOSE)
    known = dict(zip(different, digests, strict=True))
    return [known[tail] for tail in tails]


def _texts(column: pl.Series) -> list[str]:
    return column.fill_null("").to_list()


def _days(column: pl.Series) -> list[str]:
    """Return dates as both databases take them."""
    return column.dt.to_string().to_list()


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _same(value: Any, rows: pl.DataFrame) -> list[Any]:
    return [value] * rows.height
