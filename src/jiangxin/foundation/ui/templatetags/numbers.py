"""Numbers in templates: `{{ 74000|in_words }}` in prose, `{{ 74000|grouped }}` in tables."""

from django import template

from jiangxin.foundation import i18n

register = template.Library()


@register.filter
def in_words(number: i18n.Number | None, decimals: int = 1) -> str:
    """Return the number as it stands in a sentence; "" for no number."""
    return "" if number is None else i18n.in_words(number, decimals)


@register.filter
def grouped(number: i18n.Number | None) -> str:
    """Return 74,000; "" for no number."""
    return "" if number is None else i18n.grouped(number)
