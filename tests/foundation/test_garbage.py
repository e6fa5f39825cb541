"""Leaving the cycle collector out of bulk work."""

import gc

import pytest

from jiangxin.foundation.garbage import without_collecting


def test_the_collector_rests_meanwhile_and_works_again_afterwards():
    with without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_works_again_after_an_error():
    with pytest.raises(ZeroDivisionError), without_collecting():
        1 / 0  # noqa: B018 -- for its error
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    with without_collecting():
        with without_collecting():
            pass
        assert not gc.isenabled()
