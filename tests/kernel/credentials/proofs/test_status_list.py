import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.credentials.proofs import multibase, status_list
from jiangxin.kernel.credentials.proofs.problems import ProofProblem


@given(st.sets(st.integers(0, 131_071), max_size=20), st.integers(0, 131_071))
def test_places_that_were_set_are_set_and_no_other(places, other):
    encoded = status_list.encode(places)
    assert all(status_list.is_set(encoded, place) for place in places)
    assert status_list.is_set(encoded, other) == (other in places)


def test_first_place_is_the_leftmost_bit():
    packed = multibase.decode(status_list.encode([0]))
    assert gzip.decompress(packed)[0] == 0x80


def test_list_holds_the_crowd_that_the_standard_asks_for():
    packed = multibase.decode(status_list.encode([]))
    assert len(gzip.decompress(packed)) * 8 == 131_072


@pytest.mark.parametrize("index", [-1, 131_072])
def test_place_beyond_the_list_is_refused(index):
    with pytest.raises(ProofProblem, match="index"):
        status_list.is_set(status_list.encode([]), index)


def test_bomb_is_refused_before_it_unpacks():
    bomb = multibase.encode_base64url(gzip.compress(bytes(9 * 1024 * 1024)))
    with pytest.raises(ProofProblem, match="size"):
        status_list.is_set(bomb, 1)


@pytest.mark.parametrize("encoded", [None, "uAAAA", "u" + "A" * 2_000_001])
def test_what_is_no_list_is_refused(encoded):
    with pytest.raises(ProofProblem):
        status_list.is_set(encoded, 0)


def test_list_that_is_cut_off_is_refused():
    packed = multibase.decode(status_list.encode([7]))
    with pytest.raises(ProofProblem, match="status_list"):
        status_list.is_set(multibase.encode_base64url(packed[:-9]), 7)
