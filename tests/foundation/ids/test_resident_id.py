from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum.cn import ric

from jiangxin.foundation.ids import resident_id
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.resident_id import check_resident_id, with_check_digit

TODAY = date(2026, 11, 22)
STANDARD_EXAMPLE = "11010519491231002X"

birth_dates = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)


@st.composite
def resident_ids(draw):
    division = draw(st.integers(110000, 829999))
    born = draw(birth_dates)
    sequence = draw(st.integers(0, 999))
    return with_check_digit(f"{division:06}{born:%Y%m%d}{sequence:03}")


def refusal(text, **options):
    with pytest.raises(IdProblem) as caught:
        check_resident_id(text, **{"on": TODAY, **options})
    assert "%" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    "number",
    [STANDARD_EXAMPLE, "330726190001010015", "330402190012310024"],
)
def test_published_numbers_are_accepted(number):
    assert check_resident_id(number, on=TODAY).number == number


def test_the_standards_own_example_tells_birth_sex_and_division():
    holder = check_resident_id(STANDARD_EXAMPLE, on=TODAY)
    assert holder.birth_on == date(1949, 12, 31)
    assert holder.sex == "2"
    assert holder.division_code == "110105"
    assert holder.kind == "citizen"
    assert holder.warnings == ()
    assert not holder.is_demonstration


@given(resident_ids())
def test_a_made_number_is_accepted(number):
    holder = check_resident_id(number, on=TODAY)
    assert holder.number == number
    assert f"{holder.birth_on.year:04}" == number[6:10]
    assert holder.sex == ("1" if int(number[16]) % 2 else "2")


@given(resident_ids(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_altered_character_is_caught(number, place, character):
    assume(number[place] != character)
    refusal(number[:place] + character + number[place + 1 :])


@given(resident_ids(), st.integers(0, 16))
def test_two_neighbours_swapped_are_caught(number, place):
    first, second = number[place : place + 2]
    assume(first != second)
    refusal(number[:place] + second + first + number[place + 2 :])


@given(resident_ids())
def test_typing_habits_do_not_matter(number):
    typed = f" {number[:6]} {number[6:14]}\u3000{number[14:].lower()}\n"
    full_width = "'" + "".join(chr(ord(c) + 0xFEE0) for c in number)
    for text in (typed, full_width, "\ufeff" + number):
        assert check_resident_id(text, on=TODAY).number == number


def test_a_multiplication_sign_or_cyrillic_letter_is_read_as_x():
    for like_x in "\u00d7\u0425\u0445":
        typed = STANDARD_EXAMPLE[:17] + like_x
        assert check_resident_id(typed, on=TODAY).number == STANDARD_EXAMPLE


@given(st.text())
@example("")
@example("\u0663" * 18)
@example("0" * 18)
@example("\u00df" * 9)
@example("99999999999999999X")
def test_no_text_raises_anything_but_a_problem(text):
    with suppress(IdProblem):
        check_resident_id(text, on=TODAY)


@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_no_eighteen_digits_raise_anything_but_a_problem(text):
    with suppress(IdProblem):
        check_resident_id(text, on=TODAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "wrong_length"),
        ("11010519491231002", "wrong_length"),
        ("110105491231002", "fifteen_digits"),
        ("3.30726E+17", "lost_digits"),
        ("3307**********0016", "masked"),
        ("1101051949123100O2", "bad_character"),
        ("010105194912310021", "bad_character"),
        ("1101051949123X0021", "bad_character"),
        (with_check_digit("11010519490230002"), "no_such_date"),
        (with_check_digit("11010500001231002"), "no_such_date"),
        (with_check_digit("11010516991231002"), "born_too_early"),
        (with_check_digit("11010520261123002"), "born_in_future"),
        ("110105194912310021", "wrong_check_digit"),
    ],
)
def test_a_refusal_has_its_own_code(text, code):
    assert refusal(text).code == f"ids.resident_id.{code}"


def test_a_bad_character_is_shown_with_its_place():
    assert refusal("1101051949123100O2").values == {"position": 17, "character": "O"}


def test_a_refusal_never_repeats_the_number():
    problem = refusal("110105194912310021")
    assert "110105194912310021" not in f"{problem} {problem!r} {problem.message}"


@given(st.dates(min_value=TODAY, max_value=date(2150, 1, 1)))
def test_the_day_of_birth_is_the_first_day_the_number_is_accepted(born):
    number = with_check_digit(f"110105{born:%Y%m%d}002")
    assert check_resident_id(number, on=born).birth_on == born
    too_early = refusal(number, on=born - timedelta(days=1))
    assert too_early.code == "ids.resident_id.born_in_future"


