"""Inviting unions to elect and renew: 90, 60 and 30 days before their term ends."""

from collections.abc import Collection
from datetime import datetime

from jiangxin.foundation.actor import SYSTEM, Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import RoleGrant
from jiangxin.kernel.notices.operations.telling import tell_account
from jiangxin.programmes.service_window.enums import CertificateState
from jiangxin.programmes.service_window.events import RenewalInvited
from jiangxin.programmes.service_window.models import (
    RenewalInvitation,
    UnionCertificate,
)
from jiangxin.programmes.service_window.permissions import can_look_after
from jiangxin.programmes.service_window.queries.certificates import to_invite
from jiangxin.programmes.service_window.rules import invitation_due
from jiangxin.programmes.service_window.telling import RENEWAL


def invite_all(now: datetime) -> int:
    """Invite every union that is due, one transaction each; return how many were."""
    due = to_invite(UnionCertificate.objects.all(), today(now))
    ids = list(due.order_by("valid_to", "pk").values_list("pk", flat=True))
    return sum(invite(certificate_ids=[pk], actor=SYSTEM, now=now) for pk in ids)


@opens_transaction
def invite(*, certificate_ids: Collection[int], actor: Actor, now: datetime) -> int:
    """Invite the unions of these certificates; return how many were invited now.

    Those of other places, those not due and those invited already are left out.
    """
    rows = UnionCertificate.objects.select_for_update(of=("self",))
    chosen = rows.select_related("organisation").filter(
        pk__in=certificate_ids, state=CertificateState.VALID
    )
    mine = [
        one for one in chosen.order_by("pk") if can_look_after(actor, one.organisation)
    ]
    return sum(_invite(one, actor, now) for one in mine)


@needs_transaction
def _invite(certificate: UnionCertificate, actor: Actor, now: datetime) -> bool:
    days = invitation_due(certificate.valid_to, today(now))
    if days is None:
        return False
    there = certificate.invitations.filter(days_before__lte=days)
    if there.exists():
        return False
    RenewalInvitation.objects.create(
        certificate=certificate,
        days_before=days,
        invited_at=now,
        invited_by=actor.account_id,
        invited_by_label=actor.label,
    )
    for account_id in _clerks_of(certificate.organisation.code, now):
        tell_account(
            RENEWAL,
            account_id=account_id,
            subject=subject("union_certificate", certificate.pk),
            key=str(days),
            facts={"valid_to": certificate.valid_to},
            now=now,
        )
    about = subject("organisation", certificate.organisation_id)
    event = RenewalInvited(certificate.pk, days)
    record(event, subject=about, actor=actor, at=now)
    return True


def _clerks_of(organisation_code: str, now: datetime) -> list[int]:
    grants = RoleGrant.objects.in_force(today(now)).filter(
        role=Role.UNION_CLERK,
        organisation_code=organisation_code,
        account__is_active=True,
    )
    return sorted(set(grants.values_list("account_id", flat=True)))
