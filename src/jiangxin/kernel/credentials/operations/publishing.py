"""Signing the status lists, which anyone may fetch."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.db import opens_transaction
from jiangxin.kernel.credentials.enums import KeyState
from jiangxin.kernel.credentials.federation import federation
from jiangxin.kernel.credentials.models import SigningKey
from jiangxin.kernel.credentials.operations.keys import signing_key
from jiangxin.kernel.credentials.proofs import multikey
from jiangxin.kernel.credentials.proofs.publishing import status_credential
from jiangxin.kernel.credentials.queries import published_list


def sign_status_list(number: str, purpose: str, *, now: datetime) -> Mapping[str, Any]:
    """Return a status list as a signed credential. Raises NotFound."""
    published = published_list(number, purpose)
    active = SigningKey.objects.filter(state=KeyState.ACTIVE).first()
    key = active or _make_key(now)
    ours = federation()
    return status_credential(
        ours.status_url(number, purpose),
        purpose=purpose,
        indexes=published.indexes,
        size=published.size,
        issuer=ours.did,
        key=multikey.private_key(key.private_part),
        method=f"{ours.did}#{key.public_part}",
        now=now,
    )


@opens_transaction
def _make_key(now: datetime) -> SigningKey:
    """The last key was given up, and nothing was issued since."""
    return signing_key(actor=SYSTEM, now=now)
