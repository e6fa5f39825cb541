from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.queries import lookup


def test_people_are_found_by_their_employer(make_person, firms):
    make_person(1, name="单芳", employer=firms.north)
    make_person(2, name="单方明", employer=firms.south)
    for typed in ("北方", "北方机械", "e-north"):
        found = lookup.people_working_at(Person.objects.all(), typed)
        assert [person.name for person in found] == ["单芳"]


def test_organisation_is_meant_by_code_or_name(firms):
    everyone = Organisation.objects.all()
    assert lookup.find_organisations("U-NORTH", among=everyone) == [firms.north_union]
    assert lookup.find_organisations("北方机械", among=everyone) == [firms.north]
    assert len(lookup.find_organisations("北方", among=everyone)) == 2
    assert lookup.find_organisations("西方", among=everyone) == []
