"""What is likely to miss its day in one's places, and who has how much in hand."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.matters.enums import MatterState
from jiangxin.kernel.matters.models.matter import OPEN
from jiangxin.kernel.matters.queries.matters import matters_of_office
from jiangxin.kernel.matters.queries.queues import SOON, WORKING
from jiangxin.kernel.matters.rules.forecast import (
    Foreseen,
    Waiting,
    forecast,
    paces,
)

# Four weeks even out a holiday and a rush.
LOOKED_BACK = timedelta(days=28)
# What is due first is looked at first; beyond it a page says that there is more.
MOST = 2_000
MOST_SETTLED = 20_000
# The hand of what is in nobody's hands.
NOBODY = ""


class Risk(StrEnum):
    """Why a matter is named: its day is past; too much before it; no pace to go by."""

    OVERDUE = "overdue"
    PACE = "pace"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Prospect:
    """A matter that is likely to miss its day.

    before: how many its hand has to finish first. pace: matters a working day.
    """

    foreseen: Foreseen
    risk: Risk
    before: int
    pace: Fraction | None


@dataclass(frozen=True)
class Load:
    """What one hand holds. label: "" for nobody's."""

    hand: str
    label: str
    matters: int
    likely_late: int
    pace: Fraction | None


@dataclass(frozen=True)
class Outlook:
    """prospects: by the number of the matter. is_cut: there are more open than looked at."""

    prospects: Mapping[int, Prospect]
    loads: tuple[Load, ...]
    is_cut: bool = False

    def count(self, risk: Risk) -> int:
        return sum(one.risk is risk for one in self.prospects.values())


def outlook_of(actor: Actor, now: datetime) -> Outlook:
    """Look at what the office works on in the actor's places, in two queries.

    What waits for the applicant is left out: its clock stands, and nobody works on it.
    """
    day, days = today(now), calendar()
    working = matters_of_office(actor).filter(OPEN, WORKING, due_on__isnull=False)
    columns = ("pk", "assigned_account_id", "assigned_label", "due_on")
    rows = list(working.order_by("due_on", "pk").values_list(*columns)[: MOST + 1])
    labels = {_hand(account): label for _pk, account, label, _due in rows}
    waiting = [
        Waiting(f"{pk:020}", _hand(account), due)
        for pk, account, _label, due in rows[:MOST]
    ]
    pace = paces(
        _finished(actor, now),
        days,
        after=day - LOOKED_BACK,
        until=day,
    )
    found = forecast(waiting, pace, days, day)
    prospects = dict(_prospects(found.matters, pace, day))
    return Outlook(
        prospects, _loads(found.matters, prospects, labels, pace), len(rows) > MOST
    )


def count_likely_late(actor: Actor, now: datetime) -> int:
    return len(outlook_of(actor, now).prospects)


def rows_of(outlook: Outlook) -> list[int]:
    return list(outlook.prospects)


def _hand(account_id: int | None) -> str:
    return NOBODY if account_id is None else str(account_id)


def _finished(actor: Actor, now: datetime) -> Iterator[tuple[str, date]]:
    """Give the hand and the day of what was decided lately in the same places."""
    decided = matters_of_office(actor).filter(
        settled_at__gte=now - LOOKED_BACK,
        state__in=[MatterState.GRANTED, MatterState.REFUSED],
    )
    rows = decided.order_by("-settled_at").values_list(
        "assigned_account_id", "settled_at"
    )
    for account, at in rows[:MOST_SETTLED]:
        if at is not None:
            yield _hand(account), today(at)


def _prospects(
    matters: tuple[Foreseen, ...], pace: Mapping[str, Fraction], day: date
) -> Iterator[tuple[int, Prospect]]:
    before: Counter[str] = Counter()
    for one in matters:
        hand = one.waiting.hand
        risk = _risk(one, day)
        if risk is not None:
            prospect = Prospect(one, risk, before[hand], pace.get(hand))
            yield int(one.waiting.key), prospect
        before[hand] += 1


def _risk(one: Foreseen, day: date) -> Risk | None:
    if one.waiting.due_on < day:
        return Risk.OVERDUE
    if one.misses:
        return Risk.PACE
    if not one.is_known and one.waiting.due_on <= day + SOON:
        return Risk.UNKNOWN
    return None


def _loads(
    matters: tuple[Foreseen, ...],
    prospects: Mapping[int, Prospect],
    labels: Mapping[str, str],
    pace: Mapping[str, Fraction],
) -> tuple[Load, ...]:
    held = Counter(one.waiting.hand for one in matters)
    late = Counter(one.foreseen.waiting.hand for one in prospects.values())
    return tuple(
        Load(hand, labels[hand], number, late[hand], pace.get(hand))
        for hand, number in held.most_common()
    )
