"""The data of the demonstration speaks the register's own words."""

import pytest

from jiangxin.demonstration.chance import rows_of
from jiangxin.demonstration.plan import read_plan
from jiangxin.demonstration.texts import roster_words
from jiangxin.kernel.register import classifications
from jiangxin.kernel.register.roster.columns import recognise
from jiangxin.kernel.register.roster.facets import all_columns


@pytest.mark.parametrize("trade", sorted({r["trade"] for r in rows_of("trades.csv")}))
def test_the_register_knows_the_trade(trade):
    assert classifications.occupation_from_text(trade)


@pytest.mark.parametrize(("code", "word"), roster_words()["education"].items())
def test_the_register_reads_the_same_education(code, word):
    assert classifications.education_from_text(word) == code


@pytest.mark.parametrize(("rank", "word"), roster_words()["grades"].items())
def test_the_register_reads_the_same_grade(rank, word):
    assert classifications.skill_grade_from_text(word) == rank


def test_the_register_recognises_every_heading_of_a_roster():
    columns = roster_words()["columns"]
    found = recognise(list(columns.values()), all_columns())
    assert found == columns


def test_every_sector_has_trades():
    sectors = {row["sector"] for row in rows_of("industries.csv")}
    assert sectors <= {row["sector"] for row in rows_of("trades.csv")}


def test_every_planned_industry_and_education_is_listed():
    industries = {row["key"] for row in rows_of("industries.csv")}
    educations = read_plan().educations
    for place in read_plan().places:
        assert set(place.industries) <= industries
        assert {group.education for group in place.groups} <= set(educations)


def test_words_for_the_unknown_are_unknown():
    unknown = roster_words()["unknown"]
    assert classifications.education_from_text(unknown["education"]) is None
    assert classifications.skill_grade_from_text(unknown["grade"]) is None
