"""Sealing files of any size in constant memory, and reading them back as a stream.

The file is cut into pieces, each sealed on its own; a piece's number, and whether it is
the last, are in its nonce (the STREAM construction), so pieces cannot be swapped,
repeated, left out or cut off unnoticed. Each file has a key of its own, derived from
the ring's, so nonces never meet.

Layout: `JXS1`, key id (1 byte), salt (16), then pieces of 1 MiB + 16 (the last shorter).
"""

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os import urandom
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jiangxin.foundation.sealing import ring
from jiangxin.foundation.sealing.problems import SealBroken
from jiangxin.foundation.sealing.suites import NONCE_BYTES, TAG_BYTES, Suite, suite

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = b"JXS1"
SALT_BYTES = 16
PIECE_BYTES = 1 << 20


@dataclass(frozen=True)
class SealedFiles:
    """Brought by a part that keeps sealed files: each with its path and purpose."""

    files: Callable[[], Iterable[tuple[Path, str]]]


def seal_file(source: IO[bytes], path: Path, *, purpose: str) -> None:
    """Seal what can be read from `source` into `path`, which appears whole or not.

    purpose: what the file is, such as `register.roster:12`; it opens only as that.
    """
    _seal(source, path, purpose, must_exist=False)


def key_of_file(path: Path) -> int | None:
    """Return the id of the key a file is sealed with; None when it is gone or not one."""
    try:
        with path.open("rb") as file:
            header = file.read(len(MAGIC) + 1)
    except FileNotFoundError:
        return None
    is_ours = len(header) > len(MAGIC) and header.startswith(MAGIC)
    return header[len(MAGIC)] if is_ours else None


def reseal_file(path: Path, *, purpose: str) -> bool:
    """Seal a file anew with the active key; return whether that was due.

    Raises SealBroken; the file then stays as it is. A file deleted meanwhile stays so.
    """
    if key_of_file(path) in {None, ring.current().active.id}:
        return False
    try:
        with open_sealed(path, purpose=purpose) as plain:
            _seal(plain, path, purpose, must_exist=True)
    except FileNotFoundError:
        return False
    return True


def _seal(source: IO[bytes], path: Path, purpose: str, *, must_exist: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = ring.current().active
    salt = urandom(SALT_BYTES)
    cipher = _file_suite(key, salt, purpose)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".sealing-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(MAGIC + key.id_byte + salt)
            for nonce, piece in _numbered(source, PIECE_BYTES):
                file.write(cipher.encrypt(nonce, piece, b""))
            file.flush()
            os.fsync(file.fileno())
        if must_exist:
            path.stat()
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def open_sealed(path: Path, *, purpose: str) -> IO[bytes]:
    """Return a stream of the plain bytes, forwards only; close it, or use `with`.

    Raises FileNotFoundError; SealBroken here or while reading, as soon as a piece
    turns out altered: what was read before is sound, but may not be all.
    """
    file = path.open("rb")
    try:
        header = file.read(len(MAGIC) + 1 + SALT_BYTES)
        if len(header) < len(MAGIC) + 1 + SALT_BYTES or not header.startswith(MAGIC):
            message = f"{path.name} is not a sealed file"
            raise SealBroken(message)  # noqa: TRY301 -- the file is closed on the way
        key = ring.opening_key(header[len(MAGIC)])
        cipher = _file_suite(key, header[len(MAGIC) + 1 :], purpose)
    except BaseException:
        file.close()
        raise
    return io.BufferedReader(_Opened(file, cipher, path.name), PIECE_BYTES)


def _file_suite(key: ring.Key, salt: bytes, purpose: str) -> Suite:
    derivation = HKDF(
        algorithm=SHA256(),
        length=len(key.secret),
        salt=salt,
        info=b"jiangxin sealed file\0" + purpose.encode(),
    )
    return suite(key.suite_name, derivation.derive(key.secret))


def _numbered(source: IO[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield each piece with its nonce; at least one, and the last marked as such."""
    number = 0
    piece = _read_fully(source, size)
    while True:
        following = _read_fully(source, size)
        is_last = not following
        yield number.to_bytes(NONCE_BYTES - 1, "big") + bytes([is_last]), piece
        if is_last:
            return
        piece, number = following, number + 1


def _read_fully(source: IO[bytes], size: int) -> bytes:
    """Read `size` bytes, fewer only at the end, from sources that answer in bits."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class _Opened(io.RawIOBase):
    """The plain bytes of a sealed file."""

    def __init__(self, file: IO[bytes], cipher: Suite, name: str) -> None:
        self._file = file
        self._cipher = cipher
        self._name = name
        self._pieces = _numbered(file, PIECE_BYTES + TAG_BYTES)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer).cast("B")
        while not self._left:
            sealed = next(self._pieces, None)
            if sealed is None:
                return 0
            self._left = memoryview(self._opened(*sealed))
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()

    def _opened(self, nonce: bytes, sealed: bytes) -> bytes:
        try:
            return self._cipher.decrypt(nonce, sealed, b"")
        except InvalidTag:
            message = (
                f"the sealed file {self._name} was altered, cut off, or sealed for "
                "another purpose or with another key"
            )
            raise SealBroken(message) from None
