"""Every policy file is sound, and its worked cases come out as written."""

import re
from collections import Counter
from datetime import date

import pytest

from jiangxin.kernel.policy.enums import Subject, Verdict
from jiangxin.kernel.policy.registry import policies, policy, value
from jiangxin.kernel.policy.rules.cases import check_cases
from jiangxin.kernel.policy.rules.tree import Group, Sentence

POLICIES = {one.code: one for one in policies()}

# The programmes of the nine stories that find people or organisations by policy.
PROGRAMMES = {
    *("contests", "craftsmen", "honours", "pre_shift", "rights", "service_window"),
    *("skill_credit", "studios", "talent_pools", "training", "volunteering"),
    "wage_accords",
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def conditions(members):
    for one in members:
        yield one
        if isinstance(one, Group):
            yield from conditions(one.members)


def sentences(one):
    yield from (one.title, one.summary, *([one.note] if one.note else ()))
    yield from (each.says for each in conditions(one.conditions))
    yield from (row.says for row in one.rows)
    yield from (case.says for case in one.cases)
    for parameter in one.parameters():
        yield from (parameter.title, parameter.unit)


@pytest.mark.parametrize("code", POLICIES)
def test_worked_cases_come_out_and_stand_on_both_sides_of_every_limit(code):
    assert check_cases(POLICIES[code]) == []


def test_there_are_policies_for_every_story():
    assert len(POLICIES) >= 30
    assert {code.partition(".")[0] for code in POLICIES} == PROGRAMMES
    subjects = Counter(one.subject for one in POLICIES.values())
    assert subjects[Subject.PERSON] >= 25
    assert subjects[Subject.ORGANISATION] >= 5


@pytest.mark.parametrize("code", POLICIES)
def test_policy_names_its_source_and_clause(code):
    one = POLICIES[code]
    assert one.issuer
    assert one.document
    assert one.clause
    assert all(each.clause for each in conditions(one.conditions))
    assert all(row.clause for row in one.rows)
    assert all(
        dated.source for parameter in one.parameters() for dated in parameter.values
    )


@pytest.mark.parametrize("code", POLICIES)
def test_policy_has_cases_that_are_served_and_cases_that_are_not(code):
    answers = {case.expect for case in POLICIES[code].cases}
    assert Verdict.ELIGIBLE in answers
    assert Verdict.NOT_ELIGIBLE in answers


@pytest.mark.parametrize("code", POLICIES)
def test_policy_has_a_case_that_lacks_a_value(code):
    values = [v for case in POLICIES[code].cases for v in case.profile.values()]
    counts = [key for key in POLICIES[code].attributes() if "_count__" in key]
    is_never_missing = {*counts, "is_union_member", "holds_craftsman_title"}
    if set(POLICIES[code].attributes()) - is_never_missing:
        assert None in values


@pytest.mark.parametrize("code", POLICIES)
def test_policy_says_everything_in_chinese_and_in_english(code):
    for said in sentences(POLICIES[code]):
        assert isinstance(said, Sentence)
        assert CHINESE.search(said.zh_hans)
        assert said.en
        assert not CHINESE.search(said.en)


@pytest.mark.parametrize(
    "code", [code for code, one in POLICIES.items() if one.is_demonstration]
)
def test_a_demonstration_says_so_in_its_source_and_in_a_note(code):
    one = POLICIES[code]
    assert "演示" in one.issuer + one.document
    assert one.note
    assert "演示" in one.note.zh_hans


@pytest.mark.parametrize(
    "code", [code for code, one in POLICIES.items() if not one.is_demonstration]
)
def test_what_a_document_states_is_not_called_a_demonstration(code):
    one = POLICIES[code]
    values = [dated for each in one.parameters() for dated in each.values]
    said = [one.issuer, one.document, one.clause, *(dated.source for dated in values)]
    assert not any("演示" in each for each in said)


@pytest.mark.django_db  # what is published at the desk is looked up
def test_parameter_is_asked_for_a_day():
    assert value("talent_pools.countryside_maker_age", date(2026, 1, 1)) == 45
    with pytest.raises(LookupError):
        value("talent_pools.countryside_maker_age", date(2020, 12, 31))


@pytest.mark.django_db
def test_star_technicians_are_those_of_their_county():
    assert policy("craftsmen.star_technician").region == "331023"
