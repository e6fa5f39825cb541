from random import Random

from hypothesis import given
from hypothesis import strategies as st

from jiangxin.demonstration.chance import spread, weighted

shares = st.lists(st.floats(0.01, 1000), min_size=1, max_size=50)


@given(st.integers(0, 10_000), shares)
def test_spread_shares_out_all_of_it(total, shares):
    parts = spread(total, shares)
    assert sum(parts) == total
    assert len(parts) == len(shares)


@given(st.integers(0, 10_000), shares)
def test_spread_strays_less_than_one_from_the_share(total, shares):
    for part, share in zip(spread(total, shares), shares, strict=True):
        assert abs(part - total * share / sum(shares)) < 1 + 1e-6


def test_weighted_draws_by_weight():
    chance = Random(1)  # noqa: S311 -- repeatable on purpose
    drawn = weighted([("often", 9), ("seldom", 1), ("never", 0)]).draw(chance, 1000)
    assert 850 < drawn.count("often") < 950
    assert "never" not in drawn