def test_an_unknown_division_is_a_warning_only():
    abolished = with_check_digit("51230119701231002")
    elsewhere = with_check_digit("99010519701231002")
    unused = with_check_digit("18010519701231002")
    known = {"110105"}
    assert check_resident_id(abolished, on=TODAY).warnings == ()
    (warning,) = check_resident_id(abolished, on=TODAY, known_divisions=known).warnings
    assert warning.code == "ids.resident_id.unknown_division"
    assert "512301" in warning.message
    assert not check_resident_id(
        STANDARD_EXAMPLE, on=TODAY, known_divisions=known
    ).warnings
    for number, shown in ((unused, "18"), (elsewhere, "90")):
        (warning,) = check_resident_id(number, on=TODAY).warnings
        assert shown in warning.message


@pytest.mark.parametrize("division", ["810000", "820000", "830000"])
def test_residence_permits_are_accepted_without_warning(division):
    number = with_check_digit(f"{division}19900101001")
    holder = check_resident_id(number, on=TODAY, known_divisions=frozenset())
    assert holder.kind == "residence_permit"
    assert holder.division_code == division
    assert holder.warnings == ()


def test_a_foreigners_permanent_residence_number_tells_its_province():
    number = with_check_digit("93384019900101001")
    holder = check_resident_id(number, on=TODAY, known_divisions=frozenset())
    assert holder.kind == "permanent_residence"
    assert holder.division_code == "33"
    assert holder.warnings == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18560229", date(1956, 2, 29)),
        ("18991231", date(1999, 12, 31)),
        # 1700 had no leap day, 2000 had one: it is the meant date that must exist.
        ("17000229", date(2000, 2, 29)),
        ("17080101", date(2008, 1, 1)),
    ],
)
def test_a_demonstration_number_stands_for_a_later_century(written, meant):
    number = with_check_digit(f"330726{written}001")
    holder = check_resident_id(number, on=TODAY, allow_demonstration=True)
    assert holder.is_demonstration
    assert holder.birth_on == meant
    assert holder.number == number


def test_a_demonstration_number_is_refused_unless_allowed():
    assert refusal(with_check_digit("33072618850314001")).code == (
        "ids.resident_id.demonstration"
    )


@pytest.mark.parametrize(
    ("written", "code"), [("18000229", "no_such_date"), ("17990101", "born_in_future")]
)
def test_a_demonstration_number_keeps_the_other_rules(written, code):
    number = with_check_digit(f"330726{written}001")
    assert refusal(number, allow_demonstration=True).code == f"ids.resident_id.{code}"


@pytest.mark.parametrize(
    "text", ["", "1" * 16, "1" * 18, "1" * 16 + "X", "\u0661" * 17]
)
def test_a_check_digit_is_given_to_seventeen_digits_only(text):
    with pytest.raises(ValueError, match="not 17 digits"):
        with_check_digit(text)


def stdnum_accepts(number):
    try:
        return ric.is_valid(number)
    except KeyError:  # its table of counties has a hole; found by hypothesis
        return False


@given(resident_ids())
def test_what_stdnum_accepts_is_accepted(number):
    if stdnum_accepts(number):
        check_resident_id(number, on=TODAY)


@given(st.from_regex(r"110105(19|20)[0-9]{9}[0-9X]", fullmatch=True))
def test_stdnum_agrees_where_its_county_table_does_not_matter(number):
    try:
        is_accepted = bool(check_resident_id(number, on=date.max))
    except resident_id.NoSuchDate:
        # stdnum too builds the date, so it must say no as well.
        is_accepted = False
    except resident_id.WrongCheckDigit:
        is_accepted = False
    assert is_accepted == stdnum_accepts(number)


@pytest.mark.parametrize(
    "number",
    [
        with_check_digit("33011319900101001"),  # Linping, a district since 2021
        with_check_digit("51230119700101001"),  # abolished, held by older workers
        with_check_digit("81000019900101001"),  # residence permit
        with_check_digit("93384019900101001"),  # permanent residence
    ],
)
def test_stdnum_wrongly_refuses_what_is_accepted_here(number):
    assert check_resident_id(number, on=TODAY)
    assert not stdnum_accepts(number)


def test_stdnum_wrongly_accepts_births_to_come():
    number = with_check_digit("11010520400101001")
    assert stdnum_accepts(number)
    assert refusal(number).code == "ids.resident_id.born_in_future"
