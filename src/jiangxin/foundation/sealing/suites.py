"""The ciphers a key may belong to. Both seal and authenticate with a 16-byte tag."""

from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TAG_BYTES = 16
NONCE_BYTES = 12


class Suite(Protocol):
    """One cipher under one key. `decrypt` raises InvalidTag rather than guess."""

    def encrypt(self, nonce: bytes, data: bytes, aad: bytes, /) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, aad: bytes, /) -> bytes: ...


class SM4GCM:
    """The Chinese national cipher (GB/T 32907) in the mode AES uses (RFC 8998)."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = algorithms.SM4(secret)

    def encrypt(self, nonce: bytes, data: bytes, aad: bytes, /) -> bytes:
        encryptor = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(aad)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, aad: bytes, /) -> bytes:
        if len(data) < TAG_BYTES:
            raise InvalidTag
        mode = modes.GCM(nonce, tag=data[-TAG_BYTES:])
        decryptor = Cipher(self._cipher, mode).decryptor()
        decryptor.authenticate_additional_data(aad)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


# Secret lengths in bytes. The names stand in key rings: never renamed.
SECRET_BYTES = {"AES-256-GCM": 32, "SM4-GCM": 16}


def suite(name: str, secret: bytes) -> Suite:
    """Return the cipher called `name` under `secret`, which must be of its length."""
    return AESGCM(secret) if name == "AES-256-GCM" else SM4GCM(secret)
