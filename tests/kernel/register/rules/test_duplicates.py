import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.register.enums import DuplicateRule
from jiangxin.kernel.register.names import syllables_of
from jiangxin.kernel.register.rules.duplicates import Traits, are_close, rule_for


def traits(name, born="1990-01-31", phone="", employer=None):
    return Traits(name, syllables_of(name), born, phone, employer)


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (
            traits("王芳", employer=1),
            traits("王芳", employer=1),
            DuplicateRule.SAME_NAME_AT_WORK,
        ),
        (traits("王芳", employer=1), traits("王芳", employer=2), None),
        (traits("王芳", employer=1), traits("王芳", "1991-01-31", employer=1), None),
        (traits("王芳"), traits("王芳"), None),
        (
            traits("王芳", phone="p"),
            traits("王芳", "1991-01-31", phone="p"),
            DuplicateRule.SAME_NAME_AND_PHONE,
        ),
        (traits("王芳", phone="p"), traits("李芳", "1991-01-31", phone="p"), None),
        (
            traits("王晓芳", employer=1),
            traits("王小芳", employer=1),
            DuplicateRule.CLOSE_NAME,
        ),
        (
            traits("王小芳", phone="p"),
            traits("王小方", phone="p"),
            DuplicateRule.CLOSE_NAME,
        ),
        (
            traits("陈小芳", employer=1),
            traits("程小芳", employer=1),
            DuplicateRule.CLOSE_NAME,
        ),
        (traits("王晓芳", employer=1), traits("李小明", employer=1), None),
        (traits("王晓芳", employer=1), traits("王小芳", employer=2), None),
        (
            traits("王晓芳", employer=1),
            traits("王小芳", "1990-02-01", employer=1),
            None,
        ),
    ],
)
def test_two_records_are_told_by_what_they_share(one, other, rule):
    assert rule_for(one, other) == rule


names = st.text("王芳方小晓明李a", min_size=1, max_size=4)
people = st.builds(
    traits,
    names,
    st.sampled_from(["1990-01-31", "1990-02-01"]),
    st.sampled_from(["", "p", "q"]),
    st.sampled_from([None, 1, 2]),
)


@given(people, people)
def test_it_does_not_matter_who_comes_first(one, other):
    assert rule_for(one, other) == rule_for(other, one)


@given(people, people)
def test_nobody_is_suspected_who_shares_neither_phone_nor_employer(one, other):
    shared = (one.phone_index and one.phone_index == other.phone_index) or (
        one.employer_id and one.employer_id == other.employer_id
    )
    assert shared or rule_for(one, other) is None


@given(people, people, st.sampled_from(["p", "q"]))
def test_sharing_more_never_clears_a_suspicion(one, other, phone):
    if rule_for(one, other) is None:
        return
    same = [
        Traits(each.name, each.syllables, each.birth_on, phone, each.employer_id)
        for each in (one, other)
    ]
    assert rule_for(*same) is not None


@given(st.lists(st.sampled_from(["wang", "fang", "xiao"]), max_size=4))
def test_a_reading_is_close_to_itself_and_to_one_change_only(syllables):
    assert are_close(syllables, syllables) is bool(syllables)
    for place in range(len(syllables)):
        changed = [*syllables]
        changed[place] = "li"
        assert are_close(syllables, changed) is (len(syllables) > 1)
    assert not are_close(syllables, [*syllables, "li"])
    assert not are_close(["a", "b", "c"], ["x", "y", "c"])
