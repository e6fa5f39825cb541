"""Lines of the operator's log, in which no identity number and no phone stands in full.

What is logged by the platform holds none; but an address that somebody typed does, and
what a library says of a fault may.
"""

import logging
import re

# With nothing but a digit forbidden beside it: numbers are typed without spaces too.
_NUMBER = re.compile(
    r"(?<![0-9])(?:([0-9]{4})[0-9]{13}([0-9Xx])|(1[0-9]{2})[0-9]{8})(?![0-9])"
)


def masked(text: str) -> str:
    """Return a text with the middle of what looks like such a number left out."""
    return _NUMBER.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    if found[3]:
        return f"{found[3]}********"
    return f"{found[1]}*************{found[2]}"


class MaskedLine(logging.Formatter):
    """Masks the whole line, a traceback and its exception's words with it."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
