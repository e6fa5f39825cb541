"""Several credentials and their PDFs as one file, signed as a whole by who hands it out.

The file is a ZIP. In it lies a credential of its own, which names every other file with a
digest of its bytes (`relatedResource` of Verifiable Credentials 2.0): what was altered,
left out or added since can be named, file by file.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha384
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 -- a class, whose name is not one

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxin.kernel.credentials.proofs.badge import CREDENTIALS_CONTEXT, Issuer
from jiangxin.kernel.credentials.proofs.data_integrity import secure, timestamp
from jiangxin.kernel.credentials.proofs.problems import ProofProblem

MANIFEST = "passport.json"
START = b"PK\x03\x04"
MOST_FILES = 400
LARGEST_UNPACKED = 30_000_000
# The same files give the same bytes, whenever they are packed.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_KINDS = {"json": "application/vc", "pdf": "application/pdf"}


@dataclass(frozen=True)
class Contents:
    """holder: whose credentials they are. subject: an identifier for this one file."""

    id: str
    subject: str
    title: str
    holder: str
    files: Mapping[str, bytes]


def manifest(
    contents: Contents,
    *,
    issuer: Issuer,
    key: Ed25519PrivateKey,
    method: str,
    now: datetime,
) -> dict[str, Any]:
    """Return the signed list of the files. Raises ProofProblem `canonical`."""
    document = {
        "@context": [CREDENTIALS_CONTEXT],
        "id": contents.id,
        "type": ["VerifiableCredential"],
        "name": contents.title,
        "issuer": {"id": issuer.did, "name": issuer.name},
        "validFrom": timestamp(now),
        "credentialSubject": {"id": contents.subject, "name": contents.holder},
        "relatedResource": [
            {
                "id": f"{contents.id}#{name}",
                "mediaType": _KINDS[name.rpartition(".")[2]],
                "digestSRI": _digest(content),
            }
            for name, content in contents.files.items()
        ],
    }
    return secure(document, key=key, method=method, created=timestamp(now))


def pack(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the files as a ZIP, unpacked as they are: PDF and pictures are packed."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(ZipInfo(name, _NO_TIME), content)
    return written.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP by their names.

    Raises ProofProblem: `bundle` (damaged, or no such file), `bundle_large`.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _files(archive)
    except ProofProblem:
        raise
    except (BadZipFile, ZlibError, EOFError, OSError, NotImplementedError):
        raise ProofProblem("bundle") from None
    except (RuntimeError, ValueError, UnicodeError):  # encrypted; names that are none
        raise ProofProblem("bundle") from None


def _files(archive: ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise ProofProblem("bundle_large", str(len(entries)))
    files: dict[str, bytes] = {}
    left = LARGEST_UNPACKED
    for entry in entries:
        is_plain = entry.filename.replace(".", "").replace("-", "").isalnum()
        if not is_plain or entry.filename in files:
            raise ProofProblem("bundle", entry.filename)
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise ProofProblem("bundle", entry.filename)
        with archive.open(entry) as packed:
            content = packed.read(left + 1)  # what it says of its size proves nothing
        left -= len(content)
        if left < 0:
            raise ProofProblem("bundle_large")
        files[entry.filename] = content
    return files


def taken_out(files: dict[str, bytes]) -> bytes:
    """Return the signed list and leave the others. Raises ProofProblem."""
    if MANIFEST not in files:
        raise ProofProblem("bundle_unsigned")
    return files.pop(MANIFEST)


def check_files(document: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Check that the files are those that a manifest lists, unaltered.

    Raises ProofProblem, with the file's name: `bundle_missing`, `bundle_altered`,
    `bundle_added`; `structure` when the list is none.
    """
    listed = _listed(document)
    for name, digest in listed.items():
        if name not in files:
            raise ProofProblem("bundle_missing", name)
        if _digest(files[name]) != digest:
            raise ProofProblem("bundle_altered", name)
    for name in files:
        if name not in listed:
            raise ProofProblem("bundle_added", name)


def _listed(document: Mapping[str, Any]) -> dict[str, str]:
    resources = document.get("relatedResource")
    if not isinstance(resources, list) or len(resources) > MOST_FILES:
        raise ProofProblem("structure", "relatedResource")
    listed: dict[str, str] = {}
    for one in resources:
        address = one.get("id") if isinstance(one, dict) else None
        digest = one.get("digestSRI") if isinstance(one, dict) else None
        if not isinstance(address, str) or not isinstance(digest, str):
            raise ProofProblem("structure", "relatedResource")
        listed[address.partition("#")[2]] = digest
    return listed


def _digest(content: bytes) -> str:
    return f"sha384-{base64.b64encode(sha384(content).digest()).decode()}"
