"""What people asked about their own data: waiting, overdue, granted and refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jiangxin.demonstration.accounts import PEOPLE
from jiangxin.demonstration.acting import ago, listed
from jiangxin.demonstration.corrections import MadeUpWorker
from jiangxin.foundation.actor import EVERYWHERE, Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.privacy.operations.requests import (
    AtCounter,
    answer_request,
    make_request,
    record_request,
)
from jiangxin.kernel.register.models import Person

UNTIL_ANSWERED = timedelta(hours=3)


@dataclass(frozen=True)
class AnyClerk:
    """Whoever is at the counter, without an account."""

    label: str
    account_id: int | None = None
    person_id: int | None = None

    def scopes(self, _permission: str) -> tuple[Scope, ...]:
        return (EVERYWHERE,)


def ask_about_own_data(*, now: datetime) -> int:
    """Let people ask, and answer some of them. Returns how many requests there are."""
    plan = listed("data_requests.yaml")
    clerk = AnyClerk(plan["clerk"])
    for entry in plan["requests"]:
        people = PEOPLE[entry["person"]](today(now)).order_by("id")
        at = ago(entry["ago"], now)
        asked = _ask(entry, people[entry["place"]], clerk, at)
        if "answer" in entry:
            answer_request(
                request_id=asked.pk,
                is_granted=entry["answer"]["is_granted"],
                answer=entry["answer"]["text"],
                actor=clerk,
                now=at + UNTIL_ANSWERED,
            )
    return len(plan["requests"])


def _ask(
    entry: Mapping[str, Any], person: Person, clerk: AnyClerk, at: datetime
) -> DataRequest:
    if not entry.get("at_counter"):
        worker = MadeUpWorker(person.pk, person.name)
        return make_request(
            kind=entry["kind"], text=entry["text"], actor=worker, now=at
        )
    given = AtCounter(
        person.pk,
        entry["kind"],
        entry["text"],
        has_seen=True,
        by_agent="agent" in entry,
        agent=entry.get("agent", ""),
    )
    return record_request(given, actor=clerk, now=at)
