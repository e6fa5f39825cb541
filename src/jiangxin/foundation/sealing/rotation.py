"""Changing the key: a new one seals, all is sealed anew, the old one goes."""

from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.operations import start
from jiangxin.foundation.parts import brought
from jiangxin.foundation.sealing import ring
from jiangxin.foundation.sealing.events import KeyAdded, KeyRetired
from jiangxin.foundation.sealing.files import SealedFiles, key_of_file
from jiangxin.foundation.sealing.jobs import RESEAL_ALL
from jiangxin.foundation.sealing.resealing import count_by_key, sealed_fields
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record

# Longer than any transaction of ours, whose values may be sealed with the key before.
REST = timedelta(hours=1)


class KeyUnknown(Refused):
    code = "sealing.key_unknown"
    text = _("There is no key %(key_id)s on the ring.")


class KeyActive(Refused):
    code = "sealing.key_active"
    text = _("Key %(key_id)s seals new values. Add another key before it can go.")


class KeyUsed(Refused):
    code = "sealing.key_used"
    text = _(
        "Key %(key_id)s still seals %(values)s values and %(files)s files, which would "
        "be lost with it. Wait until they are sealed anew, or start that once more."
    )


class KeyTooFresh(Refused):
    code = "sealing.key_too_fresh"
    text = _(
        "The active key is less than an hour old, so work that began before may still "
        "write values of key %(key_id)s. Try again later, or stop the platform first."
    )


def rotate(*, suite_name: str, actor: Actor, now: datetime) -> tuple[int, Job]:
    """Add a key, make it the active one, and begin to seal everything anew with it.

    Returns the key's id and the job. Raises KeyRingProblem when the ring is full.
    """
    ring.current()  # made, if this is its first use
    key_id = ring.add_key(settings.JIANGXIN_KEY_RING, suite_name, now=now)
    with transaction.atomic():
        event = KeyAdded(key_id, suite_name)
        record(event, subject=subject("key", key_id), actor=actor, at=now)
        return key_id, start(RESEAL_ALL, {}, actor=actor, now=now)


def retire(
    key_id: int, *, actor: Actor, now: datetime, is_platform_stopped: bool = False
) -> None:
    """Take a key off the ring that nothing is sealed with any more.

    is_platform_stopped: no other process can write now.
    Raises KeyUnknown, KeyActive, KeyTooFresh, KeyUsed. Old backups need the old ring.
    """
    ring.forget()
    keys = ring.current()
    if key_id not in keys.keys:
        raise KeyUnknown(key_id=key_id)
    if key_id == keys.active.id:
        raise KeyActive(key_id=key_id)
    since = keys.active.added_at
    if not is_platform_stopped and since is not None and now - since < REST:
        raise KeyTooFresh(key_id=key_id)
    values, files = values_by_key()[key_id], files_by_key()[key_id]
    if values or files:
        raise KeyUsed(key_id=key_id, values=values, files=files)
    with transaction.atomic():
        record(KeyRetired(key_id), subject=subject("key", key_id), actor=actor, at=now)
        ring.drop_key(settings.JIANGXIN_KEY_RING, key_id)


def values_by_key() -> Counter[int]:
    """Return how many stored values are sealed with each key."""
    counts: Counter[int] = Counter()
    for field in sealed_fields():
        counts.update(count_by_key(field))
    return counts


def files_by_key() -> Counter[int]:
    """Return how many files are sealed with each key."""
    files = (path for kept in brought(SealedFiles) for path, _purpose in kept.files())
    return Counter(key for path in files if (key := key_of_file(path)) is not None)
