from datetime import date
from decimal import Decimal

import pytest

from jiangxin.kernel.policy.enums import Verdict
from jiangxin.kernel.policy.rules.cases import check_cases
from jiangxin.kernel.policy.rules.tree import Case
from tests.kernel.policy.making import TODAY, WORDS, any_of, leaf, policy


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
