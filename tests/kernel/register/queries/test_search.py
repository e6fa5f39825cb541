from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.queries.search import people_matching
from jiangxin.kernel.register.queries.visibility import people_visible_to
from tests.kernel.register.cast import CLERK, NORTHERNER, OFFICER, STRANGER, id_number

PHONE = "13800001234"
TAIL = id_number(2)[-4:]


@pytest.fixture
def people(make_person, firms):
    return {
        "单芳": make_person(
            1, name="单芳", employer=firms.north, union=firms.north_union, phone=PHONE
        ),
        "单方明": make_person(2, name="单方明", employer=firms.south),
        "李John": make_person(3, name="李John"),
    }


def found_by(typed, people=None):
    among = Person.objects.all() if people is None else people
    matching = people_matching(among, typed)
    return {person.name for person in matching}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("单", {"单芳", "单方明"}),
        ("单芳", {"单芳"}),
        ("芳", {"单芳"}),
        ("方明", {"单方明"}),
        ("明", {"单方明"}),
        ("shanf", {"单芳", "单方明"}),
        ("ShanFang", {"单芳", "单方明"}),
        ("s", {"单芳", "单方明"}),
        ("sf", {"单芳", "单方明"}),
        ("sfm", {"单方明"}),
        ("ｓｆｍ", {"单方明"}),
        ("John", {"李John"}),
        ("john", {"李John"}),
        ("北方", {"单芳"}),
        ("机械", {"单芳", "单方明"}),
        ("e-south", {"单方明"}),
        (PHONE, {"单芳"}),
        ("+86138-0000-1234", {"单芳"}),
        ("0000", set()),
        (TAIL, {"单方明"}),
        (TAIL.lower(), {"单方明"}),
        (id_number(2), {"单方明"}),
        (id_number(9), set()),
        ("13900001234", set()),
        ("999999999999999", set()),
        ("zz", set()),
        ("％", set()),
        ("%", set()),
        ("\u200b", set()),
    ],
)
def test_people_are_found_by_what_is_typed(people, typed, found):
    assert found_by(typed) == found


def test_person_is_found_by_the_number_people_quote(people):
    person = people["单芳"]
    assert people_matching(Person.objects.all(), str(person.pk)).get() == person


def test_any_part_of_a_name_is_looked_for_only_when_nothing_else_fits(make_person):
    make_person(1, name="方单")
    make_person(2, name="王方单")
    make_person(3, name="买买提方单江")
    assert found_by("方单") == {"方单", "王方单"}
    assert found_by("提方") == {"买买提方单江"}


@pytest.mark.parametrize(
    ("actor", "found"),
    [
        (STRANGER, set()),
        (OFFICER, {"单芳", "单方明"}),
        (NORTHERNER, {"单芳"}),
        (CLERK, {"单芳"}),
    ],
)
@pytest.mark.parametrize("typed", ["单", "shan", "sf", "机械"])
def test_nobody_is_found_beyond_what_one_may_see(people, actor, found, typed):
    assert found_by(typed, people_visible_to(actor)) == found


@pytest.mark.parametrize("typed", [PHONE, id_number(1), id_number(1)[-4:], "北方"])
def test_a_number_one_knows_opens_no_other_place(people, typed):
    everyone = people_visible_to(OFFICER).filter(region_code="330726101")
    assert not people_matching(everyone, typed).exists()


@pytest.mark.sqlite_only
def test_a_word_is_looked_up_in_an_index(people):
    with connection.cursor() as cursor:
        for way in ("单", "芳", "shan", "sfm", TAIL, PHONE, id_number(2)):
            query = people_matching(Person.objects.all(), way).values("pk").query
            sql, params = query.sql_with_params()
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            plan = [row[3] for row in cursor.fetchall()]
            assert not [step for step in plan if "SCAN" in step], plan


def test_digests_are_made_for_people_on_record_already(people):
    migration = import_module(
        "jiangxin.kernel.register.migrations.0003_fill_id_tail_index"
    )
    Person.objects.update(id_tail_index="")
    assert found_by(TAIL) == set()
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert found_by(TAIL) == {"单方明"}
