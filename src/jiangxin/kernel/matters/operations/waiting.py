"""What a matter waits for, and letting go of it."""

from datetime import datetime

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.matters.enums import StopKind
from jiangxin.kernel.matters.models import Matter, MatterStop
from jiangxin.kernel.matters.rules.service import Service


@needs_transaction
def let_go(matter: Matter, now: datetime) -> None:
    """Nothing is waited for any more, and the clock stands no longer. The caller saves."""
    matter.waiting_since = matter.supplement_due_on = matter.promise_due_on = None
    matter.notices.filter(answered_at__isnull=True).update(answered_at=now)
    end_stop(matter, now)


@needs_transaction
def end_stop(matter: Matter, now: datetime) -> None:
    """Let the clock go on, if it stands still."""
    matter.stops.filter(until_at__isnull=True).update(until_at=now)


@needs_transaction
def start_step(matter: Matter, wanted: Service, now: datetime) -> None:
    """Stop the clock if the step that begins is one the law does not count."""
    step = wanted.step(matter.step)
    if step is None or step.stops is None:
        return
    begin_stop(matter, step.stops, step.key, source=step.source, now=now)


@needs_transaction
def begin_stop(
    matter: Matter, kind: StopKind, reason: str, *, source: str, now: datetime
) -> None:
    """Stop the clock for this reason, and for no other any more: it has one at a time."""
    end_stop(matter, now)
    MatterStop.objects.create(
        matter=matter, kind=kind, reason=reason, source=source, from_at=now
    )
