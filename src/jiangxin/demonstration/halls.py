"""Pujiang's halls: windows, numbers, bookings, questions, by the platform's own acts."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any

from jiangxin.demonstration.acting import (
    AtTheWindow,
    ago,
    listed,
    moment,
    officer,
    working_days,
)
from jiangxin.demonstration.numbers import phones
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.counter.models import Booking, Hall, Ticket, Window
from jiangxin.kernel.counter.operations.arranging import (
    HallEntry,
    PlanEntry,
    WindowEntry,
    add_plan,
    keep_hall,
    keep_window,
)
from jiangxin.kernel.counter.operations.booking import Wanted, book
from jiangxin.kernel.counter.operations.serving import (
    arrive_with_booking,
    call_next,
    end_serving,
    miss_number,
    start_serving,
    take_number,
)

# Away from the phones of the register and of sample rosters.
FIRST_PHONE = 90_000_000
AFTERNOON = time(14)
# Walk-ins of a day come so far apart, so that each is served before the next.
BETWEEN = timedelta(hours=1)
BEFOREHAND = timedelta(days=3)
DONE, MISSED, SERVING = "done", "missed", "serving"


@dataclass
class Counter:
    """The first hall and whoever sits there: clerk number n at window number n + 1."""

    windows: Sequence[Window]
    clerks: Sequence[AtTheWindow]
    names: Iterator[str]
    waiting: Iterator[int] = field(
        default_factory=lambda: cycle(listed("counter.yaml")["waiting"])
    )
    serving: Iterator[int] = field(
        default_factory=lambda: cycle(listed("counter.yaml")["serving"])
    )
    phones: Iterator[str] = field(
        default_factory=lambda: iter(phones(FIRST_PHONE, 10_000))
    )

    @property
    def hall(self) -> Hall:
        return self.windows[0].hall

    def clerk_of(self, window: Window) -> AtTheWindow:
        return self.clerks[(window.number - 1) % len(self.clerks)]


def open_halls(clerks: Sequence[AtTheWindow], names: Iterator[str]) -> Counter:
    """Set the halls up as they are on the quarter's first day."""
    plan = listed("counter.yaml")
    opened = moment(plan["since"])
    windows = [_open_hall(entry, plan, opened) for entry in plan["halls"]]
    return Counter(windows[0], clerks, names)


def _open_hall(
    entry: Mapping[str, Any], plan: Mapping[str, Any], opened: datetime
) -> Sequence[Window]:
    by = officer()
    said = {name: entry[name] for name in ("name", "place", "hours", "telephone")}
    hall = keep_hall(HallEntry(entry["region"], **said), actor=by, now=opened)
    windows = []
    for one in entry["windows"]:
        window = keep_window(
            WindowEntry(one["number"], one["name"], tuple(one["services"])),
            hall_id=hall.pk,
            actor=by,
            now=opened,
        )
        for times in plan["plans"]:
            add_plan(
                _plan_entry(times, plan["since"]),
                window_id=window.pk,
                actor=by,
                now=opened,
            )
        windows.append(window)
    return windows


def _plan_entry(times: Mapping[str, Any], since: date) -> PlanEntry:
    return PlanEntry(
        time.fromisoformat(times["starts"]),
        time.fromisoformat(times["ends"]),
        times["minutes"],
        times["capacity"],
        since,
    )


@contextmanager
def at_the_window(
    counter: Counter, clerk: AtTheWindow, service: str, at: datetime
) -> Iterator[list[tuple[str, datetime]]]:
    """Serve somebody from `at` on; inside, their matter is acted.

    What is put into the list says its number, and when they leave.
    """
    window = counter.windows[counter.clerks.index(clerk)]
    taken_at = at - timedelta(minutes=next(counter.waiting))
    take_number(hall_id=counter.hall.pk, service=service, now=taken_at)
    ticket = _begin(window, clerk, at)
    left: list[tuple[str, datetime]] = []
    yield left
    number, ended_at = left[-1]
    end_serving(ticket_id=ticket.pk, matter_number=number, actor=clerk, now=ended_at)


def _begin(window: Window, clerk: AtTheWindow, at: datetime) -> Ticket:
    called = call_next(window_id=window.pk, actor=clerk, now=at - timedelta(seconds=50))
    return start_serving(ticket_id=called.pk, actor=clerk, now=at)


