"""What the trail says of rosters."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event

Label = str | Promise


@dataclass(frozen=True)
class RosterHandedIn(Event):
    key: ClassVar[str] = "register.roster_handed_in"
    label: ClassVar[Label] = _("Roster handed in")
    organisation: str
    digest: str


@dataclass(frozen=True)
class RosterApplied(Event):
    key: ClassVar[str] = "register.roster_applied"
    label: ClassVar[Label] = _("Roster written to the register")
    new: int
    changed: int
    unchanged: int
    refused: int


@dataclass(frozen=True)
class RosterWithdrawn(Event):
    key: ClassVar[str] = "register.roster_withdrawn"
    label: ClassVar[Label] = _("Roster withdrawn")


@dataclass(frozen=True)
class PersonFromRoster(Event):
    """A person entered the register, or changed in it, by a roster's row.

    parts: what was added or changed: details, employment, membership, or a facet's key.
    """

    key: ClassVar[str] = "register.person_from_roster"
    label: ClassVar[Label] = _("Entered or changed by a roster")
    roster: int
    is_new: bool
    parts: list[str]
