"""Days as certificates write them."""

from datetime import date


def in_words(day: date) -> str:
    """Return a day in Chinese: certificates are Chinese whoever reads them."""
    return f"{day.year}\u5e74{day.month}\u6708{day.day}\u65e5"
