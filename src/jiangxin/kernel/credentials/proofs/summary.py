"""What a credential says, in the few words that a reader of a report needs."""

from collections.abc import Mapping
from typing import Any

from jiangxin.kernel.credentials.proofs.structure import issuer_of, objects_of

LONGEST_TEXT = 200
MOST_ACHIEVEMENTS = 5


def summary(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of whom; of a document whose structure was checked.

    Every text is shortened, and is what the file says: no more than that is known of it
    before its signature is.
    """
    issuer = document.get("issuer")
    name = issuer.get("name") if isinstance(issuer, dict) else None
    subjects = objects_of(document, "credentialSubject")[:MOST_ACHIEVEMENTS]
    achievements = [_dictionary(one.get("achievement")) for one in subjects]
    return {
        "id": _text(document.get("id")),
        "name": _text(document.get("name")),
        "issuer": issuer_of(document)[:LONGEST_TEXT],
        "issuer_name": _text(name),
        "holders": [text for one in subjects for text in _holders(one)],
        "achievements": [
            text for one in achievements if (text := _text(one.get("name")))
        ],
        "results": [text for one in subjects for text in _results(one)],
        "numbers": [
            text for one in subjects if (text := _text(one.get("licenseNumber")))
        ],
        "valid_from": _text(document.get("validFrom", document.get("issuanceDate"))),
        "valid_until": _text(
            document.get("validUntil", document.get("expirationDate"))
        ),
    }


def _holders(subject: Mapping[str, Any]) -> list[str]:
    names = [
        _text(subject.get("name")),
        *(
            _text(one.get("identityHash"))
            for one in _dictionaries(subject.get("identifier"))
            if one.get("identityType") == "name" and one.get("hashed") is False
        ),
    ]
    return [name for name in names if name]


def _results(subject: Mapping[str, Any]) -> list[str]:
    results = _dictionaries(subject.get("result"))
    return [text for one in results if (text := _text(one.get("value")))]


def _text(value: object) -> str:
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def _dictionary(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dictionaries(value: object) -> list[dict[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values[:MOST_ACHIEVEMENTS] if isinstance(one, dict)]
