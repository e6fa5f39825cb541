from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiangxin.foundation.ids.division_code import LEVELS, check_division_code
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.provinces import PROVINCES

codes = st.builds(
    lambda province, rest, length: (province + rest)[:length],
    st.sampled_from(sorted(PROVINCES)),
    st.from_regex(r"[0-9]{10}", fullmatch=True),
    st.sampled_from(sorted(LEVELS)),
)


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("33", "33", "province"),
        ("330000", "33", "province"),
        ("3307", "3307", "prefecture"),
        ("330700", "3307", "prefecture"),
        ("330402", "330402", "county"),
        ("331023", "331023", "county"),
        ("330782", "330782", "county"),
        ("330726000000", "330726", "county"),
        ("330726100", "330726100", "township"),
        ("330726100000", "330726100", "township"),
        ("330726100001", "330726100001", "village"),
        ("441900003", "441900003", "township"),
    ],
)
def test_a_code_is_cut_to_what_it_says(text, code, level):
    division = check_division_code(text)
    assert division.code == code
    assert division.level == level


def test_parents_are_prefixes_widest_first():
    assert check_division_code("330726100001").parents == (
        "33",
        "3307",
        "330726",
        "330726100",
    )
    assert check_division_code("33").parents == ()


@given(codes)
def test_the_result_is_a_prefix_and_stays_as_it_is(text):
    code = check_division_code(text).code
    assert text.startswith(code)
    assert check_division_code(code).code == code
    assert check_division_code(code.ljust(12, "0")).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "wrong_length"),
        ("33072", "wrong_length"),
        ("33O726", "bad_character"),
        ("990726", "unknown_province"),
        ("000000", "unknown_province"),
    ],
)
def test_a_refusal_has_its_own_code(text, code):
    with pytest.raises(IdProblem) as caught:
        check_division_code(text)
    assert caught.value.code == f"ids.division_code.{code}"
    assert "%" not in caught.value.message


@given(st.text())
@example("\u0663\u0663")
def test_no_text_raises_anything_but_a_problem(text):
    with suppress(IdProblem):
        check_division_code(text)
