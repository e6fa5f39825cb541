"""What credentials record in the trail of their holders."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class CredentialRecorded(Event):
    key = "credentials.recorded"
    label = _("Credential recorded")
    credential_id: int
    kind: str
    valid_from: date


@dataclass(frozen=True)
class CredentialMoved(Event):
    """status: what it is from that day on."""

    key = "credentials.moved"
    label = _("Status of a credential changed")
    credential_id: int
    status: str
    effective_on: date
    reason: str


@dataclass(frozen=True)
class CredentialIssued(Event):
    """supersedes: the issue in whose place this one is."""

    key = "credentials.issued"
    label = _("Credential issued")
    credential_id: int
    issue_id: int
    supersedes: int | None = None


@dataclass(frozen=True)
class IssueMoved(Event):
    key = "credentials.issue_moved"
    label = _("Status of an issued credential changed")
    issue_id: int
    status: str
    reason: str


@dataclass(frozen=True)
class IssuePrinted(Event):
    """reason: why another copy was made; none for the first."""

    key = "credentials.issue_printed"
    label = _("Certificate made for printing")
    issue_id: int
    reason: str = ""


@dataclass(frozen=True)
class SigningKeyAdded(Event):
    key = "credentials.key_added"
    label = _("Signing key made")
    key_id: int
    public_part: str


@dataclass(frozen=True)
class SigningKeyMoved(Event):
    key = "credentials.key_moved"
    label = _("Signing key given up")
    key_id: int
    state: str
    reason: str


@dataclass(frozen=True)
class SealMade(Event):
    """role: vouches for seals, or signs."""

    key = "credentials.seal_made"
    label = _("Certificate of the federation's seal made")
    seal_id: int
    role: str


@dataclass(frozen=True)
class PassportShared(Event):
    key = "credentials.passport_shared"
    label = _("Link to a skills passport made")
    share_id: int
    credentials: int
    days: int


@dataclass(frozen=True)
class PassportShareWithdrawn(Event):
    key = "credentials.passport_share_withdrawn"
    label = _("Link to a skills passport withdrawn")
    share_id: int


EVENTS = (
    CredentialRecorded,
    CredentialMoved,
    CredentialIssued,
    IssueMoved,
    IssuePrinted,
    SigningKeyAdded,
    SigningKeyMoved,
    SealMade,
    PassportShared,
    PassportShareWithdrawn,
)
