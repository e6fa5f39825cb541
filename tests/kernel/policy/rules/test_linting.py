"""The check of a policy: what it finds, what it names, and that it never errs."""

from datetime import date

import pytest
from hypothesis import given, settings

from jiangxin.kernel.policy.enums import LintCode, Verdict
from jiangxin.kernel.policy.registry import policies
from jiangxin.kernel.policy.rules.explaining import explain
from jiangxin.kernel.policy.rules.linting import lint
from jiangxin.kernel.policy.rules.tree import (
    Amount,
    DatedValue,
    Parameter,
    Sentence,
)
from tests.kernel.policy.making import TODAY, any_of, leaf, policy, row, table
from tests.kernel.policy.test_agreement import DAYS, POLICIES, PROFILES

GRADE_3 = leaf("grade", "at_least", 3)
# What no test here is about: none of these policies has worked cases.
ABOUT_CASES = {LintCode.NO_CASES, LintCode.ROW_WITHOUT_CASE, LintCode.CASE_FAILS}


def found(*conditions, on=TODAY, **values):
    one = policy(*conditions, **values)
    return [
        (each.code, each.where)
        for each in lint(one, on)
        if each.code not in ABOUT_CASES
    ]


@pytest.mark.parametrize(
    "other",
    [
        leaf("grade", "at_most", 2),
        leaf("grade", "between", (0, 2)),
        leaf("grade", "equals", 2),
        leaf("grade", "one_of", (0, 1)),
    ],
)
def test_two_conditions_that_cannot_hold_together_are_named_at_the_second(other):
    findings = [one for one in lint(policy(GRADE_3, other), TODAY) if one.is_error]
    assert (findings[0].code, findings[0].where) == (
        LintCode.CONTRADICTION,
        "conditions[1]",
    )
    assert findings[0].about == (GRADE_3, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (leaf("born", "age_at_least", 46), leaf("born", "age_at_most", 45)),
        (leaf("born", "age_at_least", 18), leaf("born", "at_least", date(2010, 1, 1))),
        (leaf("got", "within_days", 30), leaf("got", "at_most", date(2026, 10, 22))),
        (leaf("is_member", "is_true", True), leaf("is_member", "equals", False)),
        (leaf("is_member", "is_true", True), leaf("is_member", "not_equals", True)),
        (
            leaf("job", "starts_with_one_of", ("5-", "6-")),
            leaf("job", "starts_with_none_of", ("5", "6")),
        ),
        (leaf("job", "starts_with_one_of", ("5-",)), leaf("job", "equals", "6-01")),
        (leaf("job", "one_of", ("a", "b")), leaf("job", "none_of", ("b", "a"))),
        (
            leaf("grade", "between", (1, 2)),
            leaf("grade", "none_of", (1, 2)),
        ),
    ],
)
def test_every_kind_of_comparison_can_contradict_another(one, other):
    assert found(one, other) == [(LintCode.CONTRADICTION, "conditions[1]")]


def test_a_region_contradicts_a_condition_on_the_region():
    elsewhere = leaf("region", "starts_with_one_of", ("31",))
    assert found(elsewhere, region="33") == [(LintCode.CONTRADICTION, "conditions[0]")]


def test_limits_that_only_touch_do_not_contradict_each_other():
    assert found(GRADE_3, leaf("grade", "at_most", 3)) == []
    both = leaf("born", "age_at_least", 45), leaf("born", "age_at_most", 45)
    assert found(*both) == []


def test_a_choice_that_what_stands_beside_it_rules_out_is_named():
    choice = any_of(leaf("grade", "at_most", 2), leaf("is_member", "is_true", True))
    assert found(GRADE_3, choice) == [(LintCode.UNREACHABLE, "conditions[1].any_of[0]")]


def test_nobody_qualifies_when_every_choice_rules_out_another():
    first = any_of(leaf("grade", "at_most", 2), leaf("grade", "at_least", 7))
    second = any_of(leaf("grade", "equals", 4), leaf("grade", "equals", 5))
    assert found(first, second) == [(LintCode.NOBODY, "conditions")]


