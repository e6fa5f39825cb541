from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from jiangxin.kernel.policy.enums import Absence, AttributeType
from jiangxin.kernel.policy.registry import Attribute, attribute
from jiangxin.kernel.policy.registry import attributes as read_attributes
from jiangxin.kernel.policy.registry.wording import limit_of, shown, value_read
from jiangxin.kernel.policy.rules.explaining import explain
from tests.kernel.policy.making import TODAY, all_of, any_of, leaf, policy


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def plain(type_, **values):
    return Attribute("plain", "Plain", type_, lambda _on: None, **values)


@pytest.mark.parametrize(
    ("one", "value", "text"),
    [
        (plain(AttributeType.BOOLEAN), True, "yes"),
        (plain(AttributeType.BOOLEAN), False, "no"),
        (plain(AttributeType.INTEGER, unit="hours"), 1200, "1,200 hours"),
        (plain(AttributeType.DECIMAL), Decimal("3.3"), "3.3"),
        (plain(AttributeType.DATE), date(2026, 1, 31), "2026-01-31"),
        (plain(AttributeType.TEXT), "as it is", "as it is"),
        (plain(AttributeType.TEXT), None, "Not recorded"),
        (plain(AttributeType.TEXT, absent_means=Absence.NONE), None, "None on record"),
    ],
)
def test_value_is_written_by_its_type(one, value, text):
    assert shown(one, value) == text


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("skill_grade", 7, "Chief technician"),
        ("skill_grade", 99, "99"),
        ("craftsman_tier", 1, "County craftsman"),
        ("honour_level", 3, "Provincial level"),
        ("education", "31", "College diploma"),
        ("education", "3", "College education"),
        ("occupation", "5-", "Agricultural occupations"),
        ("occupation", "9-99", "9-99"),
        ("sex", "2", "Female"),
        ("sex", "7", "7"),
        ("employer_scale", "micro", "Micro"),
        ("employer_scale", "huge", "huge"),
    ],
)
def test_code_is_written_by_its_name(key, value, text):
    assert shown(attribute(key), value) == text


def test_region_is_written_by_its_code_where_it_has_no_name(db):
    assert shown(attribute("region"), "99") == "99"


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (leaf("skill_grade", "at_least", 4), "at least Technician"),
        (
            leaf("skill_grade", "between", (1, 3)),
            "between Junior worker and Senior worker",
        ),
        (leaf("birth_on", "age_at_most", 45), "aged at most 45 years"),
        (leaf("birth_on", "at_most", date(1990, 1, 31)), "at most 1990-01-31"),
        (leaf("is_union_member", "is_true", True), "yes"),
        (leaf("sex", "one_of", ("1", "2")), "one of Male, Female"),
        (any_of(leaf("sex", "equals", "1")), "any of these: Some condition"),
    ],
)
def test_limit_is_written_as_a_value_of_its_attribute(condition, text):
    assert limit_of(condition, TODAY) == text


def test_group_shows_what_each_of_its_parts_read():
    one = policy(
        any_of(
            leaf("skill_grade", "at_least", 4),
            all_of(leaf("birth_on", "age_at_most", 45), leaf("sex", "equals", "1")),
        )
    )
    profile = {"skill_grade": 3, "birth_on": date(1990, 1, 1), "sex": None}
    (found,) = explain(one, profile, TODAY).found
    assert value_read(found) == (
        "Skill grade: Senior worker; Date of birth: 36 years; Sex: Not recorded"
    )


def test_two_attributes_cannot_share_a_key(monkeypatch):
    twice = [plain(AttributeType.TEXT), plain(AttributeType.DATE)]
    monkeypatch.setitem(read_attributes.__globals__, "brought", lambda _kind: twice)
    with pytest.raises(ValueError, match="plain"):
        read_attributes()
