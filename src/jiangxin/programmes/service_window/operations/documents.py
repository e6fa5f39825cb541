"""The certificate as a document that anyone can check: a signed credential and a PDF.

The window issues its own certificates and nothing else: whoever looks after matters
where the union is may, without the permission to issue credentials of every kind.
"""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.credentials.federation import OFFICIAL_LANGUAGE, federation
from jiangxin.kernel.credentials.models import Credential, IssuedCredential
from jiangxin.kernel.credentials.models.issued import LIVE
from jiangxin.kernel.credentials.operations.issuing import issue_record
from jiangxin.kernel.credentials.operations.seals import take_seal
from jiangxin.kernel.credentials.printing.days import in_words
from jiangxin.kernel.credentials.printing.facts import CertificateFacts, Line, Sheet
from jiangxin.kernel.credentials.printing.making import make
from jiangxin.programmes.service_window.enums import CertificateState
from jiangxin.programmes.service_window.events import DocumentIssued
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.permissions import check_look_after
from jiangxin.programmes.service_window.queries.certificates import (
    certificates_visible_to,
)

LINES = {
    "name": pgettext_lazy("union", "Name"),
    "credit_code": _("Unified social credit code"),
    "legal_representative": _("Legal representative"),
    "domicile": _("Domicile"),
    "authority": _("Registration authority"),
    "approval_number": _("Number of the approval"),
}


class NothingIssued(Refused):
    code = "service_window.nothing_issued"
    text = _("There is no electronic certificate yet. Issue it first.")


class NotInForce(Refused):
    code = "service_window.not_in_force"
    text = _("Only a certificate in force is issued; this one is “%(state)s”.")


@opens_transaction
def issue_document(
    *, certificate_id: int, actor: Actor, now: datetime
) -> IssuedCredential:
    """Issue a certificate that was entered from paper, or before there were documents.

    Issued already, that issue is returned. Raises NotFound, NotPermitted, NotInForce,
    RecordNotInForce (its term is over).
    """
    if not certificates_visible_to(actor).filter(pk=certificate_id).exists():
        raise NotFound
    rows = UnionCertificate.objects.select_for_update(of=("self",))
    certificate = rows.select_related("organisation", "credential").get(
        pk=certificate_id
    )
    check_look_after(actor, certificate.organisation)
    if certificate.state != CertificateState.VALID:
        raise NotInForce(state=certificate.get_state_display())
    known = issue_of(certificate)
    return known or issue_of_certificate(certificate, actor=actor, now=now)


@needs_transaction
def issue_of_certificate(
    certificate: UnionCertificate, *, actor: Actor, now: datetime
) -> IssuedCredential:
    """Issue the credential of a certificate in the place of the one before.

    The earlier one's status follows its record: replaced. Raises RecordNotInForce.
    """
    credential = Credential.objects.select_related("organisation").get(
        pk=certificate.credential_id
    )
    earlier = None
    if certificate.replaces is not None:
        earlier = IssuedCredential.objects.filter(
            credential=certificate.replaces.credential_id, superseded_by=None
        ).last()
    issued = issue_record(credential, supersedes=earlier, actor=actor, now=now)
    event = DocumentIssued(certificate.pk, issued.pk)
    about = subject("organisation", certificate.organisation_id)
    record(event, subject=about, actor=actor, at=now)
    return issued


def issue_of(certificate: UnionCertificate) -> IssuedCredential | None:
    """Return what counts of what was issued of a certificate."""
    return IssuedCredential.objects.filter(
        credential=certificate.credential_id, status__in=LIVE
    ).first()


def certificate_pdf(
    certificate: UnionCertificate, *, actor: Actor, now: datetime
) -> bytes:
    """Return the signed PDF/A, with the credential inside; printed copies are numbered.

    Raises NothingIssued.
    """
    issue = issue_of(certificate)
    if issue is None:
        raise NothingIssued
    facts = certificate_facts(certificate, issue, max(certificate.prints.count(), 1))
    return make(facts, take_seal(actor=actor, now=now))


def certificate_facts(
    certificate: UnionCertificate, issue: IssuedCredential, copy_number: int
) -> CertificateFacts:
    """Return what the paper says, in the language of the state."""
    issuer = federation()
    with translation.override(OFFICIAL_LANGUAGE):
        said = [
            (str(label), getattr(certificate, name)) for name, label in LINES.items()
        ]
        term = pgettext("term", "%(first)s to %(last)s") % {
            "first": in_words(certificate.valid_from),
            "last": in_words(certificate.valid_to),
        }
        heading = str(certificate.get_kind_display())
        lines = [*said, (str(_("Term")), term)]
    return CertificateFacts(
        sheet=Sheet.LEGAL_PERSON,
        heading=heading,
        holder=certificate.name,
        issuer=certificate.authority,
        issued_on=certificate.issued_on,
        address=issuer.verify_url(issue.public_id),
        code=issue.public_id,
        lines=tuple(Line(label, value) for label, value in lines if value),
        number=certificate.number,
        copy_number=copy_number,
        is_demonstration=certificate.is_demonstration or issuer.is_demonstration,
        document=issue.document.encode(),
    )
