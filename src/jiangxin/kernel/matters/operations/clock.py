"""A matter's clock: from its journal to the days the rules reckon with, and back."""

from datetime import date, datetime

from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.matters.enums import MatterState, StopKind
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.registry import service
from jiangxin.kernel.matters.rules.clock import (
    Limit,
    Reading,
    Segment,
    SegmentKind,
    read_clock,
)

SEGMENTS = {
    StopKind.PAUSED: SegmentKind.PAUSED,
    StopKind.EXCLUDED: SegmentKind.EXCLUDED,
}


def set_clock(matter: Matter, now: datetime) -> None:
    """Set when the matter is due; and once it is decided, whether it was in time.

    The caller saves. A matter whose service is no longer offered keeps what it has.
    """
    reading = reading_of(matter, now)
    if reading is None or reading.binding is None:
        return
    matter.due_on = reading.binding.due_on
    matter.is_due_provisional = reading.binding.is_provisional
    if matter.accepted_at is not None:
        promised, statutory = reading.promised, reading.statutory
        matter.promised_due_on = promised.due_on if promised else None
        matter.statutory_due_on = statutory.due_on if statutory else None
    if matter.state in {MatterState.GRANTED, MatterState.REFUSED}:
        matter.is_on_time = not reading.binding.is_overdue


def reading_of(matter: Matter, now: datetime) -> Reading | None:
    """Return how the limits of the part the matter is in stand; None for a draft."""
    started, limits = limits_in_force(matter)
    if started is None:
        return None
    return read_clock(
        today(started),
        limits,
        segments_of(matter, after=today(started)),
        calendar(),
        today(now),
        today(matter.settled_at) if matter.settled_at else None,
    )


def limits_in_force(matter: Matter) -> tuple[datetime | None, list[Limit]]:
    """Return since when which limits run; no time for a draft.

    Until it is accepted that is the limit for accepting it, from then on those for
    deciding. A matter whose service is offered no more has none.
    """
    try:
        wanted = service(matter.service)
    except NotFound:
        return None, []
    if matter.accepted_at is not None:
        return matter.accepted_at, [one.limit for one in wanted.limits]
    return matter.submitted_at, [wanted.acceptance.limit]


def segments_of(matter: Matter, *, after: date) -> list[Segment]:
    """Return when the clock stood still, as far as it counts from `after` on."""
    return [
        Segment(
            SEGMENTS[StopKind(stop.kind)],
            max(today(stop.from_at), after),
            today(stop.until_at) if stop.until_at else None,
            stop.reason,
        )
        for stop in matter.stops.order_by("from_at")
        if stop.until_at is None or today(stop.until_at) >= after
    ]
