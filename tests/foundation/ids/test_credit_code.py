from contextlib import suppress

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from jiangxin.foundation.ids.credit_code import (
    ALPHABET,
    check_credit_code,
    make_credit_code,
    with_check_digit,
)
from jiangxin.foundation.ids.problems import IdProblem

letters = st.sampled_from(ALPHABET)


@st.composite
def credit_codes(draw, first=letters):
    division = draw(st.integers(0, 999_999))
    rest = draw(st.text(ALPHABET, min_size=9, max_size=9))
    return with_check_digit(f"{draw(first)}{draw(letters)}{division:06}{rest}")


def refusal(text):
    with pytest.raises(IdProblem) as caught:
        check_credit_code(text)
    assert "%" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    "code",
    [
        "81330726MC0000012D",
        "81330402MC1234566J",
        "81330781MC20230A9J",
        "91110000600037341L",
    ],
)
def test_published_codes_are_accepted(code):
    assert check_credit_code(code).code == code


@given(credit_codes())
def test_a_made_code_is_accepted(code):
    checked = check_credit_code(code)
    assert checked.code == code
    assert checked.division_code + checked.organisation_code == code[2:17]


@pytest.mark.parametrize("authority", ["A1", "N1", "N2", "N3", "Y1", "81", "89", "91"])
def test_letters_and_union_codes_are_accepted_without_warning(authority):
    code = make_credit_code(
        authority=authority, division_code="330781", serial="MC20230A"
    )
    assert check_credit_code(code).warnings == ()


def test_a_union_code_is_told_from_others():
    grassroots = check_credit_code("81330726MC0000012D")
    assert grassroots.authority == "8"
    assert grassroots.is_union
    assert grassroots.is_grassroots_union
    company = check_credit_code("91110000600037341L")
    assert not company.is_union
    assert not company.is_grassroots_union


def test_an_unknown_authority_is_a_warning_only():
    code = make_credit_code(authority="T1", division_code="330781", serial="MC20230A")
    (warning,) = check_credit_code(code).warnings
    assert warning.code == "ids.credit_code.unknown_authority"
    assert "T" in warning.message


def test_the_inner_check_is_a_warning_only():
    (warning,) = check_credit_code(with_check_digit("81330726MC0000019")).warnings
    assert warning.code == "ids.credit_code.inner_check"
    assert warning.message


@given(credit_codes(), st.integers(0, 17), letters)
def test_any_single_altered_character_is_caught(code, place, character):
    assume(code[place] != character)
    refusal(code[:place] + character + code[place + 1 :])


@given(credit_codes())
def test_typing_habits_do_not_matter(code):
    grouped = f"\ufeff {code[:2]} {code[2:8]}\u3000{code[8:].lower()} "
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in code)
    assert check_credit_code(grouped).code == code
    assert check_credit_code(full_width).code == code


@given(st.text())
@example("\u0661" * 18)
@example("\u00df" * 9)
@example("8133072SMC0000012D")
def test_no_text_raises_anything_but_a_problem(text):
    with suppress(IdProblem):
        check_credit_code(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "wrong_length"),
        ("81330726MC0000012", "wrong_length"),
        ("330726000012345", "old_licence_number"),
        ("MC000001-2", "organisation_code_alone"),
        ("MC0000012", "organisation_code_alone"),
        ("9.11E+17", "lost_digits"),
        ("8133O726MC0000012D", "bad_character"),
        ("81330726MC00000\u58f92D", "bad_character"),
        ("81ABCDEFMC0000012D", "bad_division"),
        ("81330726MC0000012E", "wrong_check_character"),
    ],
)
def test_a_refusal_has_its_own_code(text, code):
    assert refusal(text).code == f"ids.credit_code.{code}"


@pytest.mark.parametrize("text", ["", "81330726MC000001", "81330726MC000O012"])
def test_a_check_digit_is_given_to_seventeen_characters_only(text):
    with pytest.raises(ValueError, match="not 17 characters"):
        with_check_digit(text)


def stdnum_accepts(code):
    try:
        return uscc.is_valid(code)
    except ValueError:  # it stumbles over a letter outside its alphabet
        return False


@given(credit_codes(first=st.sampled_from("123456789")))
def test_stdnum_agrees_on_codes_that_begin_with_digits(code):
    assume(code[1].isdigit())
    assert stdnum_accepts(code)


@given(st.from_regex(r"[1-9][0-9]{7}[0-9A-HJ-NPQRTUWXY]{10}", fullmatch=True))
def test_stdnum_agrees_on_what_is_refused(code):
    try:
        is_accepted = bool(check_credit_code(code))
    except IdProblem:
        is_accepted = False
    assert is_accepted == stdnum_accepts(code)


@given(credit_codes(first=st.sampled_from("ANY")))
def test_stdnum_wrongly_refuses_codes_that_begin_with_a_letter(code):
    assert check_credit_code(code)
    assert not stdnum_accepts(code)
