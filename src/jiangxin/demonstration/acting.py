"""Who acts at Pujiang's window in the demonstration, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import yaml
from django.utils import timezone

from jiangxin.demonstration.chance import DATA
from jiangxin.foundation.actor import Scope
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.models import Account

CLERKS = ("window.chen", "window.zhou")
OFFICER = "pujiang.officer"
OPENS_AT = time(9)


@dataclass(frozen=True)
class AtTheWindow:
    """Somebody of the window, or whoever files for a union, as they were that day."""

    label: str
    account_id: int | None
    scope: Scope
    person_id: int | None = None

    def scopes(self, _permission: str) -> tuple[Scope, ...]:
        return (self.scope,)


@dataclass(frozen=True)
class Stranger:
    """Somebody who did not sign in."""

    label: str = ""
    account_id: int | None = None
    person_id: int | None = None

    def scopes(self, _permission: str) -> tuple[Scope, ...]:
        return ()


@cache
def listed(name: str) -> Mapping[str, Any]:
    """Return what a file of data/ plans."""
    found: Mapping[str, Any] = yaml.safe_load((DATA / name).read_text("utf-8"))
    return found


def region() -> str:
    code: str = listed("window.yaml")["region"]
    return code


def clerks() -> Sequence[AtTheWindow]:
    """Return the clerks of the window, each at the window of the same place."""
    return [_of_the_federation(name) for name in CLERKS]


def officer() -> AtTheWindow:
    """Return who sets halls up and follows bad ratings; no clerk of the window."""
    return _of_the_federation(OFFICER)


def _of_the_federation(username: str) -> AtTheWindow:
    account = Account.objects.get(username=username)
    return AtTheWindow(account.display_name, account.pk, Scope(region()))


def chair_of(union: str, name: str) -> AtTheWindow:
    """Return who applies for a union of this code; all by one account, closed since."""
    given = listed("window.yaml")["applicants"]
    account, _is_new = Account.objects.get_or_create(
        username=given["username"],
        defaults={
            "display_name": given["name"],
            "is_active": False,
            "created_at": moment(listed("window.yaml")["quarter"][0]),
        },
    )
    return AtTheWindow(name, account.pk, Scope(organisation_code=union))


def working_days(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    known = calendar()
    return [day for day in days if known.is_working_day(day)]


def moment(day: date, at: time = OPENS_AT) -> datetime:
    """Return a time of a day; when the window opens, unless another is given."""
    return timezone.make_aware(datetime.combine(day, at))


def ago(days: int, now: datetime) -> datetime:
    """Return the opening of so many working days ago; today, some minutes ago."""
    if not days:
        return now - timedelta(minutes=30)
    day, known = today(now), calendar()
    while days:
        day -= timedelta(days=1)
        days -= known.is_working_day(day)
    return moment(day)
