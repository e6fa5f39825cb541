"""Events and an actor that exist only in tests."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class Named(Event):
    key = "tests.named"
    label = _("Yes")
    name: str = ""
    on: date | None = None
    amount: Decimal | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closed(Event):
    key = "tests.closed"
    label = "Closed"


class Clerk:
    account_id = 7
    label = 'Clerk "Wang"'
    person_id = None

    def scopes(self, permission):
        return ()
