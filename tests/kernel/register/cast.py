"""Who and what these tests speak of."""

from dataclasses import dataclass
from datetime import date

from jiangxin.foundation.actor import Scope
from jiangxin.foundation.ids.resident_id import with_check_digit

COUNTY, NORTH, SOUTH = "330726", "330726100", "330726101"
SINCE = date(2026, 1, 5)


@dataclass(frozen=True)
class Somebody:
    """An actor who holds every permission in some places."""

    held: tuple[Scope, ...] = ()
    label: str = "somebody"
    account_id: int | None = 1
    person_id: int | None = None
    permissions: frozenset[str] | None = None

    def scopes(self, permission):
        if self.permissions is not None and permission not in self.permissions:
            return ()
        return self.held


STRANGER = Somebody()
OFFICER = Somebody((Scope(COUNTY),))
NORTHERNER = Somebody((Scope(NORTH),))
CLERK = Somebody((Scope(organisation_code="U-NORTH"),))


def id_number(serial, born="18900101", division="330726"):
    return with_check_digit(f"{division}{born}{serial:03d}")
