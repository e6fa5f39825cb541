"""Making the certificate of an issue: counted, and from the second on with a reason."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import FEDERATION_ZONE
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.credentials.enums import IssueStatus
from jiangxin.kernel.credentials.federation import federation
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.operations.moving import count_prints
from jiangxin.kernel.credentials.operations.seals import federation_seal, take_seal
from jiangxin.kernel.credentials.printing.facts import CertificateFacts
from jiangxin.kernel.credentials.printing.signing import Seal, sign
from jiangxin.kernel.credentials.printing.typesetting import render
from jiangxin.kernel.credentials.printing.wording import Issue, certificate_of
from jiangxin.kernel.credentials.queries import get_issue


class NotCounting(Refused):
    code = "credentials.issue_not_counting"
    text = _("This issue is “%(status)s”, so no certificate is made of it.")


class ReprintNeedsReason(Refused):
    code = "credentials.reprint_needs_reason"
    text = _("This certificate was made before. Say why another is needed.")


def print_certificate(
    *, issue_id: int, reason: str = "", actor: Actor, now: datetime
) -> bytes:
    """Return the signed certificate to hand out; it is counted before it is made.

    Raises NotFound, NotPermitted, NotCounting, ReprintNeedsReason.
    """
    issue, seal = _count_print(issue_id, reason.strip(), actor, now)
    return sign(render(certificate_facts(issue, copy_number=issue.prints)), seal)


@opens_transaction
def _count_print(
    issue_id: int, reason: str, actor: Actor, now: datetime
) -> tuple[IssuedCredential, Seal]:
    issue = get_issue(issue_id, visible_to=actor)
    if issue.status != IssueStatus.VALID:
        raise NotCounting(status=issue.get_status_display())
    if issue.prints and not reason:
        raise ReprintNeedsReason
    count_prints(issue_ids=[issue.pk], reason=reason, actor=actor, now=now)
    issue.refresh_from_db(fields=["prints"])
    return issue, federation_seal(actor=actor, now=now)


def own_certificate(*, issue: IssuedCredential, actor: Actor, now: datetime) -> bytes:
    """Return the signed certificate for its holder, whose copies nobody counts."""
    return sign(render(certificate_facts(issue)), take_seal(actor=actor, now=now))


def certificate_facts(
    issue: IssuedCredential, *, copy_number: int = 1
) -> CertificateFacts:
    """Return what the certificate of an issue says."""
    issuer = federation()
    return certificate_of(
        Issue(
            document=issue.document,
            kind=issue.credential.kind,
            address=issuer.verify_url(issue.public_id),
            code=issue.public_id,
            issued_at=issue.issued_at,
            zone=FEDERATION_ZONE,
            is_of_organisation=issue.credential.organisation_id is not None,
            is_demonstration=issuer.is_demonstration,
            copy_number=copy_number,
        )
    )
