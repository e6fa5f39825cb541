"""Where parts above the register hook in without the register knowing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jiangxin.foundation.actor import Actor


@dataclass(frozen=True)
class PeopleChange:
    """Some people's records changed, in the transaction that is still open.

    person_ids: whose; every table already shows the new state. on: the federation's
    day. reason: a stored key saying what happened ("roster:12", "credential", …).
    """

    person_ids: Sequence[int]
    on: date
    at: datetime
    actor: Actor
    reason: str


@dataclass(frozen=True)
class OnPeopleChanged:
    """Brought by a part that must follow changed people, such as policy matching."""

    handle: Callable[[PeopleChange], None]
