"""Credentials as signed tokens: VC-JWT of Open Badges 3.0, and keys as JWK.

Only signatures with public keys are known here, each with its own kind of key: neither
`none`, nor a text that was made with the public key as a shared secret, can pass.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from jiangxin.kernel.credentials.proofs import multibase, multikey
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.strict_json import LARGEST_JSON, read_object

LONGEST_TOKEN = LARGEST_JSON * 3 // 2
LONGEST_HEADER = 10_000
SIGNED_WITH = "EdDSA"  # what verifiers of Open Badges know, though RFC 9864 renames it
TOKEN_TYPES = frozenset({None, "JWT", "vc+jwt", "vc+ld+jwt"})

# {algorithm: (kty, crv)}: a signature counts only with a key of its own kind.
ALGORITHMS: Mapping[str, tuple[str, str | None]] = {
    "EdDSA": ("OKP", "Ed25519"),
    "Ed25519": ("OKP", "Ed25519"),
    "ES256": ("EC", "P-256"),
    "RS256": ("RSA", None),
}
SMALLEST_RSA, LARGEST_RSA = 2_048, 4_096  # bits


@dataclass(frozen=True)
class Token:
    """A token that is well-formed; nothing is said yet about its signature."""

    text: str
    header: dict[str, Any]
    payload: dict[str, Any]


def sign_token(
    document: Mapping[str, Any], *, key: Ed25519PrivateKey, method: str
) -> str:
    """Return the document, which has no proof inside, as a VC-JWT.

    The registered claims repeat what the document says, for readers that know no other.
    """
    claims: dict[str, Any] = {
        **document,
        "iss": _id_of(document["issuer"]),
        "sub": document["credentialSubject"]["id"],
        "jti": document["id"],
        "nbf": _seconds(document["validFrom"]),
    }
    if "validUntil" in document:
        claims["exp"] = _seconds(document["validUntil"])
    header = {"alg": SIGNED_WITH, "typ": "JWT", "kid": method}
    signed = f"{_encoded(_json(header))}.{_encoded(_json(claims))}"
    return f"{signed}.{_encoded(key.sign(signed.encode()))}"


def read_token(data: bytes) -> Token:
    """Return what a token says.

    Raises ProofProblem: `token_form`, `token_large`, `token_header`, `algorithm` (one
    that is not known here, `none` among them), and those of `read_object`.
    """
    if len(data) > LONGEST_TOKEN:
        raise ProofProblem("token_large", str(len(data)))
    try:
        text = data.decode("ascii").strip()
        header_text, payload_text, _signature = text.split(".")
    except ValueError:
        raise ProofProblem("token_form") from None
    if len(header_text) > LONGEST_HEADER:
        raise ProofProblem("token_large", "header")
    header = read_object(_part(header_text))
    payload = read_object(_part(payload_text))
    _part(_signature)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise ProofProblem("algorithm", str(algorithm)[:40])
    # Of an extension that must be understood, none is; an embedded payload is one.
    if "crit" in header or "b64" in header or header.get("typ") not in TOKEN_TYPES:
        raise ProofProblem("token_header")
    return Token(text, header, payload)


def check_token(token: Token, jwk: Mapping[str, Any]) -> None:
    """Check that the token was signed with the key. Raises ProofProblem `key`, `signature`."""
    algorithm = token.header["alg"]
    kty, crv = ALGORITHMS[algorithm]
    if jwk.get("kty") != kty or (crv is not None and jwk.get("crv") != crv):
        raise ProofProblem("key", "another kind")
    if kty == "OKP":
        # Not by the library, which warns of the name that verifiers of badges know.
        signed, _dot, signature = token.text.rpartition(".")
        if not multikey.is_signed(
            _part(signature), signed.encode(), key=ed25519_of(jwk)
        ):
            raise ProofProblem("signature")
        return
    try:
        key = _public_key(kty, jwk)
        jws.deserialize_compact(token.text, key, algorithms=[algorithm])
    except ProofProblem:
        raise
    except (JoseError, ValueError, TypeError, KeyError):
        raise ProofProblem("signature") from None


def public_jwk(raw: bytes) -> dict[str, str]:
    """Return the JWK of the 32 bytes of an Ed25519 public key."""
    return {"kty": "OKP", "crv": "Ed25519", "x": _encoded(raw)}


def ed25519_of(jwk: Mapping[str, Any]) -> bytes:
    """Return the bytes of an Ed25519 JWK. Raises ProofProblem `key`."""
    x = jwk.get("x")
    if (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519") or not isinstance(x, str):
        raise ProofProblem("key", "not Ed25519")
    raw = multibase.decode("u" + x)
    multikey.checked_public(raw)
    return raw


def _public_key(kty: str, jwk: Mapping[str, Any]) -> ECKey | RSAKey:
    """Import the public members of a key alone, of a size that is quick to check."""
    names = ("kty", "crv", "x", "y") if kty == "EC" else ("kty", "n", "e")
    public = {name: jwk[name] for name in names}
    if not all(isinstance(value, str) for value in public.values()):
        raise ProofProblem("key")
    if kty == "EC":
        return ECKey.import_key(public)
    bits = int.from_bytes(multibase.decode("u" + public["n"]), "big").bit_length()
    exponent = int.from_bytes(multibase.decode("u" + public["e"]), "big")
    if not SMALLEST_RSA <= bits <= LARGEST_RSA or exponent >= 1 << 32:
        raise ProofProblem("key", "size")
    return RSAKey.import_key(public)


def _part(text: str) -> bytes:
    try:
        return multibase.decode_base64url(text)
    except ProofProblem:
        raise ProofProblem("token_form") from None


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _encoded(data: bytes) -> str:
    return multibase.encode_base64url(data)[1:]


def _id_of(value: Any) -> str:
    return str(value["id"] if isinstance(value, dict) else value)


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).astimezone(UTC).timestamp())
