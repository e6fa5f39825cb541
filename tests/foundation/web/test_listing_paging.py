from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.web.listing.paging import Slice


def slice_of(number, pages):
    return Slice([0] * 25, pages * 25, False, number=number, pages=pages, size=25)


@given(
    st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))
)
def test_offered_pages_hold_both_ends_and_the_current_one(place):
    number, pages = place
    offered = slice_of(number, pages).numbers
    known = [n for n in offered if n is not None]
    assert known == sorted(set(known))
    assert {1, number, pages} <= set(known)
    assert len(offered) <= 7


def test_gaps_are_shown_where_pages_are_left_out():
    assert slice_of(1, 9).numbers == [1, 2, None, 9]
    assert slice_of(5, 9).numbers == [1, None, 4, 5, 6, None, 9]
    assert slice_of(1, 1).numbers == [1]


def test_first_and_last_count_from_one():
    page = slice_of(2, 3)
    assert (page.first, page.last) == (26, 50)
    empty = Slice([], 0, False, number=1, pages=1, size=25)
    assert (empty.first, empty.last) == (0, 0)
