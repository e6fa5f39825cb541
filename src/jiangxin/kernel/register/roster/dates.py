"""Dates as people and spreadsheets write them, column-wise."""

import polars as pl

_EXCEL_EPOCH = pl.lit("1899-12-30").str.to_date()


def plain_date(text: pl.Expr) -> pl.Expr:
    """Bring the many ways to write a date to text in the form 2020-7-1.

    Knows 2020-07-01 with or without a time, 2020/7/1, 2020.7.1, 20200701, the Chinese
    year-month-day signs and full-width digits.
    """
    return (
        text.str.normalize("NFKC")
        .str.strip_chars()
        .str.replace(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", "")
        .str.replace_all("[/.\u5e74\u6708]", "-")
        .str.replace_all("[\u65e5\u53f7 ]", "")
        .str.replace(r"^(\d{4})(\d{2})(\d{2})$", "$1-$2-$3")
    )


def to_date(text: pl.Expr) -> pl.Expr:
    """Return the date, or null where the text is none.

    A whole number from 20000 to 60000 is a day as a spreadsheet counts them.
    """
    plain = plain_date(text)
    serial = plain.str.extract(r"^([2-5]\d{4}|60000)$").cast(pl.Int32)
    pieces = plain.str.extract_groups(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
    written = pl.concat_str(
        [
            pieces.struct[0],
            pieces.struct[1].str.zfill(2),
            pieces.struct[2].str.zfill(2),
        ],
        separator="-",
    ).str.to_date("%Y-%m-%d", strict=False)
    counted = _EXCEL_EPOCH + pl.duration(days=serial)
    return pl.coalesce(written, counted)


def read_dates(texts: pl.Series) -> pl.Series:
    """Return the date of each text. Few days are distinct, so each is read once."""
    asked = pl.DataFrame({"text": texts.unique()}, schema={"text": pl.String})
    read = asked.with_columns(to_date(pl.col("text")).alias("date"))
    return (
        pl.DataFrame({"text": texts}, schema={"text": pl.String})
        .join(read, on="text", how="left", maintain_order="left")
        .get_column("date")
    )


def is_without_day(text: pl.Expr) -> pl.Expr:
    """Return whether the text is a year and month only."""
    return plain_date(text).str.contains(r"^\d{4}-\d{1,2}-?$")
