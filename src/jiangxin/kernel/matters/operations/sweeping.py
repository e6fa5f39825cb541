"""What time itself does to matters, once a night: lapses, alarms, clocks set anew."""

from datetime import datetime, timedelta

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.kernel.matters.enums import WITH_THE_OFFICE, ActKind
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.accepting import deem_withdrawn
from jiangxin.kernel.matters.operations.clock import set_clock
from jiangxin.kernel.matters.operations.door import Closing, close_door

# A demonstration value: no source says when a leader should hear of it.
TOO_LONG = timedelta(days=5)


def sweep(now: datetime) -> dict[str, int]:
    """Do all of it; return how many of each. Run again it changes nothing.

    Each matter has its own transaction: what was done stays when it is cut off.
    """
    return {
        "deemed_withdrawn": _deem_withdrawn(now),
        "escalated": _escalate(now),
        "clocks_set": _set_clocks(now),
    }


def _deem_withdrawn(now: datetime) -> int:
    waiting = Matter.objects.filter(
        state__in=WITH_THE_OFFICE, supplement_due_on__lt=today(now)
    )
    ids = list(waiting.values_list("pk", flat=True))
    return sum(deem_withdrawn(matter_id=pk, actor=SYSTEM, now=now) for pk in ids)


def _escalate(now: datetime) -> int:
    """Bring before the leader what is overdue, or lay untouched for too long."""
    open_ones = Matter.objects.filter(
        state__in=WITH_THE_OFFICE,
        escalated_at__isnull=True,
        waiting_since__isnull=True,
    )
    late = open_ones.filter(due_on__lt=today(now))
    idle = open_ones.filter(touched_at__lt=now - TOO_LONG)
    ids = set(late.values_list("pk", flat=True)) | set(
        idle.values_list("pk", flat=True)
    )
    return sum(_escalate_one(pk, now) for pk in sorted(ids))


@opens_transaction
def _escalate_one(matter_id: int, now: datetime) -> bool:
    rows = Matter.objects.select_for_update(of=("self",))
    matter = rows.filter(pk=matter_id, escalated_at__isnull=True).first()
    if matter is None or matter.state not in WITH_THE_OFFICE or matter.is_waiting:
        return False
    matter.escalated_at = now
    closing = Closing(matter.version, is_internal=True)
    close_door(matter, ActKind.ESCALATED, closing, actor=SYSTEM, now=now)
    return True


def _set_clocks(now: datetime) -> int:
    """Count anew what a holiday notice may have moved; return how many moved."""
    ids = Matter.objects.filter(state__in=WITH_THE_OFFICE).values_list("pk", flat=True)
    return sum(_set_one(pk, now) for pk in list(ids))


@opens_transaction
def _set_one(matter_id: int, now: datetime) -> bool:
    matter = Matter.objects.select_for_update().get(pk=matter_id)
    before = (matter.due_on, matter.is_due_provisional)
    set_clock(matter, now)
    if (matter.due_on, matter.is_due_provisional) == before:
        return False
    matter.save(
        update_fields=[
            "due_on",
            "promised_due_on",
            "statutory_due_on",
            "is_due_provisional",
        ]
    )
    return True