def test_a_condition_that_another_implies_is_a_warning():
    one = policy(GRADE_3, leaf("grade", "at_least", 2))
    findings = [each for each in lint(one, TODAY) if each.code not in ABOUT_CASES]
    assert [(each.code, each.where, each.is_error) for each in findings] == [
        (LintCode.SAYS_NOTHING, "conditions[1]", False)
    ]


def grants(*rows):
    return table([row(*when, gives=Amount(100)) for when in rows])


def test_a_line_that_the_conditions_rule_out_never_applies():
    rows = grants([leaf("grade", "at_most", 2)], [])
    assert found(GRADE_3, grants=rows) == [(LintCode.ROW_NEVER, "grants.rows[0]")]


def test_a_line_that_an_earlier_one_covers_is_named():
    rows = grants([GRADE_3], [leaf("grade", "at_least", 4)], [])
    assert found(leaf("is_member", "is_true", True), grants=rows) == [
        (LintCode.ROW_COVERED, "grants.rows[1]")
    ]


def test_the_usual_table_from_the_highest_down_is_faultless():
    rows = grants([leaf("grade", "at_least", 5)], [leaf("grade", "at_least", 4)], [])
    assert found(GRADE_3, grants=rows) == []


def test_gaps_and_partial_overlaps_between_lines_are_named_with_their_ends():
    rows = grants(
        [leaf("grade", "between", (3, 4))],
        [leaf("grade", "between", (4, 5))],
        [leaf("grade", "at_least", 7)],
    )
    one = policy(GRADE_3, grants=rows)
    findings = [each for each in lint(one, TODAY) if each.code not in ABOUT_CASES]
    assert [(each.code, each.values) for each in findings] == [
        (LintCode.OVERLAP, (4, 4)),
        (LintCode.GAP, (5, 7)),
    ]


def test_two_lines_without_a_lower_end_leave_no_gap_between_them():
    rows = grants(
        [leaf("grade", "at_most", 3)],
        [leaf("grade", "at_most", 5)],
        [leaf("grade", "at_least", 6)],
    )
    assert found(leaf("is_member", "is_true", True), grants=rows) == []


def test_ages_that_follow_each_other_leave_no_gap():
    rows = grants([leaf("born", "age_at_least", 60)], [leaf("born", "age_at_most", 59)])
    assert found(leaf("is_member", "is_true", True), grants=rows) == []


def test_a_parameter_without_a_value_on_the_day_is_all_that_is_said():
    words = Sentence("某值", "A value")
    late = Parameter(
        "tests.late", words, words, (DatedValue(date(2027, 1, 1), 3, "x"),)
    )
    one = policy(leaf("grade", "at_least", late))
    assert [(each.code, each.where) for each in lint(one, TODAY)] == [
        (LintCode.NO_VALUE, "conditions[0]")
    ]
    assert LintCode.NO_VALUE not in {each.code for each in lint(one, date(2027, 1, 1))}


def test_a_limit_needs_worked_cases():
    assert [(one.code, one.where) for one in lint(policy(GRADE_3), TODAY)] == [
        (LintCode.NO_CASES, "conditions[0]")
    ]


@pytest.mark.parametrize("one", policies(), ids=lambda one: one.code)
def test_no_policy_of_the_repository_has_an_error(one):
    assert [each for each in lint(one, TODAY) if each.is_error] == []


NOBODY = {LintCode.CONTRADICTION, LintCode.NOBODY}


@given(POLICIES, PROFILES, DAYS)
@settings(max_examples=400)
def test_nobody_is_eligible_for_what_is_called_impossible(one, profile, on):
    findings = lint(one, on)
    answer = explain(one, profile, on)
    if NOBODY & {each.code for each in findings}:
        assert answer.verdict is not Verdict.ELIGIBLE


@given(POLICIES, PROFILES, DAYS)
@settings(max_examples=400)
def test_nobody_is_given_a_line_that_is_said_to_apply_to_nobody(one, profile, on):
    never = {LintCode.ROW_NEVER, LintCode.ROW_COVERED}
    rows = {each.where for each in lint(one, on) if each.code in never}
    answer = explain(one, profile, on)
    if answer.verdict is Verdict.ELIGIBLE and answer.grant and answer.grant.number:
        assert f"grants.rows[{answer.grant.number - 1}]" not in rows
