import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.sealing import mask_id_number, mask_phone


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("330726199001010016", "3307**********0016"),
        ("330726900101001", "330*********001"),
        ("E12345678", "E1*****78"),
        ("1234", "1**4"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_an_id_number_shows_its_ends(text, shown):
    assert mask_id_number(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800138000", "138****8000"),
        ("0579-84123456", "057*******456"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_phone_shows_its_ends(text, shown):
    assert mask_phone(text) == shown


@given(st.text(max_size=40))
def test_a_mask_keeps_the_length_and_hides_at_least_half(text):
    shown = mask_id_number(text)
    assert len(shown) == len(text)
    assert sum(a == b for a, b in zip(shown, text, strict=True) if a != "*") <= (
        len(text) / 2
    )
