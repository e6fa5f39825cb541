from datetime import date

from jiangxin.kernel.policy.queries import needs
from jiangxin.kernel.policy.queries.needs import fields_needed_on
from jiangxin.kernel.policy.registry import attributes
from jiangxin.kernel.register.queries.completeness import known_fields


def test_fields_that_policies_of_the_day_read_are_needed():
    assert {"education", "skill_grade"} <= fields_needed_on(date(2026, 11, 23))


def test_before_any_policy_nothing_is_needed():
    assert fields_needed_on(date(1949, 10, 1)) == set()


def test_every_field_and_attribute_named_exists():
    assert set(needs._READ_FROM) <= set(known_fields())
    assert set().union(*needs._READ_FROM.values()) <= set(attributes())
