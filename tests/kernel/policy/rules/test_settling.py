from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.policy.enums import Period, QuotaOrder, Wins
from jiangxin.kernel.policy.rules.settling import (
    Applicant,
    Claim,
    admitted,
    exclude_each_other,
    remaining,
    settle,
)
from jiangxin.kernel.policy.rules.tree import Ceiling, NotWith, Quota
from tests.kernel.policy.making import leaf, policy

ON = date(2026, 11, 22)
ANY = leaf("grade", "at_least", 1)


def claim(name, fen, *, against=(), wins=Wins.LARGER_AMOUNT, ceiling=None):
    rules = (NotWith(tuple(f"tests.{one}" for one in against), wins),) * bool(against)
    made = policy(ANY, code=f"tests.{name}", not_with=rules, ceiling=ceiling)
    return Claim(made, fen)


def given_by_name(claims):
    return {
        one.claim.policy.code.removeprefix("tests."): one.fen
        for one in settle(claims, ON)
        if not one.excluded_by
    }


def test_policies_that_say_nothing_of_each_other_are_both_given():
    assert given_by_name([claim("a", 100), claim("b", None)]) == {"a": 100, "b": None}


@pytest.mark.parametrize(
    ("wins", "name"),
    [(Wins.LARGER_AMOUNT, "b"), (Wins.THIS, "a"), (Wins.OTHER, "b")],
)
def test_of_two_that_exclude_each_other_one_is_given(wins, name):
    claims = [claim("a", 100, against="b", wins=wins), claim("b", 200)]
    assert set(given_by_name(claims)) == {name}
    (lost,) = [one for one in settle(claims, ON) if one.excluded_by]
    assert lost.excluded_by == f"tests.{name}"
    assert lost.fen == 0


def test_who_is_excluded_excludes_nobody_in_turn():
    claims = [
        claim("a", 300),
        claim("b", 200, against="a"),
        claim("c", 100, against="b"),
    ]
    assert given_by_name(claims) == {"a": 300, "c": 100}


def test_a_ring_is_broken_where_most_is_given():
    claims = [
        claim("a", 100, against="b", wins=Wins.THIS),
        claim("b", 300, against="c", wins=Wins.THIS),
        claim("c", 200, against="a", wins=Wins.THIS),
    ]
    assert given_by_name(claims) == {"b": 300}


def test_a_group_gives_no_more_than_its_ceiling():
    ceiling = Ceiling("skills", 250, Period.A_YEAR)
    claims = [claim(name, 100, ceiling=ceiling) for name in "abcd"]
    settled = settle(claims, ON)
    assert [one.fen for one in settled] == [100, 100, 50, 0]
    assert [one.cut for one in settled] == [0, 0, 50, 100]


NAMES = "abcde"
CLAIMS = st.permutations(NAMES).flatmap(
    lambda names: st.tuples(
        *(
            st.builds(
                claim,
                st.just(name),
                st.sampled_from([None, 0, 100, 200]),
                against=st.sets(st.sampled_from(NAMES.replace(name, "")), max_size=3),
                wins=st.sampled_from(Wins),
            )
            for name in names
        )
    )
)


@given(CLAIMS)
def test_none_given_exclude_each_other_and_none_is_lost_for_nothing(claims):
    settled = settle(claims, ON)
    policies = {one.claim.policy.code: one.claim.policy for one in settled}
    kept = [one.claim.policy for one in settled if not one.excluded_by]
    assert not any(exclude_each_other(*pair) for pair in combinations(kept, 2))
    for one in settled:
        if one.excluded_by:
            winner = policies[one.excluded_by]
            assert winner in kept
            assert exclude_each_other(winner, one.claim.policy)


@given(CLAIMS, st.randoms())
def test_the_order_of_the_claims_decides_nothing(claims, random):
    other = list(claims)
    random.shuffle(other)
    assert given_by_name(claims) == given_by_name(other)


def quota(people=None, fen=None, order=QuotaOrder.FIRST_COME):
    return Quota(people, fen, Period.A_YEAR, order, "grade")


def test_places_go_in_order_of_arrival_until_there_are_none():
    one = quota(people=3)
    left = remaining(one, people=1, fen=0)
    came = [Applicant(1, arrived=9), Applicant(2, arrived=1), Applicant(3, arrived=5)]
    assert [each.number for each in admitted(one, left, came)] == [2, 3]


def test_nobody_overtakes_for_whom_the_money_does_not_reach():
    one = quota(fen=250)
    left = remaining(one, people=0, fen=0)
    came = [Applicant(number, arrived=number, fen=100 * number) for number in (1, 2, 3)]
    came.append(Applicant(4, arrived=4, fen=1))
    assert [each.number for each in admitted(one, left, came)] == [1]


@pytest.mark.parametrize(
    ("order", "numbers"),
    [(QuotaOrder.HIGHEST_FIRST, [2, 1, 4, 3]), (QuotaOrder.LOWEST_FIRST, [1, 4, 2, 3])],
)
def test_rank_goes_before_arrival_and_no_rank_comes_last(order, numbers):
    one = quota(people=9, order=order)
    came = [
        Applicant(1, arrived=1, rank=3),
        Applicant(2, arrived=2, rank=5),
        Applicant(3, arrived=0),
        Applicant(4, arrived=3, rank=3),
    ]
    left = remaining(one, people=0, fen=0)
    assert [each.number for each in admitted(one, left, came)] == numbers


def test_nothing_is_left_of_a_quota_that_was_overdrawn():
    left = remaining(quota(people=3, fen=100), people=5, fen=300)
    assert (left.people, left.fen) == (0, 0)
    assert not left.has_room_for(0)
