"""Keys that sign: made on first use, changed, and given up."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import SYSTEM, Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.enums import KEY_MOVES, KeyState
from jiangxin.kernel.credentials.events import SigningKeyAdded, SigningKeyMoved
from jiangxin.kernel.credentials.models import SigningKey
from jiangxin.kernel.credentials.proofs import multikey


class KeyMoveNotAllowed(Refused):
    code = "credentials.key_move_not_allowed"
    text = _("This key is “%(state)s” now, so that cannot be done.")


@opens_transaction
def rotate_key(*, reason: str, actor: Actor, now: datetime) -> SigningKey:
    """Sign with a new key from now on; what the old one signed stays good.

    Raises NotPermitted.
    """
    permissions.check_manage_keys(actor)
    active = _lock_active()
    if active:
        _move(active, KeyState.RETIRED, reason=reason, actor=actor, now=now)
    return _make(actor=actor, now=now)


@opens_transaction
def retire_key(
    *, key_id: int, is_compromised: bool, reason: str, actor: Actor, now: datetime
) -> SigningKey:
    """Let a key sign no more; when it is compromised, what it signed is not good either.

    A key that was retired may turn out compromised later. The next issue makes a new key.
    Raises NotPermitted, NotFound, KeyMoveNotAllowed.
    """
    permissions.check_manage_keys(actor)
    key = SigningKey.objects.select_for_update().filter(pk=key_id).first()
    if key is None:
        raise NotFound
    state = KeyState.COMPROMISED if is_compromised else KeyState.RETIRED
    _move(key, state, reason=reason, actor=actor, now=now)
    return key


def active_key(*, now: datetime) -> SigningKey:
    """Return the key that signs, for reading; made if the last one was given up."""
    found = SigningKey.objects.filter(state=KeyState.ACTIVE).first()
    return found or _make_first(now)


@opens_transaction
def _make_first(now: datetime) -> SigningKey:
    return signing_key(actor=SYSTEM, now=now)


@needs_transaction
def signing_key(*, actor: Actor, now: datetime) -> SigningKey:
    """Return the key to sign with, made if there is none; nobody changes it meanwhile."""
    if active := _lock_active():
        return active
    try:
        with transaction.atomic():
            return _make(actor=actor, now=now)
    except IntegrityError:  # somebody else was first
        active = _lock_active()
        if active is None:
            raise
        return active


def _lock_active() -> SigningKey | None:
    return SigningKey.objects.select_for_update().filter(state=KeyState.ACTIVE).first()


def _make(*, actor: Actor, now: datetime) -> SigningKey:
    private = multikey.new_private()
    key = SigningKey.objects.create(
        public_part=multikey.public_of(private), private_part=private, made_at=now
    )
    event = SigningKeyAdded(key_id=key.pk, public_part=key.public_part)
    record(event, subject=subject("signing_key", key.pk), actor=actor, at=now)
    return key


def _move(
    key: SigningKey, state: KeyState, *, reason: str, actor: Actor, now: datetime
) -> None:
    present = KeyState(key.state)
    if state not in KEY_MOVES[present]:
        raise KeyMoveNotAllowed(state=present.label)
    key.state, key.retired_at, key.reason = state, key.retired_at or now, reason
    key.save(update_fields=["state", "retired_at", "reason"])
    event = SigningKeyMoved(key_id=key.pk, state=state, reason=reason)
    record(event, subject=subject("signing_key", key.pk), actor=actor, at=now)
