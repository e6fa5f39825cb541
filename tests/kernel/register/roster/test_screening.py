"""What is plainly right passes; the rule has the last word on the rest."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.resident_id import check_resident_id, with_check_digit
from jiangxin.kernel.register.roster.screening import plainly_right

TODAY = date(2026, 11, 22)

divisions = st.sampled_from(
    ["330726", "331023", "110101", "810000", "999999", "000000"]
)
centuries = st.sampled_from(["16", "17", "18", "19", "20"])
days = st.dates(date(1890, 1, 1), date(2030, 1, 1))


@st.composite
def numbers(draw):
    """Numbers near the border of right and wrong: one character may be another."""
    written = f"{draw(centuries)}{draw(days):%y%m%d}"
    serial = draw(st.integers(0, 999))
    number = with_check_digit(f"{draw(divisions)}{written}{serial:03}")
    if draw(st.booleans()):
        place = draw(st.integers(0, 17))
        other = draw(st.sampled_from("0123456789Xx ０Ⅹ\n"))
        number = number[:place] + other + number[place + 1 :]
    return number


def by_the_rule(text, *, allow_demonstration):
    try:
        return check_resident_id(
            text, on=TODAY, allow_demonstration=allow_demonstration
        )
    except IdProblem:
        return None


@pytest.mark.parametrize("allow", [True, False])
@given(texts=st.lists(numbers(), min_size=1, max_size=20))
def test_whatever_passes_is_what_the_rule_says(allow, texts):
    found = plainly_right(
        pl.Series(texts, dtype=pl.String), TODAY, allow_demonstration=allow
    )
    for text, row in zip(texts, found.iter_rows(named=True), strict=True):
        if row["id_number"] is not None:
            said = by_the_rule(text, allow_demonstration=allow)
            assert row["id_number"] == said.number
            assert row["born_on"] == said.birth_on
            assert row["sex_code"] == said.sex
            assert said.kind == "citizen"


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2000, 2, 29), TODAY])
def test_a_right_number_passes_without_the_rule(day):
    number = with_check_digit(f"330726{day:%Y%m%d}001")
    found = plainly_right(pl.Series([number]), TODAY, allow_demonstration=False)
    assert found.row(0, named=True) == {
        "id_number": number,
        "id_type": "111",
        "born_on": day,
        "sex_code": "1",
    }


@pytest.mark.parametrize(
    "number",
    [
        with_check_digit("33072619900230001"),
        with_check_digit("81000019900101001"),
        with_check_digit("91000019900101001"),
        with_check_digit(f"330726{TODAY + timedelta(days=1):%Y%m%d}001"),
        with_check_digit("33072618900101001"),
        "",
        None,
    ],
)
def test_what_is_not_plain_is_left_to_the_rule(number):
    found = plainly_right(
        pl.Series([number], dtype=pl.String), TODAY, allow_demonstration=False
    )
    assert set(found.row(0)) == {None}
