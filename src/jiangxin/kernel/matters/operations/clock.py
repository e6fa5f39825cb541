"""A matter's clock: from its journal to the days the rules reckon with, and back."""

from datetime import date, datetime

from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import WorkingCalendar, today
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.matters.enums import MatterState, StopKind
from jiangxin.kernel.matters.models import Matter, MatterStop
from jiangxin.kernel.matters.queries.services import service_of
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


def set_clock(
    matter: Matter, now: datetime, days: WorkingCalendar | None = None
) -> None:
    """Set when the matter is due; and once it is decided, whether it was in time.

    The caller saves. What is settled was settled by the calendar of that day: neither a
    later act nor a later notice changes whether it was in time.
    """
    if matter.settled_at is not None and matter.settled_at != now:
        return
    days = days or calendar()
    reading = reading_of(matter, now, days)
    if reading is None or reading.binding is None:
        return
    matter.due_on = reading.binding.due_on
    matter.is_due_provisional = reading.binding.is_provisional
    if matter.accepted_at is not None:
        promised, statutory = reading.promised, reading.statutory
        matter.promised_due_on = promised.due_on if promised else None
        matter.statutory_due_on = statutory.due_on if statutory else None
    if matter.state in {MatterState.GRANTED, MatterState.REFUSED}:
        is_late = reading.binding.is_overdue or _was_accepted_late(matter, days)
        matter.is_on_time = not is_late


def _was_accepted_late(matter: Matter, days: WorkingCalendar) -> bool:
    """Or an office could gain time by leaving an application unopened."""
    if matter.accepted_at is None or matter.submitted_at is None:
        return False
    accepted_on, came_on = today(matter.accepted_at), today(matter.submitted_at)
    stops = [
        stop
        for stop in segments_of(matter, after=came_on)
        if stop.until_on is not None and stop.until_on <= accepted_on
    ]
    limits = [service_of(matter).acceptance.limit]
    reading = read_clock(came_on, limits, stops, days, accepted_on, accepted_on)
    return any(each.is_overdue for each in reading.limits)


def reading_of(
    matter: Matter, now: datetime, days: WorkingCalendar | None = None
) -> Reading | None:
    """Return how the limits of the part the matter is in stand; None for a draft."""
    started, limits = limits_in_force(matter)
    if started is None:
        return None
    return read_clock(
        today(started),
        limits,
        segments_of(matter, after=today(started)),
        days or calendar(),
        today(now),
        today(matter.settled_at) if matter.settled_at else None,
    )


def limits_in_force(matter: Matter) -> tuple[datetime | None, list[Limit]]:
    """Return since when which limits run; no time for a draft.

    Until it is accepted that is the limit for accepting it, from then on those for
    deciding; those of the service as it was submitted under, whatever it says now.
    """
    try:
        wanted = service_of(matter)
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
        for stop in sorted(matter.stops.all(), key=_begun)
        if stop.until_at is None or today(stop.until_at) >= after
    ]


def _begun(stop: MatterStop) -> datetime:
    return stop.from_at
