import pytest

from jiangxin.foundation.actor import SYSTEM, Scope
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.models import Employment, Membership, Organisation, Person
from jiangxin.kernel.register.queries import visibility
from tests.kernel.register.cast import (
    CLERK,
    COUNTY,
    NORTH,
    NORTHERNER,
    OFFICER,
    SOUTH,
    STRANGER,
    Somebody,
)
from tests.unreached import UNREACHED

SOUTHERNER = Somebody((Scope(SOUTH),))
NEIGHBOUR = Somebody((Scope("330727"),))
EMPLOYER_CLERK = Somebody((Scope(organisation_code="E-NORTH"),))
OTHER_CLERK = Somebody((Scope(organisation_code="U-SOUTH"),))
BOTH = Somebody((Scope(SOUTH), Scope(organisation_code="U-NORTH")))
NOWHERE = Somebody((Scope(organisation_code="-"),))
SEES_ONLY = Somebody(
    (Scope(COUNTY),),
    permissions=frozenset({"register.view_people", "register.view_organisations"}),
)
ACTORS = [
    SYSTEM,
    STRANGER,
    OFFICER,
    NORTHERNER,
    SOUTHERNER,
    NEIGHBOUR,
    CLERK,
    EMPLOYER_CLERK,
    OTHER_CLERK,
    BOTH,
    NOWHERE,
    SEES_ONLY,
]


@pytest.fixture
def people(make_person, firms):
    """By name: who works or belongs where."""
    north, south = firms.north, firms.south
    found = {
        "north": make_person(1, employer=north, union=firms.north_union),
        "south": make_person(2, employer=south, union=firms.south_union),
        "works south, belongs north": make_person(
            3, employer=south, union=firms.north_union
        ),
        "belongs north": make_person(4, union=firms.north_union),
        "nowhere": make_person(5),
        "left north": make_person(6, employer=north, union=firms.north_union),
    }
    Employment.objects.filter(person=found["left north"]).update(
        valid_to=north.valid_from
    )
    Membership.objects.filter(person=found["left north"]).update(
        valid_to=north.valid_from
    )
    return found


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (STRANGER, set()),
        (NEIGHBOUR, set()),
        (NOWHERE, set()),
        (NORTHERNER, {"north", "belongs north", "left north"}),
        (SOUTHERNER, {"south", "works south, belongs north"}),
        (CLERK, {"north", "works south, belongs north", "belongs north"}),
        (EMPLOYER_CLERK, {"north"}),
        (OTHER_CLERK, {"south", "works south, belongs north"}),
        (
            OFFICER,
            {
                "north",
                "south",
                "works south, belongs north",
                "belongs north",
                "left north",
            },
        ),
    ],
)
def test_people_are_seen_where_they_work_or_belong(people, actor, seen):
    visible = set(visibility.people_visible_to(actor).values_list("pk", flat=True))
    assert {name for name, person in people.items() if person.pk in visible} == seen


def test_the_platform_sees_everybody(people):
    assert visibility.people_visible_to(SYSTEM).count() == len(people)


@pytest.mark.parametrize("actor", ACTORS)
def test_lists_and_questions_agree_about_people(people, actor):
    visible = set(visibility.people_visible_to(actor))
    for person in Person.objects.all():
        assert permissions.can_view_person(actor, person) == (person in visible)
        if person in visible:
            assert visibility.get_person(person.pk, visible_to=actor) == person
        else:
            with pytest.raises(NotFound):
                visibility.get_person(person.pk, visible_to=actor)


@pytest.mark.parametrize("actor", ACTORS)
def test_lists_and_questions_agree_about_organisations(firms, actor):
    visible = set(visibility.organisations_visible_to(actor))
    for each in Organisation.objects.all():
        assert permissions.can_view_organisation(actor, each) == (each in visible)
        if each in visible:
            assert visibility.get_organisation(each.pk, visible_to=actor) == each
        else:
            with pytest.raises(NotFound):
                visibility.get_organisation(each.pk, visible_to=actor)


def test_union_clerk_sees_the_own_union_and_its_employer(firms):
    codes = visibility.organisations_visible_to(CLERK).values_list("code", flat=True)
    assert set(codes) == {"E-NORTH", "U-NORTH"}


def test_seeing_is_not_managing(people, firms):
    person = people["north"]
    permissions.check_view_person(SEES_ONLY, person)
    permissions.check_view_organisation(SEES_ONLY, firms.north)
    for check in (
        lambda: permissions.check_manage_person(SEES_ONLY, person),
        lambda: permissions.check_manage_people_of(SEES_ONLY, firms.north),
        lambda: permissions.check_manage_organisation(SEES_ONLY, firms.north),
        lambda: permissions.check_manage_region(SEES_ONLY, NORTH),
        lambda: permissions.check_anywhere(SEES_ONLY, permissions.MANAGE_PEOPLE),
    ):
        with pytest.raises(NotPermitted):
            check()


def test_people_of_no_place_are_managed_from_everywhere_only(people):
    assert permissions.can_manage_person(SYSTEM, people["nowhere"])
    assert not permissions.can_manage_person(OFFICER, people["nowhere"])


def test_own_record_is_for_oneself_alone(people):
    person = people["north"]
    worker = Somebody(
        (Scope(organisation_code="-"),),
        person_id=person.pk,
        permissions=frozenset({"register.view_own_record"}),
    )
    assert visibility.get_own_person(worker) == person
    assert not visibility.people_visible_to(worker)
    for other in (
        STRANGER,
        Somebody(worker.held),
        Somebody(worker.held, person_id=UNREACHED),
    ):
        with pytest.raises(NotFound):
            visibility.get_own_person(other)


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("33", "330726100001", "34"),
        ("3307", "3307", "3308"),
        ("330726", "330726100", "330727"),
        ("330799", "330799001", "330800"),
        ("", "11", None),
    ],
)
def test_division_holds_what_its_code_begins(db, code, inside, outside):
    from jiangxin.kernel.register.models import Region

    for each in filter(None, (inside, outside)):
        Region.objects.create(code=each, name=each, level=1)
    found = Region.objects.filter(visibility.within(code, "code"))
    assert [region.code for region in found] == [inside]
