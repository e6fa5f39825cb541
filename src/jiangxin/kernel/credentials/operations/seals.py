"""The federation's seal on PDF: made on first use, renewed before it ends."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.enums import SealRole
from jiangxin.kernel.credentials.events import SealMade
from jiangxin.kernel.credentials.federation import federation
from jiangxin.kernel.credentials.models import SealCertificate
from jiangxin.kernel.credentials.printing.authority import (
    KeyPair,
    ends_at,
    make_authority,
    make_seal,
)
from jiangxin.kernel.credentials.printing.signing import Seal

# A certificate printed today should be good for a while.
RENEWED_BEFORE_END = timedelta(days=180)


@opens_transaction
def take_seal(*, actor: Actor, now: datetime) -> Seal:
    """Return what signs, for something that changes nothing else."""
    return federation_seal(actor=actor, now=now)


@needs_transaction
def federation_seal(*, actor: Actor, now: datetime) -> Seal:
    """Return what signs, made or renewed if need be."""
    authority = _in_use(SealRole.AUTHORITY, now) or _make_first(
        SealRole.AUTHORITY, actor, now
    )
    seal = _in_use(SealRole.SEAL, now) or _make_first(SealRole.SEAL, actor, now)
    return Seal(
        pair=KeyPair(seal.certificate, seal.private_key),
        authority=authority.certificate,
        name=federation().name,
        at=now,
        timestamp_address=settings.JIANGXIN_TIMESTAMP_ADDRESS,
    )


@opens_transaction
def renew_seal(*, actor: Actor, now: datetime) -> SealCertificate:
    """Sign with a new seal from now on, of the same authority. Raises NotPermitted."""
    permissions.check_manage_keys(actor)
    if _in_use(SealRole.AUTHORITY, now) is None:
        _make_first(SealRole.AUTHORITY, actor, now)
    return _make(SealRole.SEAL, actor, now)


@needs_transaction
def _in_use(role: SealRole, now: datetime) -> SealCertificate | None:
    found = (
        SealCertificate.objects.select_for_update()
        .filter(role=role, retired_at__isnull=True)
        .first()
    )
    if found is None or found.ends_at - now < RENEWED_BEFORE_END:
        return None
    return found


def _make_first(role: SealRole, actor: Actor, now: datetime) -> SealCertificate:
    try:
        with transaction.atomic():
            return _make(role, actor, now)
    except IntegrityError:  # somebody else was first
        made = _in_use(role, now)
        if made is None:
            raise
        return made


def _make(role: SealRole, actor: Actor, now: datetime) -> SealCertificate:
    name = federation().name
    if role is SealRole.AUTHORITY:
        pair = make_authority(name=name, now=now)
    else:
        pair = make_seal(name=name, authority=_authority(), now=now)
    SealCertificate.objects.filter(role=role, retired_at__isnull=True).update(
        retired_at=now
    )
    made = SealCertificate.objects.create(
        role=role,
        certificate=pair.certificate,
        private_key=pair.private_key,
        made_at=now,
        ends_at=ends_at(pair.certificate),
    )
    event = SealMade(seal_id=made.pk, role=role)
    record(event, subject=subject("seal", made.pk), actor=actor, at=now)
    return made


def _authority() -> KeyPair:
    found = SealCertificate.objects.get(
        role=SealRole.AUTHORITY, retired_at__isnull=True
    )
    return KeyPair(found.certificate, found.private_key)
