"""The key ring: one JSON file, readable by its owner only, made on first use.

    {"active": "1",
     "keys": {"1": {"suite": "AES-256-GCM", "secret": "<base64>"}},
     "index": {"secret": "<base64>"}}

New values are sealed with the active key, old ones opened with the key they name, so a
new key (`add_key`) needs no rewriting. Key ids are 1 to 255: one byte of every value.
The index secret never changes: look-up digests would no longer be found. Without this
file the personal data in the database is lost, so it belongs in a backup of its own.
"""

import base64
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from jiangxin.foundation.sealing.problems import KeyRingProblem, SealBroken
from jiangxin.foundation.sealing.suites import SECRET_BYTES, Suite, suite

HIGHEST_KEY_ID = 255
INDEX_SECRET_BYTES = 32


@dataclass(frozen=True)
class Key:
    """One secret of the ring and the cipher it is for."""

    id: int
    suite_name: str
    secret: bytes

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


def current() -> KeyRing:
    """Return the ring of the settings, made if this is its first use.

    Raises KeyRingProblem when the file cannot be read or does not hold a ring.
    """
    return _load(settings.JIANGXIN_KEY_RING)


def forget() -> None:
    """Read the file anew on next use (after `add_key`, and in tests)."""
    _load.cache_clear()


def add_key(path: Path, suite_name: str = "AES-256-GCM") -> int:
    """Add a key to the ring at `path`, make it the active one and return its id.

    Running processes seal with the old key until they are restarted, and cannot open
    what others sealed with the new one: restart them together.
    """
    content = json.loads(path.read_text())
    key_id = max(map(int, content["keys"])) + 1
    if key_id > HIGHEST_KEY_ID:
        message = f"{path} is full: a ring holds {HIGHEST_KEY_ID} keys."
        raise KeyRingProblem(message)
    content["keys"][str(key_id)] = _new_key(suite_name)
    content["active"] = str(key_id)
    temporary = _write_beside(path, content)
    temporary.replace(path)
    forget()
    return key_id


@cache
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
    return Key(key_id, entry["suite"], secret)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "active": "1",
        "keys": {"1": _new_key("AES-256-GCM")},
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
