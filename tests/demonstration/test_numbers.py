from datetime import date, timedelta

import polars as pl
import pytest

from jiangxin.demonstration import numbers
from jiangxin.foundation.ids.certificate_number import check_certificate_number
from jiangxin.foundation.ids.credit_code import check_credit_code
from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.resident_id import check_resident_id

TODAY = date(2026, 11, 22)


def people(count, *, born_on=date(1985, 3, 14), step=1):
    return pl.DataFrame(
        {
            "division": ["330781"] * count,
            "born_on": [born_on + timedelta(days=step * i) for i in range(count)],
            "sex_code": ["12"[i % 2] for i in range(count)],
        }
    )


@pytest.mark.parametrize("born_on", [date(1950, 1, 1), date(2000, 2, 1)])
def test_an_id_number_tells_birth_and_sex_and_belongs_to_nobody(born_on):
    frame = numbers.with_id_numbers(people(3_000, born_on=born_on))
    for row in frame.iter_rows(named=True):
        holder = check_resident_id(row["id_number"], on=TODAY, allow_demonstration=True)
        assert holder.is_demonstration
        assert holder.birth_on == row["born_on"]
        assert holder.sex == row["sex_code"]
        assert holder.division_code == row["division"]


def test_people_born_on_one_day_get_different_numbers():
    frame = numbers.with_id_numbers(people(800, step=0))
    assert frame["id_number"].n_unique() == 800


def test_more_people_of_a_day_than_numbers_are_refused():
    with pytest.raises(numbers.TooManyAlike):
        numbers.with_id_numbers(people(802, step=0))


def test_a_roster_never_repeats_somebody_of_the_register():
    alike = people(200, step=0)
    register = numbers.with_id_numbers(alike, numbers=numbers.REGISTER_RANGE)
    roster = numbers.with_id_numbers(alike, numbers=numbers.ROSTER_RANGE)
    assert not set(register["id_number"]) & set(roster["id_number"])


def test_an_id_number_is_refused_where_demonstrations_are_not_allowed():
    (number,) = numbers.with_id_numbers(people(1))["id_number"]
    with pytest.raises(IdProblem):
        check_resident_id(number, on=TODAY)


def test_phones_differ_and_have_a_prefix_nobody_was_given():
    found = numbers.phones(0, 10_000)
    assert found.n_unique() == 10_000
    assert all(found.str.starts_with("154"))
    for text in found.head(100):
        check_phone(text)


def test_certificates_tell_grade_and_year_and_differ():
    frame = pl.DataFrame(
        {
            "grade": [1, 2, 3, 4, 5, None] * 50,
            "issued": [date(2020 + i % 6, 5, 1) for i in range(300)],
        }
    )
    expression = numbers.certificate_numbers(
        frame, site=7, by_employer=pl.lit(value=True)
    )
    found = frame.with_columns(expression.alias("number"))
    for row in found.iter_rows(named=True):
        if row["grade"] is None:
            assert row["number"] is None
        else:
            checked = check_certificate_number(
                row["number"], rank=row["grade"], issued_on=row["issued"]
            )
            assert checked.warnings == ()
    assert found["number"].drop_nulls().is_unique().all()


@pytest.mark.parametrize("authority", ["81", "89", "91", "93", "N2", "11", "12"])
def test_credit_codes_pass_every_check_and_name_no_division(authority):
    checked = check_credit_code(numbers.credit_code(authority, 526))
    assert checked.warnings == ()
    assert checked.division_code == "000000"
