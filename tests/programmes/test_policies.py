"""Every policy file is sound, and its worked cases come out as written."""

from datetime import date

import pytest

from jiangxin.kernel.policy.registry import policies, policy, value
from jiangxin.kernel.policy.rules.cases import check_cases

POLICIES = {one.code: one for one in policies()}


@pytest.mark.parametrize("code", POLICIES)
def test_worked_cases_come_out_and_stand_on_both_sides_of_every_limit(code):
    assert check_cases(POLICIES[code]) == []


def test_there_are_the_first_policies():
    assert set(POLICIES) == {
        "craftsmen.highly_skilled_worker",
        "craftsmen.skill_reward",
        "craftsmen.star_technician",
        "talent_pools.countryside_maker",
    }


def test_what_no_document_states_is_a_demonstration():
    shown = [one.code for one in POLICIES.values() if one.is_demonstration]
    assert shown == ["craftsmen.skill_reward", "craftsmen.star_technician"]
    assert policy("craftsmen.star_technician").region == "331023"


def test_parameter_is_asked_for_a_day():
    assert value("talent_pools.countryside_maker_age", date(2026, 1, 1)) == 45
    with pytest.raises(LookupError):
        value("talent_pools.countryside_maker_age", date(2020, 12, 31))
