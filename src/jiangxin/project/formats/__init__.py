"""How dates and numbers are written, where Django's own formats do not fit.

For zh_Hans Django groups no digits and cannot read the dates it writes; for en it writes
American dates. Dates are prose by DATE_FORMAT, and ISO in tables by SHORT_DATE_FORMAT.
LARGE_NUMBER_UNITS is ours: see `jiangxin.foundation.i18n.in_words`.
"""

# What a date field accepts, in every language.
DATE_INPUT_FORMATS = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%Y年%m月%d日",
]
