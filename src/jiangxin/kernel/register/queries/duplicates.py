"""Who may be registered twice: looking for pairs, and the pairs that were found."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import polars as pl
from django.db import connection
from django.db.models import CharField, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Cast

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import Among
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.register.enums import DuplicateRule, DuplicateState
from jiangxin.kernel.register.models import DuplicatePair, Person
from jiangxin.kernel.register.names import syllables_of
from jiangxin.kernel.register.permissions import MERGE_PEOPLE
from jiangxin.kernel.register.queries.visibility import people_visible_to
from jiangxin.kernel.register.rules.duplicates import Traits, rule_for

Pair = tuple[int, int]

# What people have in common whom a rule can bring together: nobody else is compared.
BLOCKS = (
    ("birth_on", "employer_id"),
    ("birth_on", "phone_index"),
    ("name", "phone_index"),
)
_SCHEMA: dict[str, type[pl.DataType]] = {
    "id": pl.Int64,
    "name": pl.String,
    "birth_on": pl.String,
    "phone_index": pl.String,
    "employer_id": pl.Int64,
}


def find_pairs(person_ids: Sequence[int] | None = None) -> dict[Pair, DuplicateRule]:
    """Return pairs of people who may be one, lower number first, with the rule.

    person_ids: only pairs with one of these; None looks through the whole register.
    """
    people = read_traits(person_ids)
    return {
        pair: rule
        for pair, traits in _compared(people, person_ids)
        if (rule := rule_for(*traits)) is not None
    }


def read_traits(person_ids: Sequence[int] | None) -> pl.DataFrame:
    """Return everybody, or those with whom a rule could bring `person_ids` together."""
    people = Person.objects.annotate(
        job=FilteredRelation(
            "employments", condition=Q(employments__valid_to__isnull=True)
        ),
        born=Cast("birth_on", CharField()),
    )
    if person_ids is not None:
        some = Person.objects.filter(Among(F("id"), person_ids))
        phones = some.exclude(phone_index="").values("phone_index")
        people = people.filter(
            Q(birth_on__in=some.values("birth_on")) | Q(phone_index__in=phones)
        )
    rows = people.values_list(
        "id", "name", "born", "phone_index", "job__organisation_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(*rows.query.sql_with_params())
        columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(_SCHEMA)
    frame = pl.DataFrame(
        [
            pl.Series(name, values, kind)
            for (name, kind), values in zip(_SCHEMA.items(), columns, strict=True)
        ]
    )
    return frame.with_columns(pl.when(pl.col("phone_index") != "").then("phone_index"))


def _compared(
    people: pl.DataFrame, person_ids: Sequence[int] | None
) -> Iterator[tuple[Pair, tuple[Traits, Traits]]]:
    """Yield each two people who share what a block asks for, once."""
    pairs = _pairs(people, person_ids)
    first = people.select(pl.all().name.suffix("_1"))
    second = people.select(pl.all().name.suffix("_2"))
    rows = pairs.join(first, left_on="one", right_on="id_1").join(
        second, left_on="other", right_on="id_2"
    )
    for one, other, *values in rows.iter_rows():
        width = len(values) // 2
        yield (one, other), (_traits(*values[:width]), _traits(*values[width:]))


def _pairs(people: pl.DataFrame, person_ids: Sequence[int] | None) -> pl.DataFrame:
    found = []
    for block in BLOCKS:
        known = people.drop_nulls(block).select("id", *block)
        twins = known.join(known, on=block, suffix="_other")
        found.append(
            twins.filter(pl.col("id") < pl.col("id_other")).select(
                pl.col("id").alias("one"), pl.col("id_other").alias("other")
            )
        )
    pairs = pl.concat(found).unique(maintain_order=True)
    if person_ids is None:
        return pairs
    wanted = pl.lit(pl.Series(person_ids, dtype=pl.Int64).implode())
    return pairs.filter(pl.col("one").is_in(wanted) | pl.col("other").is_in(wanted))


def _traits(
    name: str, born: str, phone_index: str | None, employer_id: int | None
) -> Traits:
    return Traits(name, syllables_of(name), born, phone_index or "", employer_id)


def pairs_visible_to(actor: Actor) -> QuerySet[DuplicatePair]:
    """Return the pairs of which the actor may judge both people.

    A record that has been merged is in no pair any more, unless that pair says so.
    """
    people = people_visible_to(actor, MERGE_PEOPLE).values("pk")
    merged = Person.every.filter(merged_into__in=people).values("pk")
    both = Q(person__in=people, other__in=people)
    are_one = Q(state=DuplicateState.MERGED) & (
        Q(person__in=people, other__in=merged) | Q(person__in=merged, other__in=people)
    )
    return DuplicatePair.objects.filter(both | are_one).select_related(
        "person", "other"
    )


def get_pair(pair_id: int, *, visible_to: Actor) -> DuplicatePair:
    """Raises NotFound."""
    found = pairs_visible_to(visible_to).filter(pk=pair_id).first()
    if found is None:
        raise NotFound
    return found


def count_pairs_open(actor: Actor, now: datetime) -> int:
    """Return how many pairs wait for the actor's decision."""
    del now  # waiting has no time of its own
    return pairs_visible_to(actor).filter(state=DuplicateState.OPEN).count()


def rules_by_pair(
    pairs: QuerySet[DuplicatePair],
) -> dict[Pair, tuple[int, str, str]]:
    """Return number, rule and state of pairs by the people in them."""
    rows: Iterable[tuple[int, int, int, str, str]] = pairs.values_list(
        "person_id", "other_id", "pk", "rule", "state"
    )
    return {(one, other): (pk, rule, state) for one, other, pk, rule, state in rows}
