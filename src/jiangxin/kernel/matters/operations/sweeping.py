"""What time itself does to matters, once a night: lapses, alarms, clocks set anew."""

from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import (
    FEDERATION_ZONE,
    ONE_DAY,
    WorkingCalendar,
    today,
)
from jiangxin.foundation.db import opens_transaction
from jiangxin.kernel.matters.enums import ActKind
from jiangxin.kernel.matters.models import Matter, MatterStop
from jiangxin.kernel.matters.models.matter import OPEN
from jiangxin.kernel.matters.operations.accepting import deem_withdrawn
from jiangxin.kernel.matters.operations.clock import set_clock
from jiangxin.kernel.matters.operations.door import Closing, close_door
from jiangxin.kernel.matters.operations.files import delete_left_behind

# A demonstration value: no source says when a leader should hear of it.
TOO_LONG_WORKING_DAYS = 5
AT_ONCE = 500
# What the clock needs; answers would have to be unsealed for nothing.
CLOCK_COLUMNS = (
    *("service", "service_version", "state"),
    *("submitted_at", "accepted_at", "settled_at"),
)
CLOCK_RESULTS = (
    "due_on",
    "promised_due_on",
    "statutory_due_on",
    "is_due_provisional",
)


def sweep(now: datetime) -> dict[str, int]:
    """Do all of it; return how many of each. Run again it changes nothing.

    Each matter has its own transaction: what was done stays when it is cut off. Only
    open matters are looked at, and only those that change are locked.
    """
    days = calendar()
    return {
        "deemed_withdrawn": _deem_withdrawn(now),
        "clocks_set": _set_clocks(now, days),
        "escalated": _escalate(now, days),
        "files_deleted": delete_left_behind(now),
    }


def _deem_withdrawn(now: datetime) -> int:
    waiting = Matter.objects.filter(OPEN, supplement_due_on__lt=today(now))
    ids = list(waiting.values_list("pk", flat=True))
    return sum(deem_withdrawn(matter_id=pk, actor=SYSTEM, now=now) for pk in ids)


def _escalate(now: datetime, days: WorkingCalendar) -> int:
    """Bring before the leader what is overdue, or lay untouched for too long.

    What stands still by law, as a public notice does, may lie. What goes on lying is
    brought up again.
    """
    ids = Matter.objects.filter(_needs_a_leader(now, days)).values_list("pk", flat=True)
    return sum(_escalate_one(pk, now, days) for pk in list(ids.order_by("pk")))


def _needs_a_leader(now: datetime, days: WorkingCalendar) -> Q:
    stands = MatterStop.objects.filter(matter=OuterRef("pk"), until_at__isnull=True)
    late = Q(due_on__lt=today(now), escalated_at__isnull=True)
    idle = Q(~Exists(stands), touched_at__lt=_long_ago(today(now), days))
    return OPEN & Q(waiting_since__isnull=True) & (late | idle)


def _long_ago(day: date, days: WorkingCalendar) -> datetime:
    """Return the end of the last day after which too many working days have passed."""
    first = day - ONE_DAY
    while days.working_days_between(first, day - ONE_DAY).days < TOO_LONG_WORKING_DAYS:
        first -= ONE_DAY
    return datetime.combine(first + ONE_DAY, time(), tzinfo=FEDERATION_ZONE)


@opens_transaction
def _escalate_one(matter_id: int, now: datetime, days: WorkingCalendar) -> bool:
    rows = Matter.objects.select_for_update(of=("self",))
    matter = rows.filter(_needs_a_leader(now, days), pk=matter_id).first()
    if matter is None:
        return False
    matter.escalated_at = now
    closing = Closing(matter.version, is_internal=True)
    close_door(matter, ActKind.ESCALATED, closing, actor=SYSTEM, now=now)
    return True


def _set_clocks(now: datetime, days: WorkingCalendar) -> int:
    """Count anew what a holiday notice may have moved; return how many moved."""
    open_ones = Matter.objects.filter(OPEN).order_by("pk")
    rows = open_ones.only(*CLOCK_COLUMNS, *CLOCK_RESULTS).prefetch_related("stops")
    moved = [
        matter.pk
        for matter in rows.iterator(chunk_size=AT_ONCE)
        if _moves(matter, now, days)
    ]
    return sum(_set_one(pk, now, days) for pk in moved)


def _moves(matter: Matter, now: datetime, days: WorkingCalendar) -> bool:
    """Set the clock, and return whether that changes anything."""
    before = [getattr(matter, name) for name in CLOCK_RESULTS]
    set_clock(matter, now, days)
    return [getattr(matter, name) for name in CLOCK_RESULTS] != before


@opens_transaction
def _set_one(matter_id: int, now: datetime, days: WorkingCalendar) -> bool:
    rows = Matter.objects.select_for_update().filter(OPEN)
    matter = rows.filter(pk=matter_id).first()
    if matter is None or not _moves(matter, now, days):
        return False
    matter.save(update_fields=CLOCK_RESULTS)
    return True
