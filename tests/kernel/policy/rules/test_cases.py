from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jiangxin.kernel.policy.enums import Verdict
from jiangxin.kernel.policy.rules.cases import check_cases
from jiangxin.kernel.policy.rules.tree import Amount, Case
from tests.kernel.policy.making import (
    TODAY,
    WORDS,
    any_of,
    leaf,
    policy,
    row,
    table,
)


def case(expect, **profile):
    return Case(WORDS, TODAY, profile, Verdict(expect))


def test_case_that_comes_out_otherwise_is_told():
    one = policy(
        leaf("grade", "at_least", 3),
        cases=(case("eligible", grade=3), case("eligible", grade=2)),
    )
    (problem,) = check_cases(one)
    assert problem.case is one.cases[1]
    assert problem.answer is Verdict.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("condition", "enough", "too_few"),
    [
        (leaf("x", "at_least", 3), (3, 2), (4, 1)),
        (leaf("x", "at_most", 3), (3, 4), (3,)),
        (leaf("x", "between", (3, 5)), (3, 2, 5, 6), (3, 2, 5)),
        (
            leaf("x", "at_most", Decimal("3.3")),
            (Decimal("3.3"), Decimal(4)),
            (Decimal(3), Decimal(4)),
        ),
        (
            leaf("x", "at_least", date(2026, 1, 1)),
            (date(2026, 1, 1), date(2025, 12, 31)),
            (date(2026, 1, 1), date(2025, 1, 1)),
        ),
        (
            leaf("x", "age_at_most", 45),
            (date(1980, 11, 23), date(1980, 11, 22)),
            (date(1990, 1, 1), date(1980, 11, 22)),
        ),
        (leaf("x", "is_true", True), (True, False), (True, None)),
        (leaf("x", "equals", "A"), ("A", "B"), ("B",)),
    ],
)
def test_limit_needs_a_case_on_each_side(condition, enough, too_few):
    def checked(values):
        answers = [policy(condition, cases=()), *values]
        cases = tuple(
            case(_verdict(answers[0], value), x=value) for value in answers[1:]
        )
        return check_cases(policy(condition, cases=cases))

    assert checked(enough) == []
    (problem,) = checked(too_few)
    assert problem.leaf == condition


def test_members_of_a_group_need_their_own_cases():
    one = policy(
        any_of(leaf("x", "is_true", True), leaf("y", "is_true", True)),
        cases=(
            case("eligible", x=True, y=False),
            case("not_eligible", x=False, y=False),
        ),
    )
    (problem,) = check_cases(one)
    assert problem.leaf.attribute == "y"


def _verdict(one, value):
    from jiangxin.kernel.policy.rules.explaining import explain

    return explain(one, {"x": value}, TODAY).verdict


def dated(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("condition", "enough", "too_few"),
    [
        (leaf("x", "within_days", 30), (dated(30), dated(31)), (dated(29), dated(31))),
        (
            leaf("x", "within_months", 6),
            (date(2026, 5, 22), date(2026, 5, 21)),
            (date(2026, 5, 22), date(2026, 5, 20)),
        ),
        (
            leaf("x", "years_since_at_least", 3),
            (date(2023, 11, 22), date(2023, 11, 23)),
            (date(2023, 11, 22),),
        ),
        (leaf("x", "starts_with_none_of", ("A",)), ("A01", "B01"), ("B01",)),
    ],
)
def test_limit_of_time_needs_a_case_on_its_first_day_and_the_one_before(
    condition, enough, too_few
):
    def checked(values):
        one = policy(condition)
        cases = tuple(case(_verdict(one, value), x=value) for value in values)
        return check_cases(policy(condition, cases=cases))

    assert checked(enough) == []
    (problem,) = checked(too_few)
    assert problem.leaf == condition


GRANTS = table(
    [row(leaf("x", "at_least", 5), gives=Amount(200)), row(gives=Amount(100))]
)
CONDITION = leaf("x", "at_least", 3)


def given_case(x, *, number=None, fen=None):
    return replace(case("eligible", x=x), row=number, fen=fen)


def test_case_that_is_given_something_else_is_told():
    cases = (
        given_case(5, number=1, fen=200),
        given_case(4, fen=200),
        given_case(3, number=1),
        case("not_eligible", x=2),
    )
    problems = check_cases(policy(CONDITION, grants=GRANTS, cases=cases))
    assert [one.case for one in problems] == [cases[1], cases[2]]
    assert [one.given.number for one in problems] == [2, 2]


def test_line_and_limit_of_a_line_need_cases_too():
    cases = (given_case(3), case("not_eligible", x=2))
    first, second = check_cases(policy(CONDITION, grants=GRANTS, cases=cases))
    assert first.leaf == GRANTS.rows[0].when[0]
    assert second.row == 1
