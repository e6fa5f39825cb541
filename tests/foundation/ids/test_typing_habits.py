from hypothesis import example, given
from hypothesis import strategies as st

from jiangxin.foundation.ids.typing_habits import is_excel_number, plain


@given(st.text())
@example("\u0149")
@example("\u00df\u3000\uff58")
@example("\x1c\uff07\u200b")
def test_applying_it_twice_changes_nothing_more(text):
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_no_space_and_no_lower_case_is_left(text):
    left = plain(text)
    assert not any(character.isspace() for character in left)
    assert not any("a" <= character <= "z" for character in left)


def test_full_width_and_dashes_become_plain():
    assert plain(" \uff11\uff12\u2014\uff41\uff22\u3000x\u200b'") == "12-ABX"


def test_a_number_shortened_by_excel_is_recognised():
    assert is_excel_number("3.30726E+17")
    assert is_excel_number("1E10")
    assert not is_excel_number("330726")
    assert not is_excel_number("\u0661E10")
