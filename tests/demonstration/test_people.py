from collections import Counter
from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.demonstration.people import (
    LEAST_AGE,
    STEADY_DAYS,
    Workplace,
    draw_people,
    years_before,
)
from jiangxin.demonstration.plan import Group, read_plan
from jiangxin.kernel.policy.rules.ages import age_on

ON = date(2026, 11, 22)
WORKPLACES = [
    Workplace(1, 100.0, "machining", is_above_scale=True),
    Workplace(2, 5.0, "agriculture"),
    Workplace(3, 1.0, "agriculture", is_above_scale=True),
]


def draw(*groups, seed=1, on=ON):
    return draw_people(
        groups,
        WORKPLACES,
        educations=read_plan().educations,
        division="330781",
        on=on,
        chance=Random(seed),  # noqa: S311 -- repeatable on purpose
    )


def group(**changes):
    return Group(
        **{
            "key": "some",
            "count": 400,
            "ages": (20, 58),
            "education": "workers",
            **changes,
        }
    )


@pytest.fixture(scope="module")
def graded():
    return draw(group(grades={1: 1, 2: 1, 3: 1, 4: 1, 5: 1}, ages=(18, 58)))


def test_the_same_seed_draws_the_same_people():
    assert draw(group()).equals(draw(group()))
    assert not draw(group()).equals(draw(group(), seed=2))


def test_a_group_has_exactly_its_count():
    assert draw(group(count=7), group(key="others", count=0)).height == 7


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.integers(0, 2**32))
def test_ages_stay_within_the_group_for_two_months(on, seed):
    people = draw(group(count=20, ages=(22, 45)), seed=seed, on=on)
    for born_on in people["born_on"]:
        assert 22 <= age_on(born_on, on) <= 45
        later = date.fromordinal(on.toordinal() + STEADY_DAYS - 1)
        assert age_on(born_on, later) <= 45


def test_nobody_holds_a_grade_too_young(graded):
    for born_on, grade, issued in graded.select(
        "born_on", "grade", "issued"
    ).iter_rows():
        assert age_on(born_on, issued) >= LEAST_AGE[grade]


def test_days_follow_one_another(graded):
    members = graded.drop_nulls("joined")
    assert (members["started"] <= members["joined"]).all()
    assert (members["joined"] < pl.Series([ON])).all()
    for born_on, started in members.select("born_on", "started").iter_rows():
        assert age_on(born_on, started) >= 18


def test_people_work_where_their_group_may():
    farmers = draw(group(sector="agriculture"))
    assert set(farmers["workplace"]) == {2, 3}
    at_large = draw(group(is_above_scale=True))
    assert set(at_large["workplace"]) == {1, 3}
    at_small = draw(group(is_above_scale=False))
    assert set(at_small["workplace"]) == {2}


def test_large_employers_have_most_people():
    heads = Counter(draw(group(count=1060))["workplace"])
    assert heads == {1: 1000, 2: 50, 3: 10}


@pytest.mark.parametrize(("is_member", "members"), [(True, 400), (False, 0)])
def test_a_group_may_be_all_members_or_none(is_member, members):
    people = draw(group(is_member=is_member))
    assert people["joined"].count() == members


def test_names_are_those_of_the_sex_and_of_two_or_three_signs(graded):
    assert set(graded["name"].str.len_chars()) <= {2, 3, 4}
    assert graded["name"].n_unique() > 300


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        (date(2028, 2, 29), date(1983, 2, 28)),
        (date(2028, 2, 29), date(1984, 2, 29)),
        (date(2026, 11, 22), date(1981, 11, 22)),
    ],
)
def test_years_before_a_leap_day_end_on_the_28th(day, earlier):
    assert years_before(day, day.year - earlier.year) == earlier
