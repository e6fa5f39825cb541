"""A claim as an Open Badges 3.0 credential, which is a W3C credential of version 2.0.

What it shows is all that a certificate on paper shows: name, achievement, grade, number,
issuer and days. No identity number and no phone, hashed or not: there are few enough of
either that anyone could try them all against a hash whose salt is beside it.

Source: 1EdTech Open Badges 3.0, data model; W3C Verifiable Credentials 2.0.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from jiangxin.kernel.credentials.proofs.canonical import canonical
from jiangxin.kernel.credentials.proofs.data_integrity import timestamp

CREDENTIALS_CONTEXT = "https://www.w3.org/ns/credentials/v2"
BADGES_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXTS = (CREDENTIALS_CONTEXT, BADGES_CONTEXT)

REVOCATION, SUSPENSION = "revocation", "suspension"


@dataclass(frozen=True)
class Claim:
    """What is said of whom, in the words that are shown.

    grades: all grades of the ladder, lowest first. valid_until: the first moment at
    which it no longer counts.
    """

    holder: str
    kind: str
    title: str
    grade: str
    grades: tuple[str, ...]
    occupation: str
    number: str
    awarded_by: str
    awarded_on: date | None
    valid_from: datetime
    valid_until: datetime | None

    def digest(self) -> str:
        """Return what two claims share that say the same."""
        return sha256(
            canonical(json.loads(json.dumps(asdict(self), default=str)))
        ).hexdigest()


@dataclass(frozen=True)
class Issuer:
    """Who vouches for the claim. description: what a reader should know of them."""

    did: str
    name: str
    url: str
    description: str = ""


@dataclass(frozen=True)
class StatusPlace:
    """Where it is published whether the claim still holds.

    lists: {purpose: address of the list}.
    """

    index: int
    lists: Mapping[str, str]


@dataclass(frozen=True)
class Wording:
    """The fixed words of a document. criteria: on what ground it is issued."""

    criteria: str
    grade: str
    language: str


def badge(
    claim: Claim,
    *,
    id: str,  # noqa: A002 -- as the standard calls it
    subject: str,
    issuer: Issuer,
    status: StatusPlace,
    words: Wording,
) -> dict[str, Any]:
    """Return the credential, not yet signed.

    id: the address at which it is verified. subject: an identifier of the holder for
    this one document, so that two documents do not lead from one to the other.
    """
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": claim.title,
        "issuer": _profile(issuer),
        "validFrom": timestamp(claim.valid_from),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": claim.holder,
                    "identityType": "name",
                }
            ],
            **_number(claim),
            "achievement": _achievement(claim, issuer, words, id),
            **_result(claim, id),
        },
        "credentialStatus": [
            {
                "id": f"{address}#{status.index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(status.index),
                "statusListCredential": address,
            }
            for purpose, address in status.lists.items()
        ],
    }
    if claim.valid_until is not None:
        document["validUntil"] = timestamp(claim.valid_until)
    if claim.awarded_on is not None:
        midnight = datetime.combine(claim.awarded_on, datetime.min.time(), UTC)
        document["awardedDate"] = timestamp(midnight)
    return document


def _profile(issuer: Issuer) -> dict[str, Any]:
    profile: dict[str, Any] = {
        "id": issuer.did,
        "type": ["Profile"],
        "name": issuer.name,
        "url": issuer.url,
    }
    if issuer.description:
        profile["description"] = issuer.description
    return profile


def _achievement(
    claim: Claim, issuer: Issuer, words: Wording, document_id: str
) -> dict[str, Any]:
    by_itself = claim.awarded_by in {"", issuer.name}
    achievement: dict[str, Any] = {
        "id": f"{document_id}#achievement",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": claim.title,
        "description": claim.kind,
        "inLanguage": words.language,
        "criteria": {"narrative": words.criteria},
        "creator": _profile(issuer)
        if by_itself
        else {
            "id": f"urn:uuid:{uuid5(NAMESPACE_URL, claim.awarded_by)}",
            "type": ["Profile"],
            "name": claim.awarded_by,
        },
    }
    if claim.occupation:
        achievement["fieldOfStudy"] = claim.occupation
    if claim.grade:
        achievement["resultDescription"] = [
            {
                "id": f"{document_id}#grade",
                "type": ["ResultDescription"],
                "name": words.grade,
                "resultType": "PerformanceLevel",
                "allowedValue": list(claim.grades),
            }
        ]
    return achievement


def _number(claim: Claim) -> dict[str, Any]:
    return {"licenseNumber": claim.number} if claim.number else {}


def _result(claim: Claim, document_id: str) -> dict[str, Any]:
    if not claim.grade:
        return {}
    result = {
        "type": ["Result"],
        "resultDescription": f"{document_id}#grade",
        "value": claim.grade,
    }
    return {"result": [result]}
