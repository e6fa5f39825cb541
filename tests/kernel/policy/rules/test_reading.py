from datetime import date
from decimal import Decimal

import pytest

from jiangxin.kernel.policy.enums import Absence, AttributeType, Comparison, Tier
from jiangxin.kernel.policy.registry import Attribute
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.reading import read_parameter, read_policy

PARAMETER = """
title: {zh-hans: 年龄上限, en: Age limit}
unit: {zh-hans: 周岁, en: years}
values:
  - {from: 2020-01-01, value: 45, source: 甲}
  - {from: 2026-01-01, value: 50, source: 乙}
"""
POLICY = """
code: tests.some_policy
title: {zh-hans: 某政策, en: Some policy}
summary: {zh-hans: 某摘要, en: Some summary}
issuer: 某单位
document: 《某文件》
clause: 第一条
region: "33"
subject: person
in_force: {from: 2021-01-01}
tier: quick
is_demonstration: false
conditions:
  - attribute: birth_on
    age_at_most: {parameter: tests.age}
    says: {zh-hans: 年龄, en: Age}
    clause: 第二条
cases:
  - says: {zh-hans: 某案例, en: A case}
    on: 2025-01-01
    profile: {region: "3301", birth_on: 1990-01-01}
    expect: eligible
"""


def attribute(key, type_, absent_means=Absence.UNKNOWN):
    return Attribute(key, key, type_, lambda _on: None, absent_means=absent_means)


ATTRIBUTES = {
    one.key: one
    for one in (
        attribute("region", AttributeType.CODE),
        attribute("birth_on", AttributeType.DATE),
        attribute("grade", AttributeType.INTEGER, Absence.NONE),
        attribute("share", AttributeType.DECIMAL),
        attribute("member", AttributeType.BOOLEAN),
        attribute("industry", AttributeType.CODE),
        attribute("remark", AttributeType.TEXT),
    )
}


def read(text=POLICY, parameter=PARAMETER):
    age = read_parameter(parameter, file="age.yaml", key="tests.age")
    return read_policy(
        text,
        file="some.yaml",
        part="tests",
        attributes=ATTRIBUTES,
        parameters={"tests.age": age},
    )


def changed(old, new):
    assert POLICY.count(old) >= 1
    return POLICY.replace(old, new, 1)


def with_condition(attribute, comparison, limit):
    return changed(
        "attribute: birth_on\n    age_at_most: {parameter: tests.age}",
        f"attribute: {attribute}\n    {comparison}: {limit}",
    ).replace("birth_on: 1990-01-01", f"{attribute}: null")


def test_policy_is_read_as_it_stands():
    one = read()
    assert (one.code, one.region, one.tier) == ("tests.some_policy", "33", Tier.QUICK)
    assert (one.in_force_from, one.in_force_to) == (date(2021, 1, 1), None)
    assert one.conditions[0].comparison is Comparison.AGE_AT_MOST
    assert one.conditions[0].limit(date(2025, 12, 31)) == 45
    assert one.conditions[0].limit(date(2026, 1, 1)) == 50
    assert one.cases[0].profile == {"region": "3301", "birth_on": date(1990, 1, 1)}
    assert one.title.in_language("en") == "Some policy"
    assert one.title.in_language("zh-hans") == "某政策"


@pytest.mark.parametrize(
    ("attribute", "comparison", "limit", "wanted"),
    [
        ("birth_on", "at_least", "1990-01-31", date(1990, 1, 31)),
        ("grade", "between", "[1, 3]", (1, 3)),
        ("share", "at_most", "3.30", Decimal("3.30")),
        ("member", "is_true", "true", True),
        ("member", "equals", "false", False),
        ("industry", "starts_with_one_of", "[A, C13]", ("A", "C13")),
        ("remark", "one_of", "[甲, 乙]", ("甲", "乙")),
    ],
)
def test_limit_is_of_its_attributes_type(attribute, comparison, limit, wanted):
    condition = read(with_condition(attribute, comparison, limit)).conditions[0]
    assert condition.limit(date(2025, 1, 1)) == wanted


def test_version_follows_what_answers_depend_on():
    version = read().version
    assert (
        read(
            "# a remark\n" + POLICY.replace("clause: 第二条", "clause:  第二条")
        ).version
        == version
    )
    assert read(changed("expect: eligible", "expect: not_eligible")).version == version
    assert read(changed('region: "33"', 'region: "3307"')).version != version
    assert read(parameter=PARAMETER.replace("45", "46")).version != version


