from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiangxin.foundation.ids.occupation_code import check_occupation_code
from jiangxin.foundation.ids.problems import IdProblem

codes = st.from_regex(r"[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}", fullmatch=True)


@given(codes)
def test_a_code_is_kept(code):
    assert check_occupation_code(code).code == code


@given(codes)
def test_typing_habits_do_not_matter(code):
    for typed in (
        code.replace("-", ""),
        code.replace("-", "\u2014"),
        code.replace("-", "\uff0d"),
        f" {code} L/S",
        f"{code}(S)",
    ):
        assert check_occupation_code(typed).code == code


def test_a_code_tells_its_groups():
    assert check_occupation_code("6-18-01-01").groups == ("6", "6-18", "6-18-01")


def test_a_group_is_a_warning_only():
    (warning,) = check_occupation_code("6-18-00-00").warnings
    assert warning.code == "ids.occupation_code.group"
    assert warning.message
    assert check_occupation_code("6-18-01-01").warnings == ()
    assert check_occupation_code("8-00-00-00").warnings == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_shape"),
        ("6-18-01", "bad_shape"),
        ("6-18-01-0A", "bad_shape"),
        ("9-18-01-01", "unknown_major"),
        ("0180101", "unknown_major"),
    ],
)
def test_a_refusal_has_its_own_code(text, code):
    with pytest.raises(IdProblem) as caught:
        check_occupation_code(text)
    assert caught.value.code == f"ids.occupation_code.{code}"
    assert "%" not in caught.value.message


@given(st.text())
@example("\u0661-\u0661\u0661-\u0661\u0661-\u0661\u0661")
def test_no_text_raises_anything_but_a_problem(text):
    with suppress(IdProblem):
        check_occupation_code(text)
