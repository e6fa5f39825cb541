import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.ids import bank_account
from jiangxin.foundation.ids.bank_account import check_bank_account, fits_luhn
from jiangxin.foundation.sealing import mask_bank_account

digits = st.text("0123456789", min_size=1, max_size=25)


def with_check_digit(stem):
    return next(stem + last for last in "0123456789" if fits_luhn(stem + last))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6222 0212 3456 7890", "6222021234567890"),
        ("6222-0212-3456-7890", "6222021234567890"),
        ("６２２２０２１２３４５６７８９０", "6222021234567890"),
        ("123456789012", "123456789012"),
        ("1234567890123456789", "1234567890123456789"),
    ],
)
def test_a_number_is_read_however_it_was_typed(text, number):
    assert check_bank_account(text).number == number


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", bank_account.Empty),
        ("  ", bank_account.Empty),
        ("6.22202E+15", bank_account.LostDigits),
        ("6222**********7890", bank_account.BadCharacter),
        ("12345678901", bank_account.WrongLength),
        ("12345678901234567890", bank_account.WrongLength),
    ],
)
def test_what_is_no_account_number_is_refused_with_its_reason(text, problem):
    with pytest.raises(problem):
        check_bank_account(text)


@given(st.sampled_from([15, 18]), st.data())
def test_a_card_number_with_its_check_digit_gives_no_warning(length, data):
    stem = data.draw(st.text("0123456789", min_size=length, max_size=length))
    number = with_check_digit(stem)
    assert check_bank_account(number).warning is None
    wrong = stem + str((int(number[-1]) + 1) % 10)
    assert check_bank_account(wrong).warning is bank_account.CHECK_DIGIT


@given(st.text("0123456789", min_size=12, max_size=15))
def test_an_account_of_another_length_is_never_warned_about(number):
    assert check_bank_account(number).warning is None


@given(digits)
def test_one_wrong_digit_never_fits(stem):
    number = with_check_digit(stem)
    for place, digit in enumerate(number):
        wrong = f"{number[:place]}{(int(digit) + 1) % 10}{number[place + 1 :]}"
        assert not fits_luhn(wrong)


@given(st.text("0123456789", min_size=12, max_size=19))
def test_only_a_quarter_of_an_account_shows_and_only_its_end(number):
    masked = mask_bank_account(number)
    shown = masked.lstrip("*")
    assert len(masked) == len(number)
    assert number.endswith(shown)
    assert len(shown) <= 4
