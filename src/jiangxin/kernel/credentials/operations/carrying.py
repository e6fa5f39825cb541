"""An issue in the forms in which credentials are carried: text, token, picture."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.credentials.enums import KeyState
from jiangxin.kernel.credentials.federation import federation
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.operations.keys import active_key
from jiangxin.kernel.credentials.printing.badges import (
    BadgeFacts,
    badge_png,
    badge_svg,
)
from jiangxin.kernel.credentials.proofs import images, multikey
from jiangxin.kernel.credentials.proofs.jose import sign_token


@dataclass(frozen=True)
class CarriedFile:
    content: bytes
    kind: str
    name: str


def carried(issue: IssuedCredential, form: str, *, now: datetime) -> CarriedFile:
    """Return an issue as a file. form: json, jwt, png or svg. Raises NotFound.

    The token is signed when it is asked for: with the key of the issue while that key
    signs, later with the one that does.
    """
    if form not in _FORMS:
        raise NotFound
    kind, make = _FORMS[form]
    name = f"credential-{issue.public_id}.{form}"
    return CarriedFile(make(issue, now), kind, name)


def token_of(issue: IssuedCredential, *, now: datetime) -> str:
    """Return an issue as a VC-JWT."""
    document = _document(issue)
    document.pop("proof")
    is_in_use = issue.key.state == KeyState.ACTIVE
    key = issue.key if is_in_use else active_key(now=now)
    return sign_token(
        document,
        key=multikey.private_key(key.private_part),
        method=f"{issue.issuer}#{key.public_part}",
    )


def _json(issue: IssuedCredential, _now: datetime) -> bytes:
    return issue.document.encode()


def _token(issue: IssuedCredential, now: datetime) -> bytes:
    return token_of(issue, now=now).encode()


def _png(issue: IssuedCredential, _now: datetime) -> bytes:
    return images.bake_png(badge_png(_facts(issue)), issue.document)


def _svg(issue: IssuedCredential, _now: datetime) -> bytes:
    picture = badge_svg(_facts(issue))
    return images.bake_svg(picture, issue.document, is_token=False).encode()


_FORMS: Mapping[str, tuple[str, Callable[[IssuedCredential, datetime], bytes]]] = {
    "json": ("application/vc+json", _json),
    "jwt": ("application/vc+jwt", _token),
    "png": ("image/png", _png),
    "svg": ("image/svg+xml", _svg),
}


def _document(issue: IssuedCredential) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(issue.document)
    return document


def _facts(issue: IssuedCredential) -> BadgeFacts:
    """What the document says, whatever became of the record since."""
    document = _document(issue)
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    grades = [result["value"] for result in subject.get("result", [])]
    trades = [trade] if (trade := achievement.get("fieldOfStudy")) else []
    return BadgeFacts(
        title=achievement["name"],
        grade=" · ".join(grades + trades),
        issuer=achievement["creator"]["name"],
        issued_on=today(issue.issued_at),
        is_demonstration=federation().is_demonstration,
    )
