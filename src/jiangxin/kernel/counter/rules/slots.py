"""Which times of a day can be booked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jiangxin.foundation.clock.working_days import FEDERATION_ZONE

DAY_ZERO = date(2000, 1, 3)


@dataclass(frozen=True)
class Plan:
    """When one window can be booked on a working day."""

    window_id: int
    starts: time
    ends: time
    minutes: int
    capacity: int


@dataclass(frozen=True)
class Slot:
    """A time at a window. left: how many may still book it."""

    window_id: int
    starts: time
    capacity: int
    left: int

    @property
    def key(self) -> str:
        return f"{self.window_id}-{self.starts:%H%M}"


def times_of(plan: Plan) -> list[time]:
    """Return when the slots of a plan begin; a rest that is no whole slot is left out."""
    at = datetime.combine(DAY_ZERO, plan.starts)
    end = datetime.combine(DAY_ZERO, plan.ends)
    length = timedelta(minutes=plan.minutes)
    found = []
    while at + length <= end:
        found.append(at.time())
        at += length
    return found


def slots(
    plans: Iterable[Plan],
    taken: Mapping[tuple[int, time], int],
    *,
    after: time | None = None,
) -> list[Slot]:
    """Return every slot of a day with what is left of it, in the order of the clock.

    taken: {(window, time): how many booked}. after: today, what has not begun yet.
    """
    found = [
        Slot(
            plan.window_id,
            at,
            plan.capacity,
            max(plan.capacity - taken.get((plan.window_id, at), 0), 0),
        )
        for plan in plans
        for at in times_of(plan)
        if after is None or at > after
    ]
    return sorted(found, key=lambda slot: (slot.starts, slot.window_id))


def free_position(taken: Iterable[int], capacity: int) -> int | None:
    """Return the first place of a slot that nobody has, None when it is full."""
    used = set(taken)
    return next((one for one in range(1, capacity + 1) if one not in used), None)


def moment_of(on: date, at: time) -> datetime:
    """Return when a booked time begins."""
    return datetime.combine(on, at, tzinfo=FEDERATION_ZONE)
