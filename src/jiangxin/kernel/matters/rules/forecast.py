"""What will miss its day at the present pace: plain arithmetic that a clerk can check.

Each hand (a person or a window) works through what it holds, what is due first before
the rest, and finishes as many a working day as it did lately. No order of work would
keep every day if this one does not.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import groupby
from math import ceil

from jiangxin.foundation.clock.working_days import ONE_DAY, WorkingCalendar


@dataclass(frozen=True)
class Waiting:
    """A matter still to be finished. work: how much of an average matter is left."""

    key: str
    hand: str
    due_on: date
    work: Fraction = Fraction(1)


@dataclass(frozen=True)
class Foreseen:
    """finished_on: at the present pace; None when it is never, or nobody knows.

    is_known: whether the pace of its hand is known at all.
    """

    waiting: Waiting
    finished_on: date | None
    is_known: bool = True

    @property
    def misses(self) -> bool:
        late = self.finished_on is None or self.finished_on > self.waiting.due_on
        return self.is_known and late


@dataclass(frozen=True)
class DayForecast:
    """Of the matters due on a day, how many will miss it."""

    due_on: date
    matters: int
    missing: int


@dataclass(frozen=True)
class Forecast:
    """Every matter, what is due first before the rest."""

    matters: tuple[Foreseen, ...]

    @property
    def missing(self) -> tuple[Foreseen, ...]:
        return tuple(each for each in self.matters if each.misses)

    @property
    def unknown(self) -> tuple[Foreseen, ...]:
        return tuple(each for each in self.matters if not each.is_known)

    def days(self) -> tuple[DayForecast, ...]:
        """Return the due days in order, each with its matters."""
        return tuple(
            DayForecast(day, len(due), sum(each.misses for each in due))
            for day, group in groupby(self.matters, lambda each: each.waiting.due_on)
            for due in [tuple(group)]
        )


def paces(
    finished: Iterable[tuple[str, date]],
    calendar: WorkingCalendar,
    *,
    after: date,
    until: date,
) -> Mapping[str, Fraction]:
    """Return how many matters each hand finished a working day, after one day until one.

    finished: the hand and the day of each matter. Hands that finished none are not in
    the answer: whether they are slow, new or away, the figures do not say. Empty for a
    stretch without a working day.
    """
    days = calendar.working_days_between(after, until).days
    if days <= 0:
        return {}
    counted = Counter(hand for hand, on in finished if after < on <= until)
    return {hand: Fraction(number, days) for hand, number in counted.items()}


def forecast(
    queue: Sequence[Waiting],
    pace: Mapping[str, Fraction],
    calendar: WorkingCalendar,
    today: date,
) -> Forecast:
    """Return when each matter of the queue will be finished.

    pace: matters a working day, by hand; one that is missing is not guessed at. Today is
    a day of work if it is a working day.
    """
    ordered = sorted(queue, key=lambda each: (each.due_on, each.key))
    done = dict.fromkeys(pace, Fraction(0))
    # Many hands, few days: each day is counted once.
    day_after = cache(lambda days: calendar.add_working_days(today - ONE_DAY, days).on)
    found = []
    for waiting in ordered:
        speed = pace.get(waiting.hand)
        if speed is None:
            found.append(Foreseen(waiting, None, is_known=False))
            continue
        done[waiting.hand] += waiting.work
        finished_on = _after_work(done[waiting.hand], speed, day_after)
        found.append(Foreseen(waiting, finished_on))
    return Forecast(tuple(found))


def _after_work(
    work: Fraction, speed: Fraction, day_after: Callable[[int], date]
) -> date | None:
    if speed <= 0:
        return None
    return day_after(max(ceil(work / speed), 1))
