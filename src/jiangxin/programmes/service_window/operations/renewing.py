"""Beginning the renewal of a certificate: what it says is filled in already."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    begin_matter,
    save_draft,
)
from jiangxin.programmes.service_window.enums import CertificateKind, CertificateState
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.permissions import can_look_after
from jiangxin.programmes.service_window.queries.certificates import get_certificate
from jiangxin.programmes.service_window.registry import RENEWAL
from jiangxin.programmes.service_window.rules import years_of


class NotRenewable(Refused):
    code = "service_window.not_renewable"
    text = _("Only the legal-person certificate in force is renewed; this is another.")


def begin_renewal(
    *, certificate_id: int, token: UUID, actor: Actor, now: datetime
) -> Matter:
    """Begin the application of the union, or of the window for it; return the draft.

    The same form sent again gives the same draft, with what was typed into it since.
    Raises NotFound, NotRenewable, and what beginning a matter raises.
    """
    certificate = get_certificate(certificate_id, visible_to=actor)
    if not is_renewable(certificate):
        raise NotRenewable
    is_window = can_look_after(actor, certificate.organisation)
    begun = Begun(
        RENEWAL,
        token,
        Channel.WINDOW if is_window else Channel.ONLINE,
        organisation_id=certificate.organisation_id,
    )
    matter = begin_matter(begun, actor=actor, now=now)
    known = matter.answers
    answers = {
        key: text
        for key, text in prefilled(certificate).items()
        if not known.get(key, "")
    }
    return save_draft(matter_id=matter.pk, answers=answers, actor=actor, now=now)


def is_renewable(certificate: UnionCertificate) -> bool:
    return (
        certificate.kind == CertificateKind.LEGAL_PERSON
        and certificate.state == CertificateState.VALID
    )


def prefilled(certificate: UnionCertificate) -> dict[str, str]:
    """Return the answers that follow from the certificate, all of them to be looked at.

    The next term begins where this one ends, and is as long. The number of the approval
    is not among them: there is none before the election.
    """
    years = years_of(certificate.valid_from, certificate.valid_to)
    return {
        "legal_representative": certificate.legal_representative,
        "domicile": certificate.domicile,
        "term_from": (certificate.valid_to + timedelta(days=1)).isoformat(),
        "term_years": str(years) if years else "",
    }
