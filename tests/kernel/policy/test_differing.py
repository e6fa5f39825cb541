"""Two versions of a policy told apart in words."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from jiangxin.kernel.policy.registry import policies, policy
from jiangxin.kernel.policy.registry.differing import differences
from jiangxin.kernel.policy.rules.tree import Amount, Sentence
from tests.kernel.policy.making import TODAY, leaf, row, table

STAR = "craftsmen.star_technician"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def told(old, new):
    return [
        (str(one.what), one.before, one.after) for one in differences(old, new, TODAY)
    ]


@pytest.mark.parametrize("code", [one.code for one in policies()])
def test_nothing_differs_from_itself(code):
    assert told(policy(code), policy(code)) == []


def test_a_changed_limit_stands_beside_the_former_one():
    old = policy(STAR)
    first = replace(old.conditions[0], given=3)
    new = replace(old, conditions=(first, *old.conditions[1:]))
    assert told(old, new) == [
        (
            "Condition 1",
            "Skill grade: at least Technician (by “Lowest grade of a star technician”)",
            "Skill grade: at least Senior worker",
        )
    ]


def test_another_wording_is_told_apart_from_another_limit():
    old = policy(STAR)
    second = replace(old.conditions[1], says=Sentence("会员", "Member"))
    new = replace(old, conditions=(old.conditions[0], second, old.conditions[2]))
    ((what, before, after),) = told(old, new)
    assert what == "Condition 2, wording"
    assert before.startswith("Is a union member")
    assert after.startswith("Member")


def test_conditions_that_came_or_went_have_nothing_beside_them():
    old = policy(STAR)
    fewer = replace(old, conditions=old.conditions[:2])
    assert told(old, fewer) == [
        ("Condition 3", "Employer above designated scale: yes", "")
    ]
    assert told(fewer, old) == [
        ("Condition 3", "", "Employer above designated scale: yes")
    ]


@pytest.mark.django_db
def test_terms_lines_and_cases_are_told_of():
    old = policy(STAR)
    rows = table([row(leaf("skill_grade", "at_least", 5), gives=Amount(150_000))])
    new = replace(
        old,
        title=Sentence("新星级技工", "New star"),
        region="",
        in_force_to=date(2027, 12, 31),
        grants=rows,
        cases=old.cases[:3],
    )
    found = {what: (before, after) for what, before, after in told(old, new)}
    assert found["Title"] == ("Star technician", "New star")
    assert found["Applies in"][1] == "Whole country"
    assert found["In force to"][0] == "open"
    assert "1,500 yuan" in found["Line 1 of the table"][1]
    assert found["Worked cases"] == ("6 cases", "3 cases")
