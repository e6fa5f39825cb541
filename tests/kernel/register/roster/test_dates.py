from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.register.roster.dates import is_without_day, to_date


def read(text):
    frame = pl.DataFrame({"t": [text]}, schema={"t": pl.String})
    return frame.select(to_date(pl.col("t"))).item()


@pytest.mark.parametrize(
    "text",
    [
        "2020-07-01",
        "2020-7-1",
        "2020/7/1",
        "2020.07.01",
        "20200701",
        "2020年7月1日",
        "2020 年 7 月 1 号",
        "２０２０－０７－０１",
        "2020-07-01 00:00:00",
        "2020-07-01T08:30:00",
        "44013",
    ],
)
def test_a_date_is_read_however_it_is_written(text):
    assert read(text) == date(2020, 7, 1)


@pytest.mark.parametrize(
    "text", ["2020-02-30", "2020-13-01", "unknown", "2020", "7/1/2020", "", "99999"]
)
def test_what_is_no_date_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["2020-07", "2020年7月", "2020.7"])
def test_a_month_alone_is_told_from_other_texts(text):
    frame = pl.DataFrame({"t": [text, "rubbish"]})
    assert frame.select(is_without_day(pl.col("t")))["t"].to_list() == [True, False]


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d"]),
)
def test_every_day_is_read_back_in_every_form(day, form):
    assert read(day.strftime(form)) == day


@given(st.integers(20_000, 60_000))
def test_a_days_number_is_read_as_a_spreadsheet_counts(number):
    assert read(str(number)) == date(1899, 12, 30) + timedelta(days=number)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text):
    assert read(text) is None or isinstance(read(text), date)