def let_people_in(counter: Counter, now: datetime) -> None:
    """Serve those who come for something that is done at once: then, and lately."""
    plan = listed("counter.yaml")
    first, last = listed("window.yaml")["quarter"]
    some = plan["walk_ins"]
    days = [(day, some["quarter"]) for day in working_days(first, last)]
    lately = (ago(n, now).date() for n in range(some["days"], 0, -1))
    days += [(day, some["lately"]) for day in lately]
    number = 0
    for day, count in days:
        for place in range(count):
            number += 1
            _walk_in(counter, number, moment(day, AFTERNOON) + BETWEEN * place)


def _walk_in(counter: Counter, number: int, at: datetime) -> None:
    plan = listed("counter.yaml")
    services = plan["walk_in_services"]
    service = services[number % len(services)]
    handling = [one for one in counter.windows if one.handles(service)]
    window = handling[number % len(handling)]
    clerk = counter.clerk_of(window)
    start = at + timedelta(minutes=next(counter.waiting))
    if number % plan["booked_every"] == 0:
        booking = _book(counter, window, service, at, at - BEFOREHAND)
        arrive_with_booking(token=booking.token, actor=clerk, now=at)
    else:
        take_number(hall_id=counter.hall.pk, service=service, now=at)
    if number % plan["missed_every"] == 0:
        called = call_next(window_id=window.pk, actor=clerk, now=start)
        miss_number(ticket_id=called.pk, actor=clerk, now=start + timedelta(minutes=3))
        return
    ticket = _begin(window, clerk, start)
    ended = start + timedelta(minutes=next(counter.serving))
    end_serving(ticket_id=ticket.pk, actor=clerk, now=ended)


def _book(
    counter: Counter, window: Window, service: str, at: datetime, now: datetime
) -> Booking:
    wanted = Wanted(
        window_id=window.pk,
        service=service,
        on=today(at),
        starts=at.timetz().replace(tzinfo=None),
        name=next(counter.names),
        phone=next(counter.phones),
    )
    return book(wanted, now=now)


def fill_the_hall(counter: Counter, now: datetime) -> None:
    """Let people wait and be served today, and others book for the days to come."""
    plan = listed("counter.yaml")
    morning = now.astimezone(moment(today(now)).tzinfo).replace(hour=0, minute=0)
    # Soon after midnight the queue is a short one: it is today's, whenever that is.
    pace = min(1.0, (now - morning) / timedelta(minutes=100))
    services = plan["walk_in_services"]
    for number, entry in enumerate(plan["queue"]):
        minutes = entry["ago"] * pace
        service = services[number % len(services)]
        _stand_in_line(counter, entry, service, now, minutes)
    for entry in plan["bookings"]:
        day = _working_day_after(entry["in"], today(now))
        at = moment(day, time.fromisoformat(entry["at"]))
        window = next(one for one in counter.windows if one.handles(entry["service"]))
        _book(counter, window, entry["service"], at, now)


def _stand_in_line(
    counter: Counter,
    entry: Mapping[str, Any],
    service: str,
    now: datetime,
    minutes: float,
) -> None:
    taken = now - timedelta(minutes=minutes)
    take_number(hall_id=counter.hall.pk, service=service, now=taken)
    if entry["upto"] not in {DONE, MISSED, SERVING}:
        return
    window = counter.windows[entry["window"] - 1]
    clerk = counter.clerk_of(window)
    start = taken + timedelta(minutes=minutes / 10)
    if entry["upto"] == MISSED:
        called = call_next(window_id=window.pk, actor=clerk, now=start)
        miss_number(ticket_id=called.pk, actor=clerk, now=start)
        return
    ticket = _begin(window, clerk, start)
    if entry["upto"] == DONE:
        end_serving(
            ticket_id=ticket.pk,
            actor=clerk,
            now=start + timedelta(minutes=minutes / 7),
        )


def _working_day_after(count: int, day: date) -> date:
    # Fourteen days ahead hold a week of working days even about the long holidays.
    return working_days(day + timedelta(days=1), day + timedelta(days=30))[count - 1]
