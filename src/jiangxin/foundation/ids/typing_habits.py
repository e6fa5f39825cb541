"""How people and spreadsheets write numbers, brought to one form.

Full-width digits come from Chinese input methods, spaces from grouping by eye, the
apostrophe from Excel's "this is text", invisible characters from copying web pages.
"""

import re

_FULL_WIDTH_OFFSET = 0xFEE0
_FULL_WIDTH = {code: code - _FULL_WIDTH_OFFSET for code in range(0xFF01, 0xFF5F)}
_LOWER_CASE = {
    **{ord("a") + i: ord("A") + i for i in range(26)},
    **{ord("a") + _FULL_WIDTH_OFFSET + i: ord("A") + i for i in range(26)},
}
_DASHES = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u2043\ufe63"), ord("-")
)
# Apostrophes, the byte order mark, zero-width and direction marks, the soft hyphen.
_DROPPED = dict.fromkeys(
    map(
        ord,
        "'`\u2018\u2019\uff07\uff40\ufeff\u200b\u200c\u200d\u200e\u200f"
        "\u202a\u202b\u202c\u202d\u202e\u2060\u00ad",
    )
)
_TO_PLAIN = {**_FULL_WIDTH, **_LOWER_CASE, **_DASHES, **_DROPPED}

_EXCEL_NUMBER = re.compile(r"\d(\.\d+)?E\+?\d{1,2}", re.ASCII)


def plain(text: str) -> str:
    """Return `text` in half-width capitals, without spaces and invisible characters.

    Applying it twice changes nothing more.
    """
    return "".join(text.translate(_TO_PLAIN).split())


def is_excel_number(text: str) -> bool:
    """Return whether plain `text` is a long number that Excel shortened: 3.30726E+17."""
    return _EXCEL_NUMBER.fullmatch(text) is not None
