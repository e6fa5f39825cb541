import pytest

from jiangxin.demonstration.holdings import listed
from jiangxin.demonstration.plan import read_plan, scaled

# As the newspaper's page prints them; the plan has to add up to these at full scale.
SKILLED = {"tiantai": 74_000, "yongjia": 135_000}
HIGHLY_SKILLED = {"tiantai": 11_000, "yongjia": 37_000}


def people(place, *, keys=None, least_grade=0):
    return sum(
        group.count
        for group in read_plan().place(place).groups
        if (keys is None or group.key in keys)
        and (not least_grade or (group.grades and min(group.grades) >= least_grade))
    )


@pytest.mark.parametrize("place", SKILLED)
def test_the_plan_has_the_pages_skilled_workers(place):
    assert people(place, least_grade=1) == SKILLED[place]
    assert people(place, least_grade=3) == HIGHLY_SKILLED[place]


def test_the_plan_has_the_pages_other_people():
    assert people("tiantai", keys={"star"}) == 1_144
    assert people("lanxi", keys={"makers"}) == 526
    assert people("yuhuan", keys={"honoured"}) == 68
    assert people("nanhu", keys={"craftsmen"}) == 363
    assert people("power") > 40


def test_the_plan_has_the_pages_organisations():
    assert read_plan().place("binjiang").foreign_employers == 1_478
    assert len(read_plan().partners) == 7


@pytest.mark.parametrize(
    ("place", "kind", "of", "count"),
    [
        ("nanhu", "craftsman_title", "people", 363),
        ("nanhu", "studio_naming", "employers", 57),
        ("nanhu", "honour", "employers", 30),
        ("nanhu", "honour", "people", 34),
        ("tiantai", "studio_naming", "employers", 14),
        ("tiantai", "enterprise_rating", "employers", 7),
        ("yuhuan", "honour", "people", 68),
        ("yuhuan", "honour", "employers", 2),
    ],
)
def test_the_list_of_holdings_has_the_pages_titles_and_honours(place, kind, of, count):
    found = [
        entry["count"]
        for entry in listed()["credentials"]
        if (entry["place"], entry["kind"], entry["of"]) == (place, kind, of)
    ]
    assert sum(found) == count


def test_the_list_of_holdings_has_the_pages_bases():
    (bases,) = [entry for entry in listed()["sites"] if entry["kind"] == "base"]
    assert (bases["place"], bases["count"]) == ("tiantai", 4)


def test_scale_shrinks_large_places_only():
    small = read_plan(0.01)
    assert small.place("yongjia").people == 1350
    assert small.place("lanxi").people == read_plan().place("lanxi").people


def test_scaling_keeps_one_of_what_there_was():
    assert scaled(1144, 0.0001) == 1
    assert scaled(0, 0.5) == 0
