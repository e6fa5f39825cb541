"""W3C Bitstring Status List 1.0: a bit for each place, compressed.

Source: section 3 (bitstring generation and expansion); the smallest size keeps single
holders in a crowd.
"""

import gzip
import zlib
from collections.abc import Iterable

from jiangxin.kernel.credentials.proofs import multibase
from jiangxin.kernel.credentials.proofs.problems import ProofProblem

SMALLEST_SIZE = 131_072
LARGEST_SIZE = 8 * 1024 * 1024 * 8  # bits of eight megabytes
LONGEST_TEXT = 2_000_000


def encode(indexes: Iterable[int], *, size: int = SMALLEST_SIZE) -> str:
    """Return the encoded list with these places set. size: a multiple of 8."""
    bits = bytearray(size // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return multibase.encode_base64url(gzip.compress(bytes(bits), mtime=0))


def is_set(encoded: object, index: int) -> bool:
    """Return whether a place of an encoded list is set. Raises ProofProblem."""
    packed = multibase.decode(encoded, longest=LONGEST_TEXT)
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        bits = unpacker.decompress(packed, LARGEST_SIZE // 8)
    except zlib.error:
        raise ProofProblem("status_list") from None
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise ProofProblem("status_list", "size")
    if not 0 <= index < len(bits) * 8:
        raise ProofProblem("status_list", "index")
    return bool(bits[index // 8] & 0x80 >> index % 8)
