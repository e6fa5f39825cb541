from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.matters.rules.local import LocalRule, wanted_at

DAY = date(2027, 3, 1)


def rule(region="", since=date(2021, 1, 1), *, wanted=True, until=None):
    return LocalRule("s", "proof", region, since, until, wanted, "文件")


def sources(rules, region="330726101", on=DAY):
    return wanted_at(rules, "s", region, on)


def test_the_narrower_place_decides_whatever_the_order():
    everywhere, here = rule(wanted=False), rule("330726")
    assert sources([here, everywhere]) == sources([everywhere, here]) == [here]
    assert sources([here, everywhere], region="330783") == []


def test_of_one_place_the_later_rule_decides():
    before, after = rule(), rule(since=DAY, wanted=False)
    assert sources([after, before]) == []
    assert sources([after, before], on=DAY - timedelta(days=1)) == [before]


def test_a_rule_of_another_service_says_nothing():
    assert wanted_at([rule()], "another", "330726", DAY) == []


@pytest.mark.parametrize(
    ("on", "is_wanted"),
    [
        (date(2020, 12, 31), False),
        (date(2021, 1, 1), True),
        (date(2027, 3, 1), True),
        (date(2027, 3, 2), False),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(on, is_wanted):
    assert bool(sources([rule(until=DAY)], on=on)) is is_wanted


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
rules_of_places = st.builds(
    rule,
    st.sampled_from(["", "33", "330726", "330726101", "3301"]),
    days,
    wanted=st.booleans(),
    until=st.none() | days,
)


@given(st.lists(rules_of_places, max_size=8), days)
def test_what_is_wanted_is_wanted_by_a_rule_in_force_there(rules, on):
    found = sources(rules, on=on)
    assert len(found) <= 1
    for one in found:
        assert one in rules
        assert one.is_wanted
        assert one.applies("330726101", on)
