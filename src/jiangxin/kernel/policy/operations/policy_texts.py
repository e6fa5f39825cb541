"""Keeping what every version of a policy said, so that it can always be shown."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.policy.models import PolicyText
from jiangxin.kernel.policy.rules.tree import Policy


@needs_transaction
def keep_texts(policies: Sequence[Policy], *, now: datetime) -> dict[str, PolicyText]:
    """Keep each policy's text unless it is kept already; return them by code.

    Two texts share a version when they differ only in remarks or worked cases; both are
    kept, told apart by their digest.
    """
    digests = {one.code: sha256(one.text.encode()).hexdigest() for one in policies}
    known = PolicyText.objects.filter(digest__in=digests.values())
    kept = {(one.code, one.version, one.digest): one for one in known}
    texts = {}
    for one in policies:
        key = (one.code, one.version, digests[one.code])
        if key not in kept:
            kept[key], _is_new = PolicyText.objects.get_or_create(
                code=one.code,
                version=one.version,
                digest=digests[one.code],
                defaults={"text": one.text, "seen_at": now},
            )
        texts[one.code] = kept[key]
    return texts
