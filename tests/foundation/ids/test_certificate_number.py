from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiangxin.foundation.ids.certificate_number import (
    check_certificate_number,
    make_certificate_number,
)
from jiangxin.foundation.ids.problems import IdProblem

JUNIOR = "Y000133000001195000001"
ISSUED_ON = date(2019, 5, 1)

numbers = st.builds(
    make_certificate_number,
    by_employer=st.booleans(),
    organisation=st.integers(0, 9999),
    province_code=st.just("33"),
    site=st.integers(0, 999_999),
    year=st.integers(2019, 2026),
    rank=st.integers(1, 5),
    serial=st.integers(0, 999_999),
)


def refusal(text, **options):
    with pytest.raises(IdProblem) as caught:
        check_certificate_number(text, **options)
    assert "%" not in caught.value.message
    return caught.value


def test_a_number_tells_rank_year_and_province():
    number = check_certificate_number(JUNIOR, rank=1, issued_on=ISSUED_ON)
    assert number.number == JUNIOR
    assert number.family == "skill_level"
    assert number.rank == 1
    assert number.year == 2019
    assert number.province_code == "33"
    assert number.warnings == ()


@given(numbers)
def test_a_made_number_is_accepted_whole_and_typed(number):
    checked = check_certificate_number(number)
    typed = f" {number[:5].lower()} {number[5:]}\u3000"
    assert checked.number == number
    assert checked.warnings == ()
    assert check_certificate_number(typed) == checked


@given(numbers, st.integers(0, 7))
def test_the_level_digit_must_agree_with_the_grade(number, rank):
    if check_certificate_number(number).rank == rank:
        check_certificate_number(number, rank=rank)
    else:
        code = refusal(number, rank=rank).code
        assert code == "ids.certificate_number.other_grade"


@given(numbers, st.dates(date(2019, 1, 1), date(2027, 12, 31)))
def test_a_number_cannot_be_younger_than_its_certificate(number, issued_on):
    if check_certificate_number(number).year <= issued_on.year:
        check_certificate_number(number, issued_on=issued_on)
    else:
        code = refusal(number, issued_on=issued_on).code
        assert code == "ids.certificate_number.issued_before_number"


def test_a_special_technicians_number_has_two_letters():
    number = check_certificate_number("SY" + "0" * 20, rank=6)
    assert number.family == "special_technician"
    assert number.rank == 6
    assert number.year is None
    assert number.province_code is None
    code = refusal("SY" + "0" * 20, rank=5).code
    assert code == "ids.certificate_number.other_grade"


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("1911003001500123", "qualification"),
        ("\u6d59\u4eba\u793e2019-123", "other"),
        ("X000133000001195000001", "other"),
    ],
)
def test_other_families_are_accepted_with_a_warning(text, family):
    number = check_certificate_number(text, rank=3, issued_on=ISSUED_ON)
    assert number.family == family
    assert number.rank is None
    (warning,) = number.warnings
    assert warning.code == "ids.certificate_number.other_family"
    assert warning.message


def test_an_unknown_province_is_a_warning_only():
    (warning,) = check_certificate_number("Y000199000001195000001").warnings
    assert warning.code == "ids.certificate_number.unknown_province"
    assert "99" in warning.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u3000", "empty"),
        (JUNIOR[:-1], "wrong_length"),
        (JUNIOR + "1", "wrong_length"),
        ("1.911E+15", "lost_digits"),
        ("x" * 41, "too_long"),
        ("Y000133000001190000001", "no_such_level"),
        ("Y000133000001196000001", "no_such_level"),
    ],
)
def test_a_refusal_has_its_own_code(text, code):
    assert refusal(text).code == f"ids.certificate_number.{code}"


@given(st.text(), st.none() | st.integers(0, 7), st.none() | st.dates())
@example("\u0661" * 22, None, None)
def test_no_text_raises_anything_but_a_problem(text, rank, issued_on):
    with suppress(IdProblem):
        check_certificate_number(text, rank=rank, issued_on=issued_on)
