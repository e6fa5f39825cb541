"""What is written of a policy reads back as the same policy."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jiangxin.kernel.policy.enums import (
    Absence,
    AttributeType,
    Period,
    QuotaOrder,
    Subject,
    Verdict,
    Wins,
)
from jiangxin.kernel.policy.registry import attribute, attributes, families, policies
from jiangxin.kernel.policy.registry.policies import parameters
from jiangxin.kernel.policy.rules.plain import text_of, tree_of
from jiangxin.kernel.policy.rules.reading import read_policy
from jiangxin.kernel.policy.rules.tree import (
    Case,
    Ceiling,
    Group,
    Leaf,
    NotWith,
    Quota,
    Sentence,
    Share,
)
from jiangxin.kernel.policy.rules.writing import write_policy
from tests.kernel.policy.test_agreement import POLICIES, TYPES, VALUES


@dataclass(frozen=True)
class Known:
    key: str
    type: AttributeType
    absent_means: Absence = Absence.UNKNOWN
    subject: Subject = Subject.PERSON


ATTRIBUTES = {key: Known(key, type_) for key, type_ in TYPES.items()}
WORDS = st.builds(
    Sentence,
    *[
        st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "))
        .map(str.strip)
        .filter(bool)
    ]
    * 2,
)


def readable(condition, says):
    """A condition as a file can state it: attributes know what absence means."""
    if isinstance(condition, Group):
        members = tuple(readable(one, says) for one in condition.members)
        return replace(condition, members=members, says=says)
    return replace(condition, absent_means=Absence.UNKNOWN, says=says)


def has_empty_text(leaf):
    limits = leaf.given if isinstance(leaf.given, tuple) else (leaf.given,)
    return "" in limits


def is_in_order(row):
    """Whether a share gives no more at least than at most, which no file may say."""
    if not isinstance(row.gives, Share):
        return True
    least, most = row.gives.limits(date(2026, 1, 1))
    return least is None or most is None or least <= most


@st.composite
def whole_policies(draw):
    one = draw(POLICIES)
    says = draw(WORDS)
    rows = [
        replace(row, when=tuple(readable(when, draw(WORDS)) for when in row.when))
        for row in one.rows
    ]
    assume(all(row.when for row in rows[:-1]))
    assume(all(map(is_in_order, rows)))
    one = replace(
        one,
        title=draw(WORDS),
        note=draw(st.none() | WORDS),
        conditions=tuple(readable(condition, says) for condition in one.conditions),
        grants=one.grants and replace(one.grants, rows=tuple(rows)),
        not_with=draw(
            st.sampled_from([(), (NotWith(("tests.other",), Wins.LARGER_AMOUNT),)])
        ),
        ceiling=draw(st.sampled_from([None, Ceiling("both", 150, Period.A_YEAR)])),
        quota=draw(
            st.sampled_from(
                [
                    None,
                    Quota(5, None, Period.A_YEAR, QuotaOrder.FIRST_COME),
                    Quota(None, 12_345, Period.ONCE, QuotaOrder.LOWEST_FIRST, "fee"),
                ]
            )
        ),
    )
    leaves = [*one.leaves(), *(leaf for row in one.rows for leaf in row.leaves())]
    assume(not any(has_empty_text(leaf) for leaf in leaves))
    profile = {
        key: draw(st.none() | VALUES[TYPES[key]].filter(lambda v: v != ""))
        for key in one.attributes()
    }
    expect = draw(st.sampled_from(Verdict))
    gives = (1, 250) if expect is Verdict.ELIGIBLE and one.grants else (None, None)
    case = Case(draw(WORDS), date(2026, 11, 22), profile, expect, *gives)
    return replace(one, cases=(case,))


@given(whole_policies())
def test_a_written_policy_reads_back_as_the_same(one):
    text = write_policy(one, ATTRIBUTES.__getitem__, {})
    read = read_policy(
        text, file="written", part="tests", attributes=ATTRIBUTES, parameters={}
    )
    assert read == one
    assert write_policy(read, ATTRIBUTES.__getitem__, {}) == text


@pytest.mark.parametrize("code", [one.code for one in policies()])
def test_every_policy_of_the_repository_reads_back_with_the_same_version(code):
    one = next(one for one in policies() if one.code == code)
    text = write_policy(one, attribute, families())
    read = read_policy(
        text,
        file="written",
        part=code.split(".")[0],
        attributes=attributes(),
        families=families(),
        parameters=parameters(),
    )
    assert (read, read.version) == (one, one.version)


@pytest.mark.parametrize("code", [one.code for one in policies()])
def test_a_tree_of_texts_writes_what_reads_back_alike(code):
    """As a draft is edited: every scalar is a text, but nothing that is null."""
    one = next(one for one in policies() if one.code == code)
    tree = tree_of(write_policy(one, attribute, families()))
    assert tree_of(text_of(tree)) == tree


def test_an_argument_of_a_family_is_written_beside_its_name():
    one = next(one for one in policies() if "skill_reward" in one.code)
    tree = tree_of(write_policy(one, attribute, families()))
    assert tree["conditions"][1]["attribute"] == "credential_grade"
    assert tree["conditions"][1]["of"] == {
        "kind": "skill_certificate",
        "within_months": "12",
    }
    assert isinstance(one.conditions[1], Leaf)
