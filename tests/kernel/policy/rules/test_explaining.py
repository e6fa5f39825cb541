from datetime import date

import pytest

from jiangxin.kernel.policy.enums import Absence, Finding, Verdict, WhyNotApplicable
from jiangxin.kernel.policy.rules.explaining import explain
from jiangxin.kernel.policy.rules.tree import DatedValue, Parameter, Sentence
from tests.kernel.policy.making import TODAY, all_of, any_of, leaf, policy

MET, NOT_MET, UNKNOWN = 1, 0, None

GRADE = leaf("grade", "at_least", 1)
OTHER = leaf("other", "at_least", 1)


def findings(*conditions, **profile):
    return [one.finding for one in explain(policy(*conditions), profile, TODAY).found]


@pytest.mark.parametrize(
    ("grade", "other", "verdict", "missing"),
    [
        (MET, MET, Verdict.ELIGIBLE, ()),
        (MET, NOT_MET, Verdict.NOT_ELIGIBLE, ()),
        (MET, UNKNOWN, Verdict.NEED_INFORMATION, ("other",)),
        (NOT_MET, UNKNOWN, Verdict.NOT_ELIGIBLE, ()),
        (UNKNOWN, UNKNOWN, Verdict.NEED_INFORMATION, ("grade", "other")),
    ],
)
def test_all_conditions_of_a_policy_must_be_met(grade, other, verdict, missing):
    answer = explain(policy(GRADE, OTHER), {"grade": grade, "other": other}, TODAY)
    assert (answer.verdict, answer.missing) == (verdict, missing)


@pytest.mark.parametrize(
    ("grade", "other", "any_finding", "all_finding"),
    [
        (MET, MET, Finding.MET, Finding.MET),
        (MET, NOT_MET, Finding.MET, Finding.NOT_MET),
        (MET, UNKNOWN, Finding.MET, Finding.UNKNOWN),
        (NOT_MET, NOT_MET, Finding.NOT_MET, Finding.NOT_MET),
        (NOT_MET, UNKNOWN, Finding.UNKNOWN, Finding.NOT_MET),
        (UNKNOWN, UNKNOWN, Finding.UNKNOWN, Finding.UNKNOWN),
    ],
)
def test_groups_reckon_with_what_is_not_known(grade, other, any_finding, all_finding):
    profile = {"grade": grade, "other": other}
    assert findings(any_of(GRADE, OTHER), **profile) == [any_finding]
    assert findings(all_of(GRADE, OTHER), **profile) == [all_finding]


def test_what_a_satisfied_group_does_not_know_is_not_missing():
    answer = explain(
        policy(any_of(GRADE, OTHER)), {"grade": MET, "other": UNKNOWN}, TODAY
    )
    assert answer.verdict is Verdict.ELIGIBLE
    assert answer.missing == ()


def test_having_none_on_record_is_not_met_rather_than_not_known():
    condition = leaf("grade", "at_least", 3, Absence.NONE)
    answer = explain(policy(condition), {"grade": None}, TODAY)
    assert answer.verdict is Verdict.NOT_ELIGIBLE
    assert answer.found[0].value is None


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        (date(2024, 12, 31), Verdict.NOT_APPLICABLE),
        (date(2025, 1, 1), Verdict.ELIGIBLE),
        (date(2025, 12, 31), Verdict.ELIGIBLE),
        (date(2026, 1, 1), Verdict.NOT_APPLICABLE),
    ],
)
def test_policy_applies_from_its_first_to_its_last_day(on, verdict):
    one = policy(GRADE, starts=date(2025, 1, 1), ends=date(2025, 12, 31))
    answer = explain(one, {"grade": MET}, on)
    assert answer.verdict is verdict
    if verdict is Verdict.NOT_APPLICABLE:
        assert answer.why_not_applicable is WhyNotApplicable.NOT_IN_FORCE


@pytest.mark.parametrize(
    ("region", "grade", "verdict"),
    [
        ("331023101", MET, Verdict.ELIGIBLE),
        ("331023", MET, Verdict.ELIGIBLE),
        ("3310", MET, Verdict.NOT_APPLICABLE),
        ("330726", MET, Verdict.NOT_APPLICABLE),
        (None, MET, Verdict.NEED_INFORMATION),
        (None, NOT_MET, Verdict.NOT_ELIGIBLE),
    ],
)
def test_policy_is_for_its_own_region(region, grade, verdict):
    answer = explain(
        policy(GRADE, region="331023"), {"region": region, "grade": grade}, TODAY
    )
    assert answer.verdict is verdict
    if verdict is Verdict.NEED_INFORMATION:
        assert answer.missing == ("region",)


def test_age_is_what_is_read_of_a_birthday():
    answer = explain(
        policy(leaf("birth_on", "age_at_most", 45)),
        {"birth_on": date(1980, 11, 23)},
        TODAY,
    )
    assert answer.verdict is Verdict.ELIGIBLE
    assert answer.found[0].value == 45


def test_limit_is_that_of_the_day():
    words = Sentence("限", "limit")
    limit = Parameter(
        "tests.limit",
        words,
        words,
        (
            DatedValue(date(2020, 1, 1), 1, "first"),
            DatedValue(date(2026, 1, 1), 2, "second"),
        ),
    )
    one = policy(leaf("grade", "at_least", limit))
    before = explain(one, {"grade": 1}, date(2025, 12, 31))
    after = explain(one, {"grade": 1}, date(2026, 1, 1))
    assert (before.verdict, before.found[0].limit) == (Verdict.ELIGIBLE, 1)
    assert (after.verdict, after.found[0].limit) == (Verdict.NOT_ELIGIBLE, 2)
    with pytest.raises(LookupError):
        explain(one, {"grade": 1}, date(2020, 1, 1)).policy.conditions[0].limit(
            date(2019, 12, 31)
        )


@pytest.mark.parametrize(
    ("comparison", "given", "met", "not_met"),
    [
        ("at_least", 3, 3, 2),
        ("at_most", 3, 3, 4),
        ("between", (3, 5), 5, 6),
        ("equals", "A", "A", "a"),
        ("not_equals", "A", "B", "A"),
        ("one_of", ("A", "B"), "B", "C"),
        ("none_of", ("A", "B"), "C", "B"),
        ("starts_with_one_of", ("A", "C13"), "C1391", "C2"),
        ("is_true", True, True, False),
        ("age_at_least", 60, date(1966, 11, 22), date(1966, 11, 23)),
        ("age_at_most", 45, date(1980, 11, 23), date(1980, 11, 22)),
    ],
)
def test_every_comparison_has_two_sides_and_no_opinion_on_nothing(
    comparison, given, met, not_met
):
    condition = leaf("x", comparison, given)
    assert findings(condition, x=met) == [Finding.MET]
    assert findings(condition, x=not_met) == [Finding.NOT_MET]
    assert findings(condition, x=None) == [Finding.UNKNOWN]
