"""What an issuer publishes so that others can check: its keys, and what became of issues."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxin.kernel.credentials.proofs import jose, multikey, status_list
from jiangxin.kernel.credentials.proofs.badge import CREDENTIALS_CONTEXT
from jiangxin.kernel.credentials.proofs.data_integrity import secure, timestamp

DID_CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")


def did_document(did: str, public_parts: Iterable[str]) -> dict[str, Any]:
    """Return the document that says which keys the issuer signs claims with."""
    methods = [
        {
            "id": f"{did}#{part}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": part,
        }
        for part in public_parts
    ]
    return {
        "@context": list(DID_CONTEXTS),
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_set(did: str, public_parts: Iterable[str]) -> dict[str, Any]:
    """Return the same keys as a JWKS, for readers of tokens."""
    return {
        "keys": [
            {
                **jose.public_jwk(multikey.public_bytes(part)),
                "kid": f"{did}#{part}",
                "use": "sig",
                "alg": jose.SIGNED_WITH,
            }
            for part in public_parts
        ]
    }


def status_credential(
    address: str,
    *,
    purpose: str,
    indexes: Iterable[int],
    size: int,
    issuer: str,
    key: Ed25519PrivateKey,
    method: str,
    now: datetime,
) -> Mapping[str, Any]:
    """Return a status list as a signed credential (BitstringStatusListCredential)."""
    document = {
        "@context": [CREDENTIALS_CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": timestamp(now),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": status_list.encode(indexes, size=size),
        },
    }
    return secure(document, key=key, method=method, created=timestamp(now))
