from decimal import Decimal

import pytest
from django.db.models import TextChoices

from jiangxin.kernel.policy.enums import (
    AttributeType,
    Period,
    QuotaOrder,
    Subject,
    Wins,
)
from jiangxin.kernel.policy.registry import Argument, Attribute, AttributeFamily
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.reading import read_parameter, read_policy
from jiangxin.kernel.policy.rules.tree import Amount, Share
from tests.kernel.policy.making import TODAY

POLICY = """
code: tests.some_policy
title: {zh-hans: 某政策, en: Some policy}
summary: {zh-hans: 某摘要, en: Some summary}
issuer: 某单位
document: 《某文件》
clause: 第一条
region: ""
subject: person
in_force: {from: 2021-01-01}
tier: quick
is_demonstration: true
conditions:
  - attribute: grade
    at_least: 3
    says: {zh-hans: 等级, en: Grade}
    clause: 第二条
grants:
  period: a_year
  rows:
    - when:
        - attribute: grade
          at_least: 5
      amount: 3000.50
      says: {zh-hans: 高档, en: High}
      clause: 第三条
    - when:
        - attribute: count
          of: {kind: high, within: 12}
          at_least: 1
          says: {zh-hans: 次数, en: Count}
      amount: {parameter: tests.amount}
      rate: 3.45
      says: {zh-hans: 中档, en: Middle}
      clause: 第四条
    - share: {of: fee, percent: 60, at_most: 1500, at_least: 100}
      says: {zh-hans: 其余, en: The rest}
      clause: 第五条
not_with:
  - {policies: [tests.other], wins: larger_amount}
ceiling: {group: skills, at_most: 6000, period: a_year}
quota: {people: 500, amount: 100000, period: a_year, order: highest_first, by: grade}
cases:
  - says: {zh-hans: 某案例, en: A case}
    on: 2025-01-01
    profile: {grade: 5, count__high__12: 0, fee: 1000}
    expect: eligible
    gives: {row: 1, amount: 3000.50}
"""
AMOUNT = """
title: {zh-hans: 金额, en: Amount}
unit: {zh-hans: 元, en: yuan}
values:
  - {from: 2020-01-01, value: 2500.5, source: 甲}
"""


class Kinds(TextChoices):
    HIGH = "high"
    LOW = "low"


def attribute(key, type_, subject=Subject.PERSON):
    return Attribute(key, key, type_, lambda _on: None, subject=subject)


ATTRIBUTES = {
    one.key: one
    for one in (
        attribute("grade", AttributeType.INTEGER),
        attribute("fee", AttributeType.MONEY),
        attribute("firm_size", AttributeType.INTEGER, Subject.ORGANISATION),
    )
}
COUNT = AttributeFamily(
    "count",
    "Count",
    (Argument("kind", Kinds, is_needed=True), Argument("within")),
    lambda key, _asked: attribute(key, AttributeType.INTEGER),
)


def read(text=POLICY):
    amount = read_parameter(AMOUNT, file="amount.yaml", key="tests.amount")
    return read_policy(
        text,
        file="some.yaml",
        part="tests",
        attributes=ATTRIBUTES,
        parameters={"tests.amount": amount},
        families={"count": COUNT},
    )


def changed(old, new):
    assert POLICY.count(old) >= 1
    return POLICY.replace(old, new, 1)


def test_table_is_read_in_whole_fen():
    one = read()
    assert one.grants.period is Period.A_YEAR
    first, second, third = one.rows
    assert first.gives == Amount(300_050)
    assert second.gives.fen(TODAY) == 250_050
    assert second.rate == Decimal("3.45")
    assert third.gives == Share("fee", 6000, cap=150_000, floor=10_000)
    assert third.when == ()


def test_condition_of_a_row_is_worded_as_its_row_unless_it_says_otherwise():
    first, second, _third = read().rows
    assert first.when[0].says.en == "High"
    assert first.when[0].clause == "第三条"
    assert second.when[0].says.en == "Count"
    assert second.when[0].clause == "第四条"


