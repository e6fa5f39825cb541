"""What policies say of each other must fit."""

import pytest
from django.utils import translation

from jiangxin.kernel.policy.registry.policies import read_library
from jiangxin.kernel.policy.rules.places import PolicyFault
from tests.kernel.policy.rules.test_reading import ATTRIBUTES, POLICY


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


AGE = "age_at_most: {parameter: tests.age}"
CEILING = "ceiling: {group: skills, at_most: %s, period: a_year}\n"


@pytest.fixture
def folder(tmp_path):
    def write(**policies):
        for name, more in policies.items():
            text = POLICY.replace("some_policy", name).replace(AGE, "age_at_most: 45")
            (tmp_path / f"{name}.yaml").write_text(text + more, encoding="utf-8")
        return [("tests", tmp_path)]

    return write


def test_policies_may_exclude_each_other_and_share_a_ceiling(folder):
    rule = "not_with: [{policies: [tests.b], wins: this}]\n"
    library = read_library(folder(a=rule + CEILING % 1, b=CEILING % 1), ATTRIBUTES)
    assert set(library.policies) == {"tests.a", "tests.b"}


@pytest.mark.parametrize("code", ["tests.c", "tests.a"])
def test_policy_cannot_exclude_what_is_no_other_policy(folder, code):
    rule = f"not_with: [{{policies: [{code}], wins: this}}]\n"
    with pytest.raises(PolicyFault, match="is no other policy"):
        read_library(folder(a=rule, b=""), ATTRIBUTES)


def test_a_group_has_one_ceiling(folder):
    with pytest.raises(PolicyFault, match="another ceiling"):
        read_library(folder(a=CEILING % 1, b=CEILING % 2), ATTRIBUTES)
