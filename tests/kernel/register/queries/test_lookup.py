import pytest

from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.queries import lookup
from tests.kernel.register.cast import id_number

PHONE = "13800001234"


@pytest.fixture
def people(make_person, firms):
    return {
        "单芳": make_person(1, name="单芳", employer=firms.north, phone=PHONE),
        "单方明": make_person(2, name="单方明", employer=firms.south),
        "李John": make_person(3, name="李John"),
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("单", {"单芳", "单方明"}),
        ("芳", {"单芳"}),
        ("shanf", {"单芳", "单方明"}),
        ("ShanFang", {"单芳", "单方明"}),
        ("sfm", {"单方明"}),
        ("John", {"李John"}),
        ("john", {"李John"}),
        (PHONE, {"单芳"}),
        ("+86 138-0000-1234".replace(" ", ""), set()),
        (id_number(2), {"单方明"}),
        ("13900001234", set()),
        ("999999999999999", set()),
        ("zz", set()),
        ("％", set()),
    ],
)
def test_people_are_found_by_what_is_typed(people, typed, found):
    matching = lookup.people_matching(Person.objects.all(), typed)
    assert {person.name for person in matching} == found


def test_person_is_found_by_the_number_people_quote(people):
    person = people["单芳"]
    assert lookup.people_matching(Person.objects.all(), str(person.pk)).get() == person


def test_people_are_found_by_their_employer(people):
    for typed in ("北方", "北方机械", "e-north"):
        found = lookup.people_working_at(Person.objects.all(), typed)
        assert [person.name for person in found] == ["单芳"]


def test_organisation_is_meant_by_code_or_name(firms):
    everyone = Organisation.objects.all()
    assert lookup.find_organisations("U-NORTH", among=everyone) == [firms.north_union]
    assert lookup.find_organisations("北方机械", among=everyone) == [firms.north]
    assert len(lookup.find_organisations("北方", among=everyone)) == 2
    assert lookup.find_organisations("西方", among=everyone) == []
