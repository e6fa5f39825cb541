from datetime import date

import pytest
from django.utils import translation

from jiangxin.foundation.clock.notices import NoticeDay, read_notice
from jiangxin.foundation.errors import Refused

HEAD = "on,is_working,name,source\n"


def test_a_notice_is_read_in_order_of_days():
    notice = read_notice(
        "\ufeff" + HEAD + "2027-01-03,Yes,,Notice 7\n2026-12-31,0,New Year,Notice 7\n"
    )
    assert notice.year == 2027
    assert notice.sources == ("Notice 7",)
    assert notice.days == (
        NoticeDay(date(2026, 12, 31), False, "New Year", "Notice 7"),
        NoticeDay(date(2027, 1, 3), True, "", "Notice 7"),
    )


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", "notice_without_columns", "is_working"),
        ("on,name,source\n", "notice_without_columns", "is_working"),
        (HEAD, "notice_empty", "Add a line"),
        (HEAD + "tomorrow,yes,,s\n", "notice_line_wrong", "Line 2: “tomorrow”"),
        (HEAD + "2027-01-01,maybe,,s\n", "notice_line_wrong", "“maybe”"),
        (HEAD + "2027-01-01,no,,\n", "notice_line_wrong", "source"),
        (HEAD + "2027-01-01,no\n", "notice_line_wrong", "source"),
        (HEAD + f"2027-01-01,no,{'n' * 65},s\n", "notice_line_wrong", "name"),
        (
            HEAD + "2027-01-01,no,,s\n2027-01-01,yes,,s\n",
            "notice_day_twice",
            "Line 3: 2027-01-01",
        ),
        (
            HEAD + "2026-11-30,no,,s\n2027-01-01,no,,s\n",
            "notice_day_astray",
            "2026-11-30",
        ),
    ],
)
def test_a_refusal_says_where_and_what(text, code, says):
    with pytest.raises(Refused) as caught:
        read_notice(text)
    assert caught.value.code == f"clock.{code}"
    with translation.override("en"):
        assert says in caught.value.message
