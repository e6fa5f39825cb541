"""A credential attached to a PDF, and what the PDF says to who reads it."""

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from jiangxin.kernel.credentials.proofs.problems import ProofProblem

WAITING_SECONDS = 5  # by the clock, on a machine that is busy; computing has its own
# Each may take the memory that its program says.
READERS = 2
_readers = BoundedSemaphore(READERS)
_CHILD = Path(__file__).with_name("pdf_child.py")
# Nothing of ours, whose settings hold secrets.
_ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True)
class ReadPdf:
    """credential: as JSON or as a token.

    text: of its first pages, without white space; None when that could not be read
    within the limits.
    """

    credential: bytes
    text: str | None


def read_pdf(data: bytes) -> ReadPdf:
    """Return the credential attached to a PDF, and its text.

    Raises ProofProblem: `pdf` (it cannot be read, or not in time or memory), `pdf_busy`,
    `not_attached`, `attached_twice`.
    """
    if not _readers.acquire(timeout=WAITING_SECONDS):
        raise ProofProblem("pdf_busy")
    try:
        contents, text = _read(data)
    finally:
        _readers.release()
    found = [one for one in contents if one.lstrip()[:1] == b"{" or one[:3] == b"eyJ"]
    if not found:
        raise ProofProblem("not_attached")
    if len(set(found)) > 1:
        raise ProofProblem("attached_twice")
    return ReadPdf(found[0], text)


def _read(data: bytes) -> tuple[list[bytes], str | None]:
    """Return what the reader wrote before it ended, of itself or otherwise."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, and no shell
            [sys.executable, "-I", str(_CHILD)],
            input=data,
            capture_output=True,
            timeout=WAITING_SECONDS,
            check=False,
            env=_ENVIRONMENT,
        )
        attached, *more = done.stdout.splitlines()
        contents = [base64.b64decode(one) for one in json.loads(attached)]
    except (subprocess.SubprocessError, ValueError, OSError):
        raise ProofProblem("pdf") from None
    try:
        text = json.loads(more[0])
    except (IndexError, ValueError):
        text = None
    return contents, "".join(text.split()) if isinstance(text, str) else None
