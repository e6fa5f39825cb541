from datetime import date
from decimal import Decimal

import pytest

from jiangxin.kernel.policy.enums import Absence, Verdict
from jiangxin.kernel.policy.rules.explaining import explain
from jiangxin.kernel.policy.rules.tree import Amount, DatedValue, Parameter, Share
from tests.kernel.policy.making import (
    TODAY,
    WORDS,
    all_of,
    any_of,
    leaf,
    policy,
    row,
    table,
)

ALWAYS = leaf("grade", "at_least", 0)
TIERS = table(
    [
        row(leaf("grade", "at_least", 5), gives=Amount(400_000)),
        row(leaf("grade", "at_least", 4), gives=Amount(250_000), rate=Decimal("3.45")),
    ]
)


def granted(grants, on=TODAY, **profile):
    return explain(policy(ALWAYS, grants=grants), {"grade": 4, **profile}, on).grant


def test_first_row_that_applies_is_given():
    grant = granted(TIERS, grade=6)
    assert (grant.number, grant.fen) == (1, 400_000)
    grant = granted(TIERS, grade=4)
    assert (grant.number, grant.fen, grant.rate) == (2, 250_000, Decimal("3.45"))


def test_eligible_without_a_row_is_given_nothing_and_stays_eligible():
    answer = explain(policy(ALWAYS, grants=TIERS), {"grade": 3}, TODAY)
    assert answer.verdict is Verdict.ELIGIBLE
    assert (answer.grant.row, answer.grant.fen) == (None, 0)


def test_policy_without_a_table_gives_nothing_that_could_be_told():
    assert granted(None) is None
    assert explain(policy(ALWAYS, grants=TIERS), {"grade": -1}, TODAY).grant is None


@pytest.mark.parametrize(
    ("fee", "fen"),
    [(0, 10_000), (1, 10_000), (16_668, 10_001), (16_667, 10_000), (10**9, 150_000)],
)
def test_share_is_rounded_half_up_within_its_limits(fee, fen):
    share = Share("fee", 6000, cap=150_000, floor=10_000)
    assert granted(table([row(gives=share)]), fee=fee).fen == fen


@pytest.mark.parametrize(("fee", "fen"), [(1, 1), (2, 1), (3, 2), (49, 25)])
def test_half_a_fen_goes_up(fee, fen):
    assert granted(table([row(gives=Share("fee", 5000))]), fee=fee).fen == fen


def test_share_of_what_is_not_on_record_is_not_known():
    grant = granted(table([row(gives=Share("fee", 6000))]), fee=None)
    assert (grant.number, grant.fen, grant.missing) == (1, None, ("fee",))


def test_row_that_may_apply_is_told_of():
    grants = table(
        [
            row(leaf("member", "is_true", True), gives=Amount(200)),
            row(gives=Amount(100)),
        ]
    )
    grant = granted(grants, member=None)
    assert (grant.number, grant.fen, grant.missing) == (2, 100, ("member",))


def test_amount_is_that_of_the_day():
    amount = Parameter(
        "tests.amount",
        WORDS,
        WORDS,
        (
            DatedValue(date(2020, 1, 1), 250_000, "甲"),
            DatedValue(date(2026, 7, 1), 300_000, "乙"),
        ),
        scale=100,
    )
    grants = table([row(gives=Amount(amount))])
    assert granted(grants, date(2026, 6, 30)).fen == 250_000
    assert granted(grants, date(2026, 7, 1)).fen == 300_000


def near(*conditions, **profile):
    found = explain(policy(*conditions), profile, TODAY).near_miss()
    return [one.condition.attribute for one in found]


GRADE = leaf("grade", "at_least", 3, Absence.NONE)
MEMBER = leaf("member", "is_true", True)


def test_one_condition_short_is_a_near_miss():
    assert near(GRADE, MEMBER, grade=2, member=True) == ["grade"]
    assert near(GRADE, MEMBER, grade=None, member=True) == ["grade"]


def test_two_short_or_one_and_a_gap_is_none():
    assert near(GRADE, MEMBER, grade=2, member=False) == []
    assert near(GRADE, MEMBER, grade=2, member=None) == []
    assert near(GRADE, MEMBER, grade=3, member=True) == []


def test_each_way_out_of_a_group_is_told():
    assert near(any_of(GRADE, MEMBER), grade=2, member=False) == ["grade", "member"]
    both = all_of(GRADE, MEMBER)
    assert near(both, grade=2, member=True) == ["grade"]
    assert near(both, grade=2, member=False) == []
    assert near(any_of(both, GRADE), grade=2, member=False) == ["grade"]
