import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.log_lines import MaskedLine, masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Not Found: /desk/people/15400001111/",
            "Not Found: /desk/people/154********/",
        ),
        ("证件330781199001011234无效", "证件3307*************4无效"),
        ("33078119900101123x", "3307*************x"),
        ("reference 8c1f at 20261123093000", "reference 8c1f at 20261123093000"),
        ("1234567890", "1234567890"),
        ("job 12, 212357 rows", "job 12, 212357 rows"),
    ],
)
def test_numbers_are_masked_and_nothing_else(text, shown):
    assert masked(text) == shown


@given(st.from_regex(r"\A(1[0-9]{10}|[0-9]{17}[0-9X])\Z"), st.sampled_from("/ =年(x"))
def test_no_number_stands_in_full_whatever_is_beside_it(number, beside):
    assert number not in masked(f"{beside}{number}{beside}")


def test_a_traceback_is_masked_with_its_words():
    fault = RuntimeError("no 15400001111")
    told = (type(fault), fault, None)
    record = logging.LogRecord("a", 40, "p", 1, "of %s", ("15400001111",), told)
    line = MaskedLine("%(message)s").format(record)
    assert "RuntimeError: no 154********" in line
    assert "15400001111" not in line
