"""Numbers that pass every check and can belong to nobody, made a column at a time.

Identity numbers write an impossible birth century (docs/adr/0004). Phones begin with 154,
a prefix that was never given out. Certificates come from assessment sites 990000 and up,
credit codes from division 000000: neither exists.
"""

import polars as pl

from jiangxin.foundation.ids.certificate_number import LEVEL_BY_RANK
from jiangxin.foundation.ids.credit_code import make_credit_code
from jiangxin.foundation.ids.resident_id import DEMONSTRATION_CENTURIES

PHONE_PREFIX = 154
FIRST_SITE = 990_000
PROVINCE = "33"
NOWHERE = "000000"
# Sequence numbers of one sex a birthday and division: 500, in two ranges, so that a
# sample roster never repeats somebody of the demonstration register.
REGISTER_RANGE = (0, 400)
ROSTER_RANGE = (400, 100)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_WRITTEN = {meant: written for written, meant in DEMONSTRATION_CENTURIES.items()}
_PHONES = 10**8
# Odd and not divisible by 5, so that multiples of it run through all phones.
_STRIDE = 61_803_399


class TooManyAlike(ValueError):
    """More people of one sex, birthday and division than sequence numbers."""


def with_id_numbers(
    people: pl.DataFrame, *, numbers: tuple[int, int] = REGISTER_RANGE
) -> pl.DataFrame:
    """Add `id_number`, different for everyone in the frame.

    Reads `division` (six digits), `born_on`, `sex_code`. numbers: first of the
    sequence numbers to take, and how many there are.
    Raises TooManyAlike when they do not suffice.
    """
    first, count = numbers
    alike = ["division", "born_on", "sex_code"]
    # People of one group get different places, starting anywhere: 37 is prime to both
    # counts, so its multiples come round only after all of them.
    place = pl.int_range(pl.len(), dtype=pl.Int64).over(alike)
    start = (pl.col("born_on").to_physical().cast(pl.Int64) * 7919) % count
    frame = people.with_columns(place.alias("place"))
    if frame.filter(pl.col("place") >= count).height:
        raise TooManyAlike
    sequence = 2 * (first + (start + pl.col("place") * 37) % count) + (
        pl.col("sex_code") == "1"
    ).cast(pl.Int64)
    written = pl.col("born_on").dt.strftime("%Y%m%d")
    body = pl.concat_str(
        pl.col("division"),
        written.str.slice(0, 2).replace_strict(_WRITTEN, return_dtype=pl.String),
        written.str.slice(2),
        sequence.cast(pl.String).str.zfill(3),
    )
    return (
        frame.with_columns(body.alias("id_number"))
        .with_columns(pl.col("id_number") + _check_digits(pl.col("id_number")))
        .drop("place")
    )


def _check_digits(body: pl.Expr) -> pl.Expr:
    """Return the check digit of 17 digits each (GB 11643)."""
    number = body.cast(pl.Int64)
    total = pl.sum_horizontal(
        number // 10 ** (16 - place) % 10 * weight
        for place, weight in enumerate(_WEIGHTS)
    )
    return (total % 11).replace_strict(
        dict(enumerate(_CHECK_DIGITS)), return_dtype=pl.String
    )


def phones(first: int, count: int) -> pl.Series:
    """Return `count` different mobile numbers of a prefix that was never given out."""
    order = pl.int_range(first, first + count, dtype=pl.Int64, eager=True)
    return (
        ((order * _STRIDE) % _PHONES + PHONE_PREFIX * _PHONES)
        .cast(pl.String)
        .alias("phone_number")
    )


def certificate_numbers(
    people: pl.DataFrame, *, site: int, by_employer: pl.Expr
) -> pl.Expr:
    """Return an expression for the certificate number of each row that has a grade.

    Reads `grade` (rank 1–5), `issued`. site: number of the assessment site, one a load,
    so that serials of different loads never meet.
    """
    serial = pl.int_range(people.height, dtype=pl.Int64)
    letter = pl.when(by_employer).then(pl.lit("Y")).otherwise(pl.lit("S"))
    number = pl.concat_str(
        letter,
        pl.lit(f"0000{PROVINCE}"),
        (FIRST_SITE + site + serial // 1_000_000).cast(pl.String),
        pl.col("issued").dt.strftime("%y"),
        pl.col("grade").replace_strict(
            LEVEL_BY_RANK, default=None, return_dtype=pl.String
        ),
        (serial % 1_000_000).cast(pl.String).str.zfill(6),
    )
    return pl.when(pl.col("grade").is_not_null()).then(number)


def credit_code(authority: str, serial: int) -> str:
    """Return a credit code of a division that does not exist, right in every check."""
    return make_credit_code(
        authority=authority, division_code=NOWHERE, serial=f"{serial:08}"
    )
