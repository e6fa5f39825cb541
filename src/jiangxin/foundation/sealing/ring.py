"""The key ring: one JSON file, readable by its owner only, made on first use.

    {"active": "1",
     "keys": {"1": {"suite": "AES-256-GCM", "secret": "<base64>"}},
     "index": {"secret": "<base64>"}}

New values are sealed with the active key, old ones opened with the key they name, so
nothing is unreadable when a key is added; `rotation` then seals old values anew. Other
processes notice a changed file by themselves: within a second, and at once when they
meet a value of a key they do not know. Key ids are 1 to 255: one byte of every value.
The index secret never changes: look-up digests would no longer be found. Without this
file the personal data in the database is lost, so it belongs in a backup of its own.
"""

import base64
import fcntl
import json
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from jiangxin.foundation.sealing.problems import KeyRingProblem, SealBroken
from jiangxin.foundation.sealing.suites import SECRET_BYTES, Suite, suite

HIGHEST_KEY_ID = 255
INDEX_SECRET_BYTES = 32
SECONDS_BETWEEN_LOOKS = 1.0


@dataclass(frozen=True)
class Key:
    """One secret of the ring and the cipher it is for. added_at: None when unknown."""

    id: int
    suite_name: str
    secret: bytes
    added_at: datetime | None = None

    @cached_property
    def suite(self) -> Suite:
        return suite(self.suite_name, self.secret)

    @cached_property
    def id_byte(self) -> bytes:
        return bytes([self.id])


@dataclass(frozen=True)
class KeyRing:
    """The keys of this deployment. `active` seals; every one of `keys` opens."""

    active: Key
    keys: dict[int, Key]
    index_secret: bytes

    def key(self, key_id: int) -> Key:
        try:
            return self.keys[key_id]
        except KeyError:
            message = f"sealed with key {key_id}, which is not on this key ring"
            raise SealBroken(message) from None


@dataclass(frozen=True)
class _Held:
    """The ring as this process last read it. stamp: of the file it was read from."""

    ring: KeyRing
    stamp: tuple[int, int, int] | None
    looked_at: float


# By path; a dictionary is replaced entry by entry, so threads need no lock.
_held: dict[Path, _Held] = {}


def current() -> KeyRing:
    """Return the ring of the settings, made if this is its first use.

    At most a second old. Raises KeyRingProblem when the file cannot be read or does
    not hold a ring.
    """
    held = _held.get(settings.JIANGXIN_KEY_RING)
    if held and time.monotonic() - held.looked_at < SECONDS_BETWEEN_LOOKS:
        return held.ring
    return _look(settings.JIANGXIN_KEY_RING, held)


def opening_key(key_id: int) -> Key:
    """Return the key that a sealed value names, added however lately.

    Raises SealBroken when it is not on the ring.
    """
    ring = current()
    if key_id not in ring.keys:
        path = settings.JIANGXIN_KEY_RING
        ring = _look(path, _held.get(path))
    return ring.key(key_id)


def forget() -> None:
    """Read the file anew on next use (after a change, and in tests)."""
    _held.clear()


def _look(path: Path, held: _Held | None) -> KeyRing:
    """Read the file if it is another than was read last."""
    stamp = _stamp(path)
    is_same = held is not None and stamp in {held.stamp, None}
    ring = held.ring if held and is_same else _load(path)
    # Taken before reading: a change in between is read again the next time.
    _held[path] = _Held(ring, stamp or _stamp(path), time.monotonic())
    return ring


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def add_key(
    path: Path, suite_name: str = "AES-256-GCM", *, now: datetime | None = None
) -> int:
    """Add a key to the ring at `path`, make it the active one and return its id.

    now: when, for the time a key must rest before an older one may be dropped.
    Raises KeyRingProblem when the ring is full.
    """
    with _changed(path) as content:
        key_id = max(map(int, content["keys"])) + 1
        if key_id > HIGHEST_KEY_ID:
            message = f"{path} is full: a ring holds {HIGHEST_KEY_ID} keys."
            raise KeyRingProblem(message)
        content["keys"][str(key_id)] = _new_key(suite_name)
        if now:
            content["keys"][str(key_id)]["added_at"] = now.isoformat()
        content["active"] = str(key_id)
    return key_id


def drop_key(path: Path, key_id: int) -> None:
    """Take a key off the ring: what is still sealed with it can never be opened.

    Raises KeyRingProblem for the active key and for one that is not there.
    """
    with _changed(path) as content:
        if content["active"] == str(key_id) or str(key_id) not in content["keys"]:
            message = f"key {key_id} of {path} is active, or not there."
            raise KeyRingProblem(message)
        del content["keys"][str(key_id)]


@contextmanager
def _changed(path: Path) -> Iterator[dict[str, Any]]:
    """Give out the content of the file, and replace the file by what it became.

    One process at a time: two that add a key at once must not lose one.
    """
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        content = json.loads(path.read_text())
        yield content
        _write_beside(path, content).replace(path)
        forget()
    finally:
        os.close(folder)


def _load(path: Path) -> KeyRing:
    if not path.exists():
        _create(path)
    try:
        return _parse(json.loads(path.read_text()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = (
            f"The key ring {path} cannot be used ({type(error).__name__}: {error}). "
            "Restore it from its backup, or point JIANGXIN_KEY_RING at the right file. "
            "A new ring would not open what the old one sealed."
        )
        raise KeyRingProblem(message) from error


def _parse(content: dict[str, Any]) -> KeyRing:
    keys = {
        int(name): _key(int(name), entry) for name, entry in content["keys"].items()
    }
    index_secret = base64.b64decode(content["index"]["secret"], validate=True)
    if len(index_secret) < INDEX_SECRET_BYTES:
        message = "the index secret is too short"
        raise ValueError(message)
    return KeyRing(keys[int(content["active"])], keys, index_secret)


def _key(key_id: int, entry: dict[str, str]) -> Key:
    secret = base64.b64decode(entry["secret"], validate=True)
    if not 1 <= key_id <= HIGHEST_KEY_ID:
        message = f"key id {key_id} is not between 1 and {HIGHEST_KEY_ID}"
        raise ValueError(message)
    if len(secret) != SECRET_BYTES[entry["suite"]]:
        message = f"the secret of key {key_id} has the wrong length"
        raise ValueError(message)
    added_at = entry.get("added_at")
    when = datetime.fromisoformat(added_at) if added_at else None
    return Key(key_id, entry["suite"], secret, when)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "active": "1",
        "keys": {"1": _new_key(settings.JIANGXIN_CIPHER)},
        "index": {"secret": _new_secret(INDEX_SECRET_BYTES)},
    }
    temporary = _write_beside(path, content)
    try:
        # Unlike a rename, a link fails when another process was first.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _write_beside(path: Path, content: dict[str, Any]) -> Path:
    """Write a file that only its owner can read, safe on disk, in the same folder."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".ring-")  # 0600
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _new_key(suite_name: str) -> dict[str, str]:
    return {"suite": suite_name, "secret": _new_secret(SECRET_BYTES[suite_name])}


def _new_secret(length: int) -> str:
    return base64.b64encode(secrets.token_bytes(length)).decode()
