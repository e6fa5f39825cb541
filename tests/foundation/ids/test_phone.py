from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem

phones = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(phones)
def test_a_mobile_number_is_accepted_however_written(number):
    for text in (
        number,
        f" +86 {number[:3]}-{number[3:7]}-{number[7:]}",
        f"(86){number}",
        f"0086{number}",
        f"{number}.0",
        "".join(chr(ord(c) + 0xFEE0) for c in number),
    ):
        assert check_phone(text).number == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("1.38E+10", "lost_digits"),
        ("138****0000", "masked"),
        ("0579-82345678", "landline"),
        ("010 62345678", "landline"),
        ("+86 571 87654321", "landline"),
        ("+86 0571 87654321", "landline"),
        ("82345678", "landline"),
        ("4008123123", "landline"),
        ("+852 61234567", "abroad"),
        ("13800000000/13900000000", "wrong_length"),
        ("13800000000,13900000000", "bad_character"),
        ("1380000000", "wrong_length"),
        ("12800000000", "not_mobile"),
    ],
)
def test_a_refusal_has_its_own_code(text, code):
    with pytest.raises(IdProblem) as caught:
        check_phone(text)
    assert caught.value.code == f"ids.phone.{code}"
    assert "%" not in caught.value.message


@given(st.text())
@example("\u0661" * 11)
def test_no_text_raises_anything_but_a_problem(text):
    with suppress(IdProblem):
        check_phone(text)
