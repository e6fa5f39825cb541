"""Is it a credential at all? What each member may be, without processing JSON-LD.

The meaning of a word in a credential is given by its contexts. Those known here are
named, and their words mean what their publishers say; with any other context a word
could mean anything, so it is refused. Nothing is fetched.

Source: W3C Verifiable Credentials 2.0, section 4; Open Badges 3.0, appendix B.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jiangxin.kernel.credentials.proofs.badge import CREDENTIALS_CONTEXT
from jiangxin.kernel.credentials.proofs.problems import ProofProblem

OLD_CONTEXT = "https://www.w3.org/2018/credentials/v1"
_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/"
KNOWN_CONTEXTS = frozenset(
    {
        CREDENTIALS_CONTEXT,
        OLD_CONTEXT,
        *(f"{_BADGES}context-3.0.{patch}.json" for patch in range(4)),
        f"{_BADGES}context.json",
        f"{_BADGES}extensions.json",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "https://w3id.org/security/data-integrity/v1",
        "https://w3id.org/security/data-integrity/v2",
        "https://w3id.org/security/multikey/v1",
        "https://w3id.org/vc/status-list/2021/v1",
        "https://www.w3.org/ns/credentials/status/v1",
        "https://www.w3.org/ns/credentials/examples/v2",
        "https://www.w3.org/2018/credentials/examples/v1",
    }
)
BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
MOST_OF_A_KIND = 16
LONGEST_ID = 2_000
_MOMENT = re.compile(  # dateTimeStamp of XML Schema: the zone is not left out
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII
)

BEGINS = ("validFrom", "issuanceDate")
ENDS = ("validUntil", "expirationDate")


def check_structure(document: Mapping[str, Any]) -> None:
    """Raise ProofProblem `structure` with the member that is not as it must be."""
    types = types_of(document)
    if "VerifiableCredential" not in types:
        raise ProofProblem("structure", "type")
    issuer_of(document)
    subjects = objects_of(document, "credentialSubject")
    if not subjects:
        raise ProofProblem("structure", "credentialSubject")
    for name in (*BEGINS, *ENDS):
        if name in document:
            moment_of(document, name)
    objects_of(document, "credentialStatus")
    if "id" in document and not _is_id(document["id"]):
        raise ProofProblem("structure", "id")
    if BADGE_TYPES & set(types):
        for subject in subjects:
            _check_achievement(subject.get("achievement"))


def check_contexts(document: Mapping[str, Any]) -> None:
    """Raise ProofProblem: `context_order`, `context_inline`, `context_unknown`."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not 0 < len(contexts) <= MOST_OF_A_KIND:
        raise ProofProblem("context_order")
    if contexts[0] not in (CREDENTIALS_CONTEXT, OLD_CONTEXT):
        raise ProofProblem("context_order", str(contexts[0]))
    for context in contexts:
        if not isinstance(context, str):
            raise ProofProblem("context_inline")
        if context not in KNOWN_CONTEXTS:
            raise ProofProblem("context_unknown", context)
    if BADGE_TYPES & set(types_of(document)) and not any(
        context.startswith(_BADGES) for context in contexts
    ):
        raise ProofProblem("context_order", "badges")


def types_of(document: Mapping[str, Any]) -> list[str]:
    """Return the types of a thing. Raises ProofProblem `structure`."""
    given = document.get("type")
    types = [given] if isinstance(given, str) else given
    if not isinstance(types, list) or not 0 < len(types) <= MOST_OF_A_KIND:
        raise ProofProblem("structure", "type")
    if not all(isinstance(one, str) for one in types):
        raise ProofProblem("structure", "type")
    return types


def issuer_of(document: Mapping[str, Any]) -> str:
    """Return the identifier of who issued. Raises ProofProblem `structure`."""
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not _is_id(found):
        raise ProofProblem("structure", "issuer")
    return str(found)


def objects_of(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return what stands there as a list, empty when nothing does."""
    given = document.get(name, [])
    objects = [given] if isinstance(given, dict) else given
    if not isinstance(objects, list) or len(objects) > MOST_OF_A_KIND:
        raise ProofProblem("structure", name)
    if not all(isinstance(one, dict) and one for one in objects):
        raise ProofProblem("structure", name)
    return objects


def moment_of(document: Mapping[str, Any], name: str) -> datetime:
    """Return a moment with its time zone. Raises ProofProblem `structure`."""
    given = document.get(name)
    if not isinstance(given, str) or not _MOMENT.fullmatch(given):
        raise ProofProblem("structure", name)
    try:
        return datetime.fromisoformat(given)
    except ValueError:
        raise ProofProblem("structure", name) from None


def _check_achievement(achievement: object) -> None:
    if not isinstance(achievement, dict) or not _is_id(achievement.get("id")):
        raise ProofProblem("structure", "achievement")
    if not isinstance(achievement.get("name"), str):
        raise ProofProblem("structure", "achievement.name")
    if not isinstance(achievement.get("criteria"), dict):
        raise ProofProblem("structure", "achievement.criteria")


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and ":" in value