@pytest.mark.parametrize(
    ("text", "line", "where", "problem"),
    [
        ("", 1, "", "the file is empty"),
        ("a: [", 1, "", "not YAML"),
        ("- a", 1, "", "should be a mapping"),
        (changed("issuer: 某单位\n", ""), 2, "", "'issuer' is missing"),
        (POLICY + "colour: red\n", 23, "colour", "'colour' is not one of"),
        (POLICY + "code: tests.other\n", 23, "code", "stands here twice"),
        (changed("tests.some", "others.some"), 2, "code", "name like tests."),
        (changed('"33"', "浙江"), 8, "region", "beginning of a division code"),
        (
            changed("subject: person", "subject: firm"),
            9,
            "subject",
            "not one of: person, organisation",
        ),
        (changed("tier: quick", "tier: slow"), 11, "tier", "'slow' is not one of"),
        (
            changed("is_demonstration: false", "is_demonstration: maybe"),
            12,
            "is_demonstration",
            "neither true nor false",
        ),
        (
            changed("{from: 2021-01-01}", "{from: 2021-02-30}"),
            10,
            "in_force.from",
            "is not a date",
        ),
        (
            changed("{from: 2021-01-01}", "{from: 2021-01-01, to: 2020-12-31}"),
            10,
            "in_force.to",
            "ends before it starts",
        ),
        (
            changed("{from: 2021-01-01}", "{from: 2019-01-01}"),
            15,
            "conditions[0].age_at_most.parameter",
            "has no value on 2019-01-01",
        ),
        (
            changed("parameter: tests.age", "parameter: tests.agee"),
            15,
            "conditions[0].age_at_most.parameter",
            "is not a parameter",
        ),
        (
            changed("attribute: birth_on", "attribute: birth_at"),
            14,
            "conditions[0].attribute",
            "is not an attribute",
        ),
        (
            changed("says: {zh-hans: 年龄, en: Age}", "says: {en: Age}"),
            16,
            "conditions[0].says",
            "'zh-hans' is missing",
        ),
        (
            changed("clause: 第二条", "clause: ''"),
            17,
            "conditions[0].clause",
            "is empty",
        ),
        (
            changed("    age_at_most: {parameter: tests.age}\n", ""),
            14,
            "conditions[0]",
            "needs exactly one of",
        ),
        (
            changed("clause: 第二条", "clause: 第二条\n    at_least: 1990-01-01"),
            14,
            "conditions[0]",
            "needs exactly one of",
        ),
        (
            changed("birth_on: 1990-01-01", "grade: 3"),
            21,
            "cases[0].profile.grade",
            "'grade' is not one of",
        ),
        (
            changed(", birth_on: 1990-01-01", ""),
            21,
            "cases[0].profile",
            "'birth_on' is missing",
        ),
        (
            changed("expect: eligible", "expect: perhaps"),
            22,
            "cases[0].expect",
            "'perhaps' is not one of",
        ),
        (
            with_condition("grade", "age_at_most", "45"),
            15,
            "conditions[0].age_at_most",
            "fits date, but the attribute is integer",
        ),
        (
            with_condition("grade", "at_least", "three"),
            15,
            "conditions[0].at_least",
            "not a whole number",
        ),
        (
            with_condition("share", "at_least", "NaN"),
            15,
            "conditions[0].at_least",
            "not a number",
        ),
        (
            with_condition("share", "at_least", "much"),
            15,
            "conditions[0].at_least",
            "not a number",
        ),
        (
            with_condition("grade", "between", "[3, 1]"),
            15,
            "conditions[0].between",
            "two values, lowest first",
        ),
        (
            with_condition("grade", "between", "[1, 2, 3]"),
            15,
            "conditions[0].between",
            "two values, lowest first",
        ),
        (
            with_condition("grade", "one_of", "[]"),
            15,
            "conditions[0].one_of",
            "is an empty list",
        ),
        (
            with_condition("grade", "one_of", "3"),
            15,
            "conditions[0].one_of",
            "should be a list",
        ),
        (
            with_condition("industry", "one_of", "[A, A]"),
            15,
            "conditions[0].one_of",
            "names a value twice",
        ),
        (
            with_condition("industry", "equals", "A*"),
            15,
            "conditions[0].equals",
            "is not a code",
        ),
        (
            with_condition("member", "is_true", "false"),
            15,
            "conditions[0].is_true",
            "write equals: false",
        ),
        (
            with_condition("grade", "none_of", "[1]"),
            15,
            "conditions[0].none_of",
            "whose absence means there is none",
        ),
        (
            with_condition("birth_on", "age_at_most", "200"),
            15,
            "conditions[0].age_at_most",
            "from 0 to 150",
        ),
        (
            with_condition("remark", "equals", "{parameter: tests.age}"),
            15,
            "conditions[0].equals.parameter",
            "which does not fit here",
        ),
        (
            with_condition("remark", "equals", "[甲]"),
            15,
            "conditions[0].equals",
            "should be a text",
        ),
    ],
)
def test_fault_is_told_with_its_line_and_place(text, line, where, problem):
    with pytest.raises(PolicyFault) as caught:
        read(text)
    fault = caught.value
    assert (fault.file, fault.line, fault.where) == ("some.yaml", line, where)
    assert problem in fault.problem
    assert str(fault).startswith(f"some.yaml:{line}")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2026-01-01", "2019-01-01", "the oldest value comes first"),
        ("value: 45", "value: forty", "not a number"),
        ("source: 甲", "origin: 甲", "not one of"),
    ],
)
def test_fault_of_a_parameter_is_told(old, new, problem):
    with pytest.raises(PolicyFault, match=problem):
        read(parameter=PARAMETER.replace(old, new))


def test_age_limit_must_be_whole():
    with pytest.raises(PolicyFault, match="not whole"):
        read(parameter=PARAMETER.replace("45", "45.5"))


def test_groups_are_read_with_their_members():
    text = changed(
        """  - attribute: birth_on
    age_at_most: {parameter: tests.age}
""",
        """  - any_of:
      - attribute: birth_on
        age_at_most: 45
        says: {zh-hans: 甲, en: A}
        clause: 甲
      - all_of:
          - attribute: member
            is_true: true
            says: {zh-hans: 乙, en: B}
            clause: 乙
        says: {zh-hans: 丙, en: C}
        clause: 丙
""",
    ).replace("birth_on: 1990-01-01", "birth_on: 1990-01-01, member: true")
    one = read(text)
    assert [leaf.attribute for leaf in one.leaves()] == ["birth_on", "member"]
    assert one.attributes() == ["region", "birth_on", "member"]


def test_last_day_in_force_is_read():
    text = changed("{from: 2021-01-01}", "{from: 2021-01-01, to: 2025-12-31}")
    one = read(text)
    assert one.is_in_force(date(2025, 12, 31))
    assert not one.is_in_force(date(2026, 1, 1))
    assert [parameter.key for parameter in one.parameters()] == ["tests.age"]
