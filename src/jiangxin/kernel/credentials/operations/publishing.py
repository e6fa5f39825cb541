"""Signing the status lists, which anyone may fetch."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jiangxin.kernel.credentials.federation import federation
from jiangxin.kernel.credentials.operations.keys import active_key
from jiangxin.kernel.credentials.proofs import multikey
from jiangxin.kernel.credentials.proofs.publishing import status_credential
from jiangxin.kernel.credentials.queries import published_list


def sign_status_list(number: str, purpose: str, *, now: datetime) -> Mapping[str, Any]:
    """Return a status list as a signed credential. Raises NotFound."""
    published = published_list(number, purpose)
    key = active_key(now=now)
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
