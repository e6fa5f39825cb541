"""Certificate numbers that pass column by column are those the rule lets pass."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.ids.certificate_number import check_certificate_number
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.kernel.credentials.roster import _plainly_right

numbers = st.from_regex(r"[YSZ][0-9]{14}[0-9][0-9]{5,7}\n?", fullmatch=True)
grades = st.none() | st.integers(0, 7)
issued = st.none() | st.dates(date(1999, 1, 1), date(2101, 1, 1))


@given(st.lists(st.tuples(numbers, grades, issued), min_size=1, max_size=20))
def test_whatever_passes_is_what_the_rule_says(rows):
    columns = {
        "certificate_number": pl.String,
        "grade": pl.Int64,
        "issued": pl.Date,
    }
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    found = frame.select(_plainly_right().alias("passed"))["passed"]
    for (text, grade, day), passed in zip(rows, found, strict=True):
        if passed is not None:
            said = check_certificate_number(text, rank=grade, issued_on=day)
            assert said.number == passed
            assert said.family == "skill_level"


@given(st.from_regex(r"[YS][0-9]{14}[1-5][0-9]{6}", fullmatch=True))
def test_what_the_rule_accepts_as_it_stands_passes(text):
    frame = pl.DataFrame(
        {"certificate_number": [text], "grade": [None], "issued": [None]},
        schema_overrides={"grade": pl.Int64, "issued": pl.Date},
    )
    passed = frame.select(_plainly_right().alias("passed"))["passed"][0]
    try:
        expected = check_certificate_number(text).number
    except IdProblem:
        expected = None
    assert passed == expected
