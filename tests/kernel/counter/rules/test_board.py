from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.counter.rules.board import (
    Done,
    FlagRule,
    Rated,
    Served,
    figures,
    lacks,
    p90,
    rank,
    share,
)

RULE = FlagRule(least_settled=2, least_rated=1, on_time=1.0, good=0.9)

done = st.lists(
    st.builds(
        Done,
        is_on_time=st.booleans(),
        is_early=st.booleans(),
        is_first_time=st.booleans(),
        is_proxy=st.booleans(),
        visits=st.integers(0, 3),
    ),
    max_size=8,
)
rated = st.lists(
    st.builds(Rated, grade=st.integers(1, 5), is_answered=st.booleans()), max_size=8
)
served = st.lists(
    st.builds(Served, waiting=st.integers(0, 90), service=st.integers(0, 60)),
    max_size=8,
)
boards = st.builds(figures, done, rated, served)
many = st.lists(boards, max_size=6).map(
    lambda found: [(str(number), one) for number, one in enumerate(found)]
)


def good(settled=3, grade=5, service=10):
    return figures(
        [Done(True, True, True, False, 1)] * settled,
        [Rated(grade)],
        [Served(5, service)],
    )


def test_of_nothing_there_is_no_share_and_no_minute():
    found = figures([], [], [])
    assert (found.on_time, found.good, found.put_right, found.visits) == (None,) * 4
    assert (found.waiting_median, found.service_p90) == (None, None)


def test_figures_are_what_they_are_called():
    found = figures(
        [Done(True, True, False, True, 2), Done(False, False, True, False, 1)],
        [Rated(5), Rated(3), Rated(2, is_answered=False), Rated(1)],
        [Served(10, 5), Served(20, 9), Served(30, 7)],
    )
    assert (found.settled, found.on_time, found.early) == (2, 0.5, 0.5)
    assert (found.first_time, found.proxies, found.visits) == (0.5, 1, 1.5)
    assert (found.rated, found.good, found.bad, found.put_right) == (4, 0.5, 2, 0.5)
    assert (found.waiting_median, found.waiting_p90) == (20, 30)
    assert (found.service_median, found.service_p90) == (7, 9)


@given(done, rated, served)
def test_every_share_lies_between_nothing_and_all(done, rated, served):
    found = figures(done, rated, served)
    for one in (found.on_time, found.early, found.first_time, found.good):
        assert one is None or 0 <= one <= 1


@given(st.lists(st.integers(0, 200), min_size=1))
def test_nine_of_ten_do_not_exceed_it_and_it_is_one_of_them(values):
    found = p90(values)
    assert found in values
    assert sum(one <= found for one in values) >= 0.9 * len(values)


@given(st.lists(st.booleans(), min_size=1))
def test_a_share_and_its_opposite_make_the_whole(flags):
    assert abs(share(flags) + share(not one for one in flags) - 1) < 1e-9


@given(many)
def test_nobody_is_lost_in_the_ranking_and_places_rise(rows):
    ranked = rank(rows, RULE)
    assert sorted(one.key for one in ranked) == sorted(key for key, _found in rows)
    places = [one.place for one in ranked]
    assert places == sorted(places)
    assert places[:1] in ([], [1])


@given(many)
def test_only_the_first_win_and_only_if_nothing_lacks(rows):
    for one in rank(rows, RULE):
        assert one.wins == (one.place == 1 and not one.lacks)


@given(boards)
def test_a_bad_rating_without_a_reply_always_keeps_from_the_flag(found):
    if found.put_right is not None and found.put_right < 1:
        assert "unanswered" in lacks(found, RULE)
        assert not rank([("a", found)], RULE)[0].wins


def test_who_is_equal_in_everything_shares_place_and_flag():
    ranked = rank([("b", good()), ("a", good()), ("c", good(service=12))], RULE)
    assert [(one.key, one.place, one.wins) for one in ranked] == [
        ("a", 1, True),
        ("b", 1, True),
        ("c", 3, False),
    ]


def test_who_cannot_win_stands_behind_who_can():
    late = figures([Done(False, False, True, False, 0)] * 9, [Rated(5)], [])
    ranked = rank([("late", late), ("fine", good(settled=2))], RULE)
    assert [one.key for one in ranked] == ["fine", "late"]
    assert ranked[1].lacks == ("on_time",)


def test_what_lacks_is_said_for_each_reason():
    nothing = figures([], [], [])
    assert lacks(nothing, RULE) == ("settled", "rated", "on_time")
    bad = figures([Done(True, True, True, False, 0)] * 2, [Rated(2, False)], [])
    assert lacks(bad, RULE) == ("good", "unanswered")
    assert lacks(good(), RULE) == ()
