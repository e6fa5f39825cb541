"""Everything that was issued to a worker as one signed file."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.utils import translation
from django.utils.translation import gettext

from jiangxin.foundation.actor import Actor
from jiangxin.kernel.credentials.federation import OFFICIAL_LANGUAGE, federation
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.operations.certificates import own_certificate
from jiangxin.kernel.credentials.operations.keys import active_key
from jiangxin.kernel.credentials.proofs import multikey
from jiangxin.kernel.credentials.proofs.badge import Issuer
from jiangxin.kernel.credentials.proofs.bundle import (
    MANIFEST,
    Contents,
    manifest,
    pack,
)


def passport_bundle(
    issues: Sequence[IssuedCredential], *, holder: str, actor: Actor, now: datetime
) -> bytes:
    """Return certificates and credential files of issues, listed and signed as a whole.

    Each is signed by itself besides, so that it can be handed on alone.
    """
    files = dict(
        file for issue in issues for file in _of_issue(issue, actor=actor, now=now)
    )
    signed = json.dumps(_manifest(files, holder, now), ensure_ascii=False)
    return pack([(MANIFEST, signed.encode()), *files.items()])


def _of_issue(
    issue: IssuedCredential, *, actor: Actor, now: datetime
) -> Sequence[tuple[str, bytes]]:
    made = own_certificate(issue=issue, actor=actor, now=now)
    return [
        (f"{issue.public_id}.pdf", made),
        (f"{issue.public_id}.json", issue.document.encode()),
    ]


def _manifest(
    files: Mapping[str, bytes], holder: str, now: datetime
) -> Mapping[str, object]:
    issuer, key = federation(), active_key(now=now)
    with translation.override(OFFICIAL_LANGUAGE):
        title = gettext("Skills passport")
    contents = Contents(
        id=f"urn:uuid:{uuid4()}",
        subject=f"urn:uuid:{uuid4()}",
        title=title,
        holder=holder,
        files=files,
    )
    return manifest(
        contents,
        issuer=Issuer(issuer.did, issuer.name, issuer.address),
        key=multikey.private_key(key.private_part),
        method=f"{issuer.did}#{key.public_part}",
        now=now,
    )
