"""A county with two towns, a firm in each with its union."""

from dataclasses import dataclass

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.register.models import Region
from jiangxin.kernel.register.operations import organisations, people
from jiangxin.kernel.register.operations.organisations import OrganisationFacts
from jiangxin.kernel.register.operations.people import PersonFacts
from tests.kernel.register.cast import COUNTY, NORTH, SINCE, SOUTH, id_number


@pytest.fixture
def made_up_people(settings):
    """ID numbers of these tests can belong to nobody alive: 1890 stands for 1990."""
    settings.DEMONSTRATION = True


@pytest.fixture
def regions(db):
    above = None
    for code, name, level in (
        ("33", "浙江省", 1),
        ("3307", "金华市", 2),
        (COUNTY, "浦江县", 3),
    ):
        above = Region.objects.create(code=code, name=name, level=level, parent=above)
    for code, name in ((NORTH, "北镇"), (SOUTH, "南镇")):
        Region.objects.create(code=code, name=name, level=4, parent=above)


@pytest.fixture
def make_organisation(regions, now):
    def make(code, *, kind="employer", at=NORTH, name="", since=SINCE, **facts):
        return organisations.register_organisation(
            kind=kind,
            code=code,
            facts=OrganisationFacts(name or f"名称{code}", at, **facts),
            effective_on=since,
            actor=SYSTEM,
            now=now,
        )

    return make


@pytest.fixture
def firms(make_organisation):
    """The firm of each town, with its union."""

    @dataclass
    class Firms:
        north = make_organisation("E-NORTH", name="北方机械")
        south = make_organisation("E-SOUTH", name="南方机械", at=SOUTH)
        north_union = make_organisation(
            "U-NORTH", name="北方工会", kind="grassroots_union", employer_id=north.pk
        )
        south_union = make_organisation(
            "U-SOUTH",
            name="南方工会",
            kind="grassroots_union",
            at=SOUTH,
            employer_id=south.pk,
        )

    return Firms()


@pytest.fixture
def make_person(regions, made_up_people, now):
    def make(serial=1, *, name="王芳", employer=None, union=None, since=SINCE, **more):
        facts = {
            "phone": more.pop("phone", ""),
            "education": more.pop("education", ""),
        }
        return people.register_person(
            id_number=id_number(serial, **more),
            facts=PersonFacts(name, **facts),
            employer_id=employer.pk if employer else None,
            union_id=union.pk if union else None,
            effective_on=since,
            actor=SYSTEM,
            now=now,
        )

    return make
