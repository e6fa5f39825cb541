"""Setting up halls, their windows, and when these can be booked."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.counter import permissions
from jiangxin.kernel.counter.events import CounterArranged
from jiangxin.kernel.counter.models import Hall, SlotPlan, Window


class NumberTaken(Refused):
    code = "counter.number_taken"
    text = _("This hall has a window %(number)s already.")


class PlanImpossible(Refused):
    code = "counter.plan_impossible"
    text = _("A plan ends after it begins, and a slot takes five minutes at least.")


@dataclass(frozen=True)
class HallEntry:
    region_code: str
    name: str
    place: str = ""
    is_open: bool = True
    hours: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class WindowEntry:
    number: int
    name: str = ""
    services: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True)
class PlanEntry:
    starts: time
    ends: time
    minutes: int
    capacity: int
    valid_from: date
    valid_to: date | None = None


@opens_transaction
def keep_hall(
    entry: HallEntry, *, hall_id: int | None = None, actor: Actor, now: datetime
) -> Hall:
    """Set a hall up, or change it. Raises NotFound, NotPermitted."""
    hall = Hall() if hall_id is None else _hall(hall_id, actor)
    hall.region_code, hall.name = entry.region_code, entry.name
    hall.place, hall.is_open = entry.place, entry.is_open
    hall.hours, hall.telephone = entry.hours.strip(), entry.telephone.strip()
    if not permissions.can_at_hall(actor, permissions.MANAGE, hall):
        raise NotPermitted(permissions.MANAGE)
    hall.save()
    _record("hall", hall, hall.pk, actor, now)
    return hall


@opens_transaction
def keep_window(
    entry: WindowEntry,
    *,
    hall_id: int,
    window_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> Window:
    """Add a window, or change it. Raises NotFound, NotPermitted, NumberTaken."""
    hall = _hall(hall_id, actor)
    window = Window(hall=hall) if window_id is None else _window(window_id, actor)
    same = hall.windows.filter(number=entry.number).exclude(pk=window.pk)
    if same.exists():
        raise NumberTaken(number=entry.number)
    window.number, window.name = entry.number, entry.name
    window.services, window.is_open = list(entry.services), entry.is_open
    window.save()
    _record("window", hall, window.number, actor, now)
    return window


@opens_transaction
def add_plan(
    entry: PlanEntry, *, window_id: int, actor: Actor, now: datetime
) -> SlotPlan:
    """Let a window be booked. Raises NotFound, NotPermitted, PlanImpossible."""
    window = _window(window_id, actor)
    if entry.ends <= entry.starts or entry.minutes < 5:  # noqa: PLR2004 -- as the model
        raise PlanImpossible
    plan = SlotPlan.objects.create(
        window=window,
        starts=entry.starts,
        ends=entry.ends,
        minutes=entry.minutes,
        capacity=entry.capacity,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )
    _record("plan", window.hall, plan.pk, actor, now)
    return plan


@opens_transaction
def end_plan(*, plan_id: int, actor: Actor, on: date, now: datetime) -> SlotPlan:
    """Take no more bookings by a plan after a day; those made stay.

    Raises NotFound, NotPermitted.
    """
    plan = SlotPlan.objects.select_related("window__hall").filter(pk=plan_id).first()
    if plan is None:
        raise NotFound
    permissions.check_at_hall(actor, permissions.MANAGE, plan.window.hall)
    plan.valid_to = on
    plan.save(update_fields=["valid_to"])
    _record("plan", plan.window.hall, plan.pk, actor, now)
    return plan


def _hall(hall_id: int, actor: Actor) -> Hall:
    hall = Hall.objects.filter(pk=hall_id).first()
    if hall is None:
        raise NotFound
    permissions.check_at_hall(actor, permissions.MANAGE, hall)
    return hall


def _window(window_id: int, actor: Actor) -> Window:
    window = Window.objects.select_related("hall").filter(pk=window_id).first()
    if window is None:
        raise NotFound
    permissions.check_at_hall(actor, permissions.MANAGE, window.hall)
    return window


@needs_transaction
def _record(what: str, hall: Hall, number: int, actor: Actor, now: datetime) -> None:
    record(
        CounterArranged(what, number),
        subject=subject("hall", hall.pk),
        actor=actor,
        at=now,
    )
