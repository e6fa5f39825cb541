from jiangxin.kernel.register.queries import organisations
from jiangxin.kernel.register.queries.organisations import Headcount
from tests.kernel.register.cast import COUNTY


def test_unions_stand_in_a_tree(make_organisation, firms):
    federation = make_organisation("F-1", kind="federation", at=COUNTY)
    town = make_organisation("T-1", kind="town_union", upper_id=federation.pk)
    union = make_organisation("U-9", kind="joint_union", upper_id=town.pk)
    assert organisations.unions_above(union) == [federation, town]
    assert list(organisations.bodies_below(federation)) == [town]
    assert list(organisations.unions_of(firms.north)) == [firms.north_union]


def test_those_who_belong_now_are_counted(firms, make_person):
    make_person(1, employer=firms.north, union=firms.north_union)
    make_person(2, employer=firms.north)
    assert organisations.headcount(firms.north.pk) == Headcount(2, 1, 0)
    assert organisations.headcount(firms.north_union.pk) == Headcount(0, 1, 0)
