"""What the service window records in the trail of a union."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class NumberEntered(Event):
    key = "service_window.number_entered"
    label = _("Number of the national system entered")
    matter_id: int
    number: str
    is_demonstration: bool


@dataclass(frozen=True)
class CertificateIssued(Event):
    """fields: what it says otherwise than the one in whose place it is."""

    key = "service_window.certificate_issued"
    label = _("Certificate of a union issued")
    certificate_id: int
    ground: str
    fields: tuple[str, ...]
    valid_to: date


@dataclass(frozen=True)
class CertificateEnded(Event):
    key = "service_window.certificate_cancelled"
    label = _("Certificate of a union cancelled")
    certificate_id: int
    matter_id: int


@dataclass(frozen=True)
class DocumentIssued(Event):
    """issue_id: of the credential that anyone can check."""

    key = "service_window.document_issued"
    label = _("Electronic certificate of a union issued")
    certificate_id: int
    issue_id: int


@dataclass(frozen=True)
class CertificatePrinted(Event):
    key = "service_window.certificate_printed"
    label = _("Certificate of a union printed")
    certificate_id: int
    sequence: int


@dataclass(frozen=True)
class RenewalInvited(Event):
    key = "service_window.renewal_invited"
    label = _("Union invited to renew its certificate")
    certificate_id: int
    days_before: int


EVENTS = (
    NumberEntered,
    CertificateIssued,
    CertificateEnded,
    DocumentIssued,
    CertificatePrinted,
    RenewalInvited,
)
