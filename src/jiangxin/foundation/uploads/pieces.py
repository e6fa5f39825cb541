"""Where the bytes lie: sealed pieces while an upload is under way, one file afterwards.

A piece is named by the bytes it holds, and appears under that name whole or not at all.
So how far an upload is can be read off the folder, whoever was killed and when.
"""

import io
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from jiangxin.foundation.sealing import open_sealed, seal_file


def received(key: str) -> int:
    """Return how many bytes lie here without a gap, from the first on."""
    return sum(end - start for start, end in _unbroken(key))


def keep_piece(key: str, start: int, content: bytes) -> None:
    path = _folder(key) / f"{start:012}-{start + len(content):012}"
    seal_file(io.BytesIO(content), path, purpose=_piece_purpose(path))


def joined(key: str) -> bytes:
    """Return the file. Raises FileNotFoundError when its pieces were just deleted."""
    parts = []
    for start, end in _unbroken(key):
        path = _folder(key) / f"{start:012}-{end:012}"
        with open_sealed(path, purpose=_piece_purpose(path)) as piece:
            parts.append(piece.read())
    return b"".join(parts)


def delete_pieces(key: str) -> None:
    shutil.rmtree(_folder(key), ignore_errors=True)


def path_of(key: str) -> Path:
    return _kept() / key


def purpose_of(key: str) -> str:
    return f"uploads.file:{key}"


def delete_files(key: str) -> None:
    delete_pieces(key)
    path_of(key).unlink(missing_ok=True)


def sealed_files() -> Iterator[tuple[Path, str]]:
    """Yield each file with what it opens as, for sealing it anew."""
    for path in _kept().glob("[0-9a-f]*"):
        yield path, purpose_of(path.name)
    for path in _pieces().glob("[0-9a-f]*/[0-9]*-[0-9]*"):
        yield path, _piece_purpose(path)


def keys_older_than(before: datetime) -> Iterator[str]:
    """Yield what has lain here since before that moment, attached or not."""
    for path in (*_kept().glob("[0-9a-f]*"), *_pieces().glob("[0-9a-f]*")):
        if path.stat().st_mtime < before.timestamp():
            yield path.name


def _unbroken(key: str) -> Iterator[tuple[int, int]]:
    ends: dict[int, int] = {}
    for path in _folder(key).glob("[0-9]*-[0-9]*"):
        first, end = map(int, path.name.split("-"))
        # Two windows may have sent the same stretch cut differently.
        ends[first] = max(ends.get(first, 0), end)
    start = 0
    while start in ends:
        yield start, ends[start]
        start = ends[start]


def _piece_purpose(path: Path) -> str:
    return f"uploads.piece:{path.parent.name}:{path.name}"


def _folder(key: str) -> Path:
    return _pieces() / key


def _pieces() -> Path:
    uploads: Path = settings.JIANGXIN_UPLOADS
    return uploads / "pieces"


def _kept() -> Path:
    uploads: Path = settings.JIANGXIN_UPLOADS
    return uploads / "kept"
