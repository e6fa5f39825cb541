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


EVENTS = (CredentialRecorded, CredentialMoved)
