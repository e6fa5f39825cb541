"""Printing a certificate: the first copy is the certificate, any other has its reason."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.programmes.service_window.enums import CertificateState
from jiangxin.programmes.service_window.events import CertificatePrinted
from jiangxin.programmes.service_window.models import CertificatePrint, UnionCertificate
from jiangxin.programmes.service_window.permissions import check_look_after
from jiangxin.programmes.service_window.queries.certificates import (
    certificates_visible_to,
)


class ReprintWithoutReason(Refused):
    code = "service_window.reprint_without_reason"
    text = _("It was printed already. Say why it is printed again.")


class NotPrintable(Refused):
    code = "service_window.not_printable"
    text = _("Only the certificate in force is printed; this one is “%(state)s”.")


@opens_transaction
def print_certificate(
    *, certificate_id: int, copies: int, reason: str, actor: Actor, now: datetime
) -> CertificatePrint:
    """Count a copy. copies: how many the page showed; sent twice it is counted once.

    Raises NotFound, NotPermitted, NotPrintable, ReprintWithoutReason.
    """
    if not certificates_visible_to(actor).filter(pk=certificate_id).exists():
        raise NotFound
    rows = UnionCertificate.objects.select_for_update(of=("self",))
    certificate = rows.select_related("organisation").get(pk=certificate_id)
    check_look_after(actor, certificate.organisation)
    known = certificate.prints.filter(sequence=copies + 1).first()
    if known is not None and known.printed_by == actor.account_id:
        return known
    if certificate.state != CertificateState.VALID:
        raise NotPrintable(state=certificate.get_state_display())
    number = certificate.prints.count() + 1
    reason = reason.strip()
    if number > 1 and not reason:
        raise ReprintWithoutReason
    made = CertificatePrint.objects.create(
        certificate=certificate,
        sequence=number,
        reason=reason if number > 1 else "",
        printed_at=now,
        printed_by=actor.account_id,
        printed_by_label=actor.label,
    )
    about = subject("organisation", certificate.organisation_id)
    event = CertificatePrinted(certificate.pk, number)
    record(event, subject=about, actor=actor, at=now)
    return made
