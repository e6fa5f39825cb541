"""Public keys by the address that a proof names them with.

`did:key` carries its key in its name. Any other key comes with the file, as a DID
document, a controller document, a JWK set or a single key: nothing is ever fetched.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jiangxin.kernel.credentials.proofs import jose, multikey
from jiangxin.kernel.credentials.proofs.problems import ProofProblem

DID_KEY = "did:key:"
MOST_KEYS = 500


@dataclass(frozen=True)
class PublicKey:
    """controller: whose key it is; "" when the set it came in does not say."""

    jwk: Mapping[str, Any]
    controller: str = ""


@dataclass
class KeyBook:
    """keys: {address: key}. given_up: addresses of keys that anyone may hold."""

    keys: dict[str, PublicKey] = field(default_factory=dict)
    given_up: frozenset[str] = frozenset()

    def find(self, address: str, issuer: str) -> PublicKey | None:
        """Return the key a proof names.

        Raises ProofProblem: `key_given_up`, `key` (of a did:key that holds none).
        """
        if address in self.given_up:
            raise ProofProblem("key_given_up")
        if address.startswith(DID_KEY):
            return _did_key(address)
        found = self.keys.get(address)
        # A key set says its keys by short names; the issuer's is in the file.
        return found or self.keys.get(address.removeprefix(f"{issuer}#"))

    def add(self, source: Mapping[str, Any]) -> int:
        """Add the keys of a document, a set, or one key; return how many.

        Raises ProofProblem `keys`.
        """
        found = dict(_keys_in(source))
        if not found:
            raise ProofProblem("keys")
        if len(self.keys) + len(found) > MOST_KEYS:
            raise ProofProblem("keys", "many")
        self.keys.update(found)
        return len(found)


def of_multikeys(did: str, parts: Iterable[str]) -> dict[str, PublicKey]:
    """Return the keys of an issuer by their addresses."""
    return {
        f"{did}#{part}": PublicKey(jose.public_jwk(multikey.public_bytes(part)), did)
        for part in parts
    }


def _did_key(address: str) -> PublicKey:
    did, _sign, fragment = address.partition("#")
    part = did.removeprefix(DID_KEY)
    if fragment not in {"", part}:
        raise ProofProblem("key", "fragment")
    return PublicKey(jose.public_jwk(multikey.public_bytes(part)), did)


def _keys_in(source: Mapping[str, Any]) -> Iterator[tuple[str, PublicKey]]:
    if isinstance(source.get("keys"), list):
        for jwk in source["keys"]:
            if isinstance(jwk, dict) and isinstance(jwk.get("kid"), str):
                yield jwk["kid"], PublicKey(jwk, _owner(jwk["kid"]))
    elif "kty" in source and isinstance(source.get("kid"), str):
        yield source["kid"], PublicKey(source, _owner(source["kid"]))
    elif "publicKeyMultibase" in source or "publicKeyJwk" in source:
        yield from _method(source, str(source.get("controller", "")))
    elif isinstance(source.get("id"), str):
        yield from _of_document(source, source["id"])


def _owner(address: str) -> str:
    owner, sign, _fragment = address.partition("#")
    return owner if sign else ""


def _of_document(
    source: Mapping[str, Any], owner: str
) -> Iterator[tuple[str, PublicKey]]:
    """Yield the keys that the document's owner makes claims with, and no other."""
    claims = source.get("assertionMethod")
    methods = source.get("verificationMethod")
    if not isinstance(claims, list):
        return
    named = {one for one in claims if isinstance(one, str)}
    for method in methods if isinstance(methods, list) else []:
        if isinstance(method, dict) and method.get("id") in named:
            yield from _method(method, owner)
    for method in claims:
        if isinstance(method, dict):
            yield from _method(method, owner)


def _method(method: Mapping[str, Any], owner: str) -> Iterator[tuple[str, PublicKey]]:
    address = method.get("id")
    if not isinstance(address, str) or method.get("controller", owner) != owner:
        return
    if "revoked" in method:
        return
    jwk = method.get("publicKeyJwk")
    if isinstance(jwk, dict):
        yield address, PublicKey(jwk, owner)
        return
    try:
        raw = multikey.public_bytes(method.get("publicKeyMultibase"))
    except ProofProblem:
        return  # of a kind that is not known here
    yield address, PublicKey(jose.public_jwk(raw), owner)
