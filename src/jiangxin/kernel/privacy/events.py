"""What is recorded in the trail; never the value that was shown or asked about."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class PersonalDataShown(Event):
    key = "privacy.personal_data_shown"
    label = _("Shown in full")
    value: str
    purpose: str
    view_id: int


@dataclass(frozen=True)
class PersonalDataExported(Event):
    """list: key of the list, never a search word, which may be a person's number."""

    key = "privacy.personal_data_exported"
    label = _("List of personal data exported")
    list: str
    format: str
    rows: int


@dataclass(frozen=True)
class ConsentGiven(Event):
    key = "privacy.consent_given"
    label = _("Consent given")
    purpose: str
    version: str


@dataclass(frozen=True)
class ConsentWithdrawn(Event):
    key = "privacy.consent_withdrawn"
    label = _("Consent withdrawn")
    purpose: str
    version: str


@dataclass(frozen=True)
class DataRequestMade(Event):
    key = "privacy.request_made"
    label = _("Request about one's own data")
    request_id: int
    kind: str


@dataclass(frozen=True)
class DataRequestRecorded(Event):
    """At the counter, by a clerk, for whoever came or sent somebody."""

    key = "privacy.request_recorded"
    label = _("Request about one's own data recorded at the counter")
    request_id: int
    kind: str
    by_agent: bool


@dataclass(frozen=True)
class DataRequestWithdrawn(Event):
    key = "privacy.request_withdrawn"
    label = _("Request about one's own data withdrawn")
    request_id: int


@dataclass(frozen=True)
class DataRequestAnswered(Event):
    key = "privacy.request_answered"
    label = _("Request about one's own data answered")
    request_id: int
    state: str


@dataclass(frozen=True)
class RetentionApplied(Event):
    key = "privacy.retention_applied"
    label = _("Data deleted at the end of its retention")
    deleted: dict[str, int]


EVENTS = (
    PersonalDataShown,
    PersonalDataExported,
    ConsentGiven,
    ConsentWithdrawn,
    DataRequestMade,
    DataRequestRecorded,
    DataRequestWithdrawn,
    DataRequestAnswered,
    RetentionApplied,
)
