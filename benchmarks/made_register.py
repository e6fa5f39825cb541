"""A register of made-up people for measurements: towns, employers, jobs, memberships.

Written straight into the tables, because how it comes there is not what is measured.
"""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jiangxin.demonstration.chance import rows_of
from jiangxin.demonstration.people import Workplace, draw_people
from jiangxin.demonstration.plan import Group, read_plan, words
from jiangxin.demonstration.texts import with_numbers
from jiangxin.foundation.db import bulk_insert, for_database, reserve_ids
from jiangxin.foundation.sealing import blind_index_many, seal_many
from jiangxin.kernel.register.enums import OrganisationKind
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Person,
    Region,
)
from jiangxin.kernel.register.models.person import (
    ID_NUMBER_PURPOSE,
    ID_TAIL_LENGTH,
    ID_TAIL_PURPOSE,
    PHONE_PURPOSE,
)
from jiangxin.kernel.register.names import read_name

COUNTIES = ("330324", "330726", "331023")
TOWNS_A_COUNTY = 15
PEOPLE_AN_EMPLOYER = 60
SINCE = date(2024, 1, 1)
ON = date(2026, 11, 1)


@transaction.atomic
def make_register(people: int, *, seed: int = 1) -> None:
    """Write `people` people of three counties, in employers of all sizes."""
    chance = Random(seed)
    towns = list(_make_regions())
    employers, unions = _make_employers(max(people // PEOPLE_AN_EMPLOYER, 5), towns)
    drawn = _draw(people, list(employers), chance)
    _insert(drawn, employers, unions)
    # A PostgreSQL that has run for a day has looked at its tables once.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _make_regions() -> Iterator[str]:
    for county in COUNTIES:
        Region.objects.create(code=county, name=county, level=3)
        for town in range(100, 100 + TOWNS_A_COUNTY):
            code = f"{county}{town}"
            Region.objects.create(code=code, name=code, level=4, parent_id=county)
            yield code


def _make_employers(
    count: int, towns: list[str]
) -> tuple[dict[int, str], dict[int, int]]:
    """Return employers with the towns they lie in, and the union of each."""
    brands = [row["character"] for row in rows_of("brands.csv")]
    trades = [row["word"] for row in rows_of("industries.csv")]
    employers, unions = {}, {}
    for i in range(count):
        name = words()["company"].format(
            place="",
            brand=brands[i % len(brands)] + brands[i // len(brands) % len(brands)],
            word=trades[i % len(trades)],
        )
        details = {"region_id": towns[i % len(towns)], "valid_from": SINCE}
        employer = Organisation.objects.create(
            code=f"E{i:05}", name=name, kind=OrganisationKind.EMPLOYER, **details
        )
        union = Organisation.objects.create(
            code=f"U{i:05}",
            name=words()["grassroots_union"].format(employer=name),
            kind=OrganisationKind.GRASSROOTS_UNION,
            employer=employer,
            **details,
        )
        employers[employer.pk] = employer.region_id
        unions[employer.pk] = union.pk
    return employers, unions


def _draw(people: int, employers: list[int], chance: Random) -> pl.DataFrame:
    sector = rows_of("trades.csv")[0]["sector"]
    drawn = draw_people(
        [Group("workers", people, (18, 60), "workers")],
        [Workplace(pk, chance.paretovariate(1.3), sector) for pk in employers],
        educations=read_plan().educations,
        division=COUNTIES[0],
        on=ON,
        chance=chance,
    )
    return with_numbers(drawn, chance=chance, first_phone=0, site=0)


def _insert(
    drawn: pl.DataFrame, employers: dict[int, str], unions: dict[int, int]
) -> None:
    ids = list(reserve_ids(Person, drawn.height))
    names = drawn["name"].to_list()
    readings = [read_name(name) for name in names]
    numbers = drawn["id_number"].to_list()
    phones = drawn["phone_number"].fill_null("").to_list()
    tails = [number[-ID_TAIL_LENGTH:] for number in numbers]
    now = for_database(Person, "registered_at")(timezone.now())
    columns: dict[str, Any] = {
        "id": ids,
        "name": names,
        "name_pinyin": [reading.pinyin for reading in readings],
        "name_initials": [reading.initials for reading in readings],
        "sex": drawn["sex_code"].to_list(),
        "birth_on": drawn["born_on"].dt.to_string().to_list(),
        "phone": seal_many(phones, aad="register.Person.phone"),
        "phone_index": blind_index_many(phones, purpose=PHONE_PURPOSE),
        "education": drawn["education_code"].fill_null("").to_list(),
        "valid_from": [SINCE.isoformat()] * len(ids),
        "id_type": ["111"] * len(ids),
        "id_number": seal_many(numbers, aad="register.Person.id_number"),
        "id_index": blind_index_many(numbers, purpose=ID_NUMBER_PURPOSE),
        "id_tail_index": blind_index_many(tails, purpose=ID_TAIL_PURPOSE),
        "region_code": [employers[pk] for pk in drawn["workplace"]],
        "registered_at": [now] * len(ids),
    }
    bulk_insert(Person, list(columns), zip(*columns.values(), strict=True))
    started = drawn["started"].dt.to_string().to_list()
    bulk_insert(
        Employment,
        ["person_id", "organisation_id", "occupation", "post", "valid_from"],
        zip(
            ids,
            drawn["workplace"],
            drawn["occupation"].fill_null("").str.slice(0, 10),
            [""] * len(ids),
            started,
            strict=True,
        ),
    )
    bulk_insert(
        Membership,
        ["person_id", "union_id", "valid_from"],
        zip(ids, map(unions.__getitem__, drawn["workplace"]), started, strict=True),
    )
