"""Bytes as text: base58btc (multibase `z`) and base64url (multibase `u`).

Source: W3C Controlled Identifiers 1.0, section 2.4.
"""

import base64
import binascii

from jiangxin.kernel.credentials.proofs.problems import ProofProblem

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}

# Decoding takes time that grows with the square of the length; keys and signatures of
# the longest kind we know are far below.
LONGEST_TEXT = 1_000


def encode_base58(data: bytes) -> str:
    """Return multibase text: `z`, then base58 with the bitcoin alphabet."""
    number = int.from_bytes(data, "big")
    digits = []
    while number:
        number, rest = divmod(number, 58)
        digits.append(_ALPHABET[rest])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + _ALPHABET[0] * zeros + "".join(reversed(digits))


def encode_base64url(data: bytes) -> str:
    """Return multibase text: `u`, then base64 with the URL alphabet and no padding."""
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: object, *, longest: int = LONGEST_TEXT) -> bytes:
    """Return the bytes of multibase text. Raises ProofProblem `multibase`."""
    if not isinstance(text, str) or not text or len(text) > longest:
        raise ProofProblem("multibase")
    if text[0] == "z":
        return _decode_base58(text[1:])
    if text[0] == "u":
        return decode_base64url(text[1:])
    raise ProofProblem("multibase", text[0])


def decode_base64url(text: str) -> bytes:
    """Return the bytes of unpadded base64url, of which each has one spelling only."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ProofProblem("multibase") from None
    if encode_base64url(data)[1:] != text:
        raise ProofProblem("multibase")
    return data


def _decode_base58(text: str) -> bytes:
    number = 0
    for character in text:
        if character not in _VALUES:
            raise ProofProblem("multibase")
        number = number * 58 + _VALUES[character]
    zeros = len(text) - len(text.lstrip(_ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