def test_terms_are_read():
    one = read()
    (rule,) = one.not_with
    assert (rule.codes, rule.wins) == (("tests.other",), Wins.LARGER_AMOUNT)
    assert (one.ceiling.group, one.ceiling.most) == ("skills", 600_000)
    assert (one.quota.people, one.quota.fen) == (500, 10_000_000)
    assert (one.quota.order, one.quota.attribute) == (
        QuotaOrder.HIGHEST_FIRST,
        "grade",
    )


def test_all_that_is_read_of_a_profile_is_named():
    assert read().attributes() == ["grade", "count__high__12", "fee"]
    assert [one.key for one in read().parameters()] == ["tests.amount"]


def test_version_follows_what_is_granted():
    assert read(changed("3000.50", "3000.51")).version != read().version


def test_text_is_kept_with_its_parameters():
    assert read().text == POLICY + "---\n" + AMOUNT


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        (
            changed("of: {kind: high, within: 12}", "of: {kind: huge}"),
            "grants.rows[1].when[0].of",
            "'huge' is not one of: high, low",
        ),
        (
            changed("of: {kind: high, within: 12}", "of: {within: 12}"),
            "grants.rows[1].when[0].of",
            "needs 'kind'",
        ),
        (
            changed("within: 12}", "within: 0}"),
            "grants.rows[1].when[0].of",
            "not a whole number above 0",
        ),
        (
            changed("          of: {kind: high, within: 12}\n", ""),
            "grants.rows[1].when[0].attribute",
            "needs `of:` with kind, within",
        ),
        (
            changed("attribute: grade\n", "attribute: grade\n    of: {kind: high}\n"),
            "conditions[0].of",
            "takes no arguments",
        ),
        (
            changed("attribute: grade", "attribute: firm_size"),
            "conditions[0].attribute",
            "is of one organisation",
        ),
        (
            changed("amount: 3000.50", "amount: 3000.505"),
            "grants.rows[0].amount",
            "more than two decimals",
        ),
        (
            changed("amount: 3000.50", "amount: -1"),
            "grants.rows[0].amount",
            "below zero",
        ),
        (
            changed("amount: 3000.50", "amount: 1\n      share: {of: fee, percent: 1}"),
            "grants.rows[0]",
            "not both",
        ),
        (
            changed("of: fee", "of: grade"),
            "grants.rows[2].share.of",
            "should be money",
        ),
        (
            changed("percent: 60", "percent: 100.01"),
            "grants.rows[2].share.percent",
            "more than the whole",
        ),
        (
            changed("at_least: 100}", "at_least: 1500.01}"),
            "grants.rows[2].share",
            "at least more than at most",
        ),
        (
            changed(
                "    - when:\n        - attribute: grade\n          at_least: 5\n"
                "      amount",
                "    - amount",
            ),
            "grants.rows[1]",
            "never applies",
        ),
        (changed("group: skills", "group: 技能"), "ceiling.group", "not a name like"),
        (changed("people: 500, amount: 100000, ", ""), "quota", "people, amount"),
        (changed(", by: grade}", "}"), "quota", "needs `by:`"),
        (changed("highest_first", "first_come"), "quota", "needs `by:`"),
        (
            changed("expect: eligible", "expect: not_eligible"),
            "cases[0].gives",
            "only who is eligible",
        ),
    ],
)
def test_fault_is_told_with_its_place(text, where, problem):
    with pytest.raises(PolicyFault) as caught:
        read(text)
    assert caught.value.where == where
    assert problem in caught.value.problem


def test_key_of_a_family_leads_back_to_its_arguments():
    assert COUNT.attribute({"kind": "low"}).key == "count__low"
    assert COUNT.of_key("count__high__12").key == "count__high__12"
    with pytest.raises(ValueError, match="too long"):
        COUNT.attribute({"kind": "high", "within": "1" * 50})
