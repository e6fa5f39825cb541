"""Ed25519 keys as the texts that documents name them by (W3C Multikey)."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from jiangxin.kernel.credentials.proofs import multibase
from jiangxin.kernel.credentials.proofs.problems import ProofProblem

# Multicodec prefixes, as unsigned varints.
ED25519_PUBLIC = b"\xed\x01"
ED25519_PRIVATE = b"\x80\x26"
KEY_BYTES = 32

# Points of small order: under such a key one signature fits many documents (RFC 8032
# leaves it to the caller to refuse them). With the sign bit cleared.
_ORDER_8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
_ORDER_8_TOO = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
_FIELD = 2**255 - 19
_SMALL_ORDER = frozenset(
    {
        *(number.to_bytes(KEY_BYTES, "little") for number in (0, 1, _FIELD - 1)),
        *(number.to_bytes(KEY_BYTES, "little") for number in (_FIELD, _FIELD + 1)),
        bytes.fromhex(_ORDER_8),
        bytes.fromhex(_ORDER_8_TOO),
    }
)


def new_private() -> str:
    """Return the multikey of a new private key."""
    raw = Ed25519PrivateKey.generate().private_bytes_raw()
    return multibase.encode_base58(ED25519_PRIVATE + raw)


def private_key(text: str) -> Ed25519PrivateKey:
    """Return the key of a private multikey. Raises ProofProblem `key`."""
    return Ed25519PrivateKey.from_private_bytes(_raw(text, ED25519_PRIVATE))


def public_of(private: str) -> str:
    """Return the public multikey that belongs to a private one."""
    raw = private_key(private).public_key().public_bytes_raw()
    return multibase.encode_base58(ED25519_PUBLIC + raw)


def of_public(raw: bytes) -> str:
    """Return the multikey of a public key's 32 bytes. Raises ProofProblem `key`."""
    checked_public(raw)
    return multibase.encode_base58(ED25519_PUBLIC + raw)


def public_bytes(text: object) -> bytes:
    """Return the 32 bytes of a public multikey. Raises ProofProblem `key`."""
    raw = _raw(text, ED25519_PUBLIC)
    checked_public(raw)
    return raw


def is_signed(signature: bytes, data: bytes, *, key: bytes) -> bool:
    """Return whether `data` was signed with the private part of `key` (32 bytes)."""
    try:
        checked_public(key).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def checked_public(raw: bytes) -> Ed25519PublicKey:
    """Return the key of 32 bytes. Raises ProofProblem `key`."""
    if len(raw) != KEY_BYTES:
        raise ProofProblem("key", "length")
    if raw[:-1] + bytes([raw[-1] & 0x7F]) in _SMALL_ORDER:
        raise ProofProblem("key", "small order")
    try:
        return Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        raise ProofProblem("key") from None


def _raw(text: object, prefix: bytes) -> bytes:
    try:
        data = multibase.decode(text)
    except ProofProblem:
        raise ProofProblem("key", "multibase") from None
    if not data.startswith(prefix) or len(data) != len(prefix) + KEY_BYTES:
        raise ProofProblem("key", "not Ed25519")
    return data[len(prefix) :]
