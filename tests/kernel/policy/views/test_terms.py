"""What a policy gives, and on what terms, in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from jiangxin.kernel.policy.enums import Period, QuotaOrder, Wins
from jiangxin.kernel.policy.registry import policy as known
from jiangxin.kernel.policy.registry.wording import money
from jiangxin.kernel.policy.rules.explaining import explain
from jiangxin.kernel.policy.rules.settling import Claim, Settled
from jiangxin.kernel.policy.rules.tree import (
    Amount,
    Ceiling,
    DatedValue,
    NotWith,
    Parameter,
    Quota,
    Share,
)
from jiangxin.kernel.policy.views import outlook, terms
from tests.kernel.policy.making import (
    TODAY,
    WORDS,
    any_of,
    leaf,
    policy,
    row,
    table,
)

ANY = leaf("skill_grade", "at_least", 3)
STAR = "craftsmen.star_technician"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0 yuan"),
        (300_000, "3,000 yuan"),
        (1, "0.01 yuan"),
        (250_050, "2,500.50 yuan"),
    ],
)
def test_money_is_written_in_yuan(fen, text):
    assert money(fen) == text


@pytest.mark.parametrize(
    ("gives", "rate", "text"),
    [
        (Amount(300_000), None, "3,000 yuan a year"),
        (Amount(100), Decimal("3.45"), "1 yuan a year, 3.45% a year"),
        (
            Share("skill_grade", 6000, cap=150_000, floor=10_000),
            None,
            "60% of Skill grade, at least 100 yuan, at most 1,500 yuan",
        ),
        (None, None, ""),
    ],
)
def test_line_says_what_it_gives(gives, rate, text):
    grants = table([row(gives=gives, rate=rate)], Period.A_YEAR)
    (line,) = terms.lines(policy(ANY, grants=grants), TODAY)
    assert (line.gives, line.when) == (text, ["Everybody else"])


def test_line_says_for_whom_it_is():
    grants = table([row(ANY, any_of(ANY), gives=Amount(1))])
    (line,) = terms.lines(policy(ANY, grants=grants), TODAY)
    assert line.when == [
        "Skill grade: at least Senior worker",
        "any of these: Some condition",
    ]


def test_terms_name_the_other_policies_and_the_limits():
    one = policy(
        ANY,
        not_with=(NotWith((STAR,), Wins.LARGER_AMOUNT),),
        ceiling=Ceiling("skills", 600_000, Period.A_YEAR),
        quota=Quota(
            500, 100_000, Period.A_YEAR, QuotaOrder.HIGHEST_FIRST, "skill_grade"
        ),
    )
    told = [(str(one.label), one.value, one.note) for one in terms.terms(one, TODAY)]
    assert told == [
        ("Not together with", "Star technician", "Given is: the larger amount"),
        ("At most, together", "6,000 yuan a year", ""),
        (
            "Quota",
            "500 people, 1,000 yuan a year",
            "Skill grade: the highest first",
        ),
    ]


def test_figure_is_written_as_in_its_file():
    dated = DatedValue(date(2020, 1, 1), 250_050, "甲")
    parameter = Parameter("tests.amount", WORDS, WORDS, (dated,), scale=100)
    assert terms.figure(parameter, dated) == "2,500.5 Some condition"


def test_eligible_without_a_line_is_said_to_get_nothing():
    grants = table([row(leaf("sex", "equals", "2"), gives=Amount(1))])
    answer = explain(policy(ANY, grants=grants), {"skill_grade": 3, "sex": None}, TODAY)
    told = outlook.grant_text(answer)
    assert (told.row, told.title, told.amount) == (0, "", "0 yuan")
    assert [str(one) for one in told.missing] == ["Sex"]


def test_what_another_policy_takes_away_is_said():
    claim = Claim(known(STAR), 100_000)
    excluded = Settled(claim, 0, excluded_by=STAR)
    assert outlook.settled_text(excluded) == (
        "Not given beside “Star technician”, which is."
    )
    assert "600 yuan of it" in outlook.settled_text(Settled(claim, 60_000, cut=40_000))
    assert outlook.settled_text(Settled(claim, 100_000)) == ""


def test_turn_says_from_when_and_why():
    profile = {"skill_grade": 2}
    not_met = explain(policy(ANY), profile, date(2027, 3, 1))
    assert outlook.turn_text(not_met) == (
        "Qualifies until 28 February 2027; after that no longer met: Some condition"
    )
    met = explain(policy(ANY), {"skill_grade": 3}, date(2027, 3, 1))
    assert outlook.turn_text(met) == "Will qualify from 1 March 2027."
    over = explain(policy(ANY, ends=date(2026, 12, 31)), profile, date(2027, 1, 1))
    assert outlook.turn_text(over) == "Qualifies until 31 December 2026."
