"""Days as they are typed on a command line."""

from argparse import ArgumentTypeError
from datetime import date

from django.utils.translation import gettext as _


def day(text: str) -> date:
    """Read `2026-11-23`; a type of argparse, which shows the message of its error."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = _("“%(text)s” is no day. Write year, month and day: 2026-11-23.")
        raise ArgumentTypeError(message % {"text": text}) from error
