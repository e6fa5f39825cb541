"""Which of several dated values holds on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    @property
    def since(self) -> date:
        """The first day on which it holds."""


D = TypeVar("D", bound=Dated)


def in_force(values: Iterable[D], on: date) -> D:
    """Return the value that began last, on `on` or before. Order does not matter.

    Raises LookupError when none had begun.
    """
    begun = [value for value in values if value.since <= on]
    if not begun:
        message = f"nothing was in force on {on}"
        raise LookupError(message)
    return max(begun, key=lambda value: value.since)
