"""Who is called next, and about how long those behind wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

# Used as long as nobody was served today.
USUAL_MINUTES = 10
ROUNDED_TO = 5


@dataclass(frozen=True)
class Waiting:
    """A number that waits. booked_for: when its holder was told to come, if they were."""

    number: int
    service: str
    booked_for: datetime | None = None


def in_order(waiting: Iterable[Waiting], at: datetime) -> list[Waiting]:
    """Return numbers in the order they are called.

    Whoever booked is called as soon as their time has come, before those who took a
    number at the door; before their time they wait behind these, but are called when
    nobody else is there.
    """

    def rank(one: Waiting) -> tuple[int, float, int]:
        if one.booked_for is None:
            return 1, 0.0, one.number
        is_time = one.booked_for <= at
        return (0 if is_time else 2), one.booked_for.timestamp(), one.number

    return sorted(waiting, key=rank)


def next_for(
    waiting: Iterable[Waiting], services: Sequence[str], at: datetime
) -> Waiting | None:
    """Return who a window calls next; services: what it handles, none for all."""
    mine = [one for one in waiting if not services or one.service in services]
    return next(iter(in_order(mine, at)), None)


def minutes_to_wait(ahead: int, windows: int, minutes_each: float | None) -> int:
    """Return about how many minutes somebody waits, in steps of five; 0 when next.

    ahead: how many are called before. windows: how many serve (at least one is taken).
    minutes_each: the median of those served today; None when there were none.
    """
    each = USUAL_MINUTES if minutes_each is None else minutes_each
    whole = ahead * each / max(windows, 1)
    return ceil(whole / ROUNDED_TO) * ROUNDED_TO
