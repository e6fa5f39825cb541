import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.register.models import Region
from jiangxin.kernel.register.queries import regions
from tests.kernel.register.cast import CLERK, COUNTY, NORTH, NORTHERNER, OFFICER, SOUTH

pytestmark = pytest.mark.usefixtures("regions")
KEY = "register.view_people"


def test_path_names_all_that_a_region_lies_in():
    assert regions.path_of(NORTH) == "浙江省 / 金华市 / 浦江县 / 北镇"
    assert regions.path_of("33") == "浙江省"
    assert regions.path_of("") == regions.path_of("999999") == ""


@pytest.mark.parametrize("count", [1, 2])
def test_paths_of_many_cost_one_query(django_assert_num_queries, count):
    with django_assert_num_queries(1):
        regions.paths_of([NORTH, SOUTH][:count])


def test_children_lie_right_below():
    assert [each.pk for each in regions.children_of("")] == ["33"]
    assert [each.pk for each in regions.children_of(COUNTY)] == [NORTH, SOUTH]


def test_towns_are_offered_of_ones_own_place():
    assert regions.towns_to_choose(OFFICER, KEY) == [
        (NORTH, "浦江县 北镇"),
        (SOUTH, "浦江县 南镇"),
    ]
    assert [code for code, _name in regions.towns_to_choose(NORTHERNER, KEY)] == [NORTH]
    assert regions.towns_to_choose(CLERK, KEY) == []


def test_counties_are_offered_where_towns_are_too_many(monkeypatch):
    monkeypatch.setattr(regions, "MOST_CHOICES", 1)
    assert regions.towns_to_choose(OFFICER, KEY) == [(COUNTY, "金华市 浦江县")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (NORTH, [NORTH]),
        ("330726100000", [NORTH]),
        ("330726", [COUNTY]),
        ("北镇", [NORTH]),
        ("浦江县/北镇", [NORTH]),
        ("浦江县 / 北镇", [NORTH]),
        ("义乌市 / 北镇", []),
        ("东镇", []),
        ("999999", []),
    ],
)
def test_region_is_meant_by_code_or_name(typed, found):
    meant = regions.find_regions(typed, among=Region.objects.all())
    assert [region.pk for region in meant] == found


def test_region_that_is_not_there_is_not_found():
    assert regions.get_region(NORTH).name == "北镇"
    with pytest.raises(NotFound):
        regions.get_region("99")
