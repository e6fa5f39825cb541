"""What the register records in the trail. No event holds personal data in the clear."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class RegionRenamed(Event):
    key = "register.region_renamed"
    label = _("Region renamed")
    old_name: str
    new_name: str


@dataclass(frozen=True)
class RegionClosed(Event):
    key = "register.region_closed"
    label = _("Region no longer in the list")
    valid_to: date


@dataclass(frozen=True)
class RegionsLoaded(Event):
    key = "register.regions_loaded"
    label = _("List of regions loaded")
    added: int
    changed: int
    closed: int


@dataclass(frozen=True)
class OrganisationRegistered(Event):
    key = "register.organisation_registered"
    label = _("Organisation registered")
    code: str
    kind: str
    valid_from: date


@dataclass(frozen=True)
class OrganisationChanged(Event):
    key = "register.organisation_changed"
    label = _("Organisation changed")
    fields: tuple[str, ...]
    effective_on: date


@dataclass(frozen=True)
class OrganisationClosed(Event):
    key = "register.organisation_closed"
    label = _("Organisation closed")
    closed_on: date


@dataclass(frozen=True)
class PersonRegistered(Event):
    key = "register.person_registered"
    label = _("Person registered")
    valid_from: date


@dataclass(frozen=True)
class PersonChanged(Event):
    key = "register.person_changed"
    label = _("Personal details changed")
    fields: tuple[str, ...]
    effective_on: date


@dataclass(frozen=True)
class EmploymentStarted(Event):
    key = "register.employment_started"
    label = _("Employment started")
    organisation_id: int
    valid_from: date


@dataclass(frozen=True)
class EmploymentEnded(Event):
    key = "register.employment_ended"
    label = _("Employment ended")
    organisation_id: int
    valid_to: date


@dataclass(frozen=True)
class UnionJoined(Event):
    key = "register.union_joined"
    label = _("Joined a union")
    union_id: int
    valid_from: date


@dataclass(frozen=True)
class UnionLeft(Event):
    key = "register.union_left"
    label = _("Left a union")
    union_id: int
    valid_to: date


@dataclass(frozen=True)
class BankAccountRecorded(Event):
    key = "register.bank_account_recorded"
    label = _("Bank account recorded")
    account_id: int
    source: str


@dataclass(frozen=True)
class BankAccountEnded(Event):
    key = "register.bank_account_ended"
    label = _("Bank account no longer used")
    account_id: int


@dataclass(frozen=True)
class SiteOpened(Event):
    key = "register.site_opened"
    label = _("Site opened")
    site_id: int
    kind: str
    valid_from: date


@dataclass(frozen=True)
class SiteClosed(Event):
    key = "register.site_closed"
    label = _("Site closed")
    site_id: int
    valid_to: date


@dataclass(frozen=True)
class PeopleMerged(Event):
    """On the trail of both. taken: what the kept record has from the other."""

    key = "register.people_merged"
    label = _("Two records merged into one")
    kept_id: int
    merged_id: int
    taken: tuple[str, ...]


@dataclass(frozen=True)
class MergeUndone(Event):
    key = "register.merge_undone"
    label = _("Merge undone")
    kept_id: int
    merged_id: int


@dataclass(frozen=True)
class PeopleToldApart(Event):
    """On the trail of both."""

    key = "register.people_told_apart"
    label = _("Two records judged to be of different people")
    person_id: int
    other_id: int


EVENTS = (
    RegionRenamed,
    RegionClosed,
    RegionsLoaded,
    OrganisationRegistered,
    OrganisationChanged,
    OrganisationClosed,
    PersonRegistered,
    PersonChanged,
    EmploymentStarted,
    EmploymentEnded,
    UnionJoined,
    UnionLeft,
    BankAccountRecorded,
    BankAccountEnded,
    SiteOpened,
    SiteClosed,
    PeopleMerged,
    MergeUndone,
    PeopleToldApart,
)
