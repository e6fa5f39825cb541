"""A credential attached to a PDF."""

import base64
import json
import subprocess
import sys
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


def attached(data: bytes) -> bytes:
    """Return the credential attached to a PDF, as JSON or as a token.

    Raises ProofProblem: `pdf` (it cannot be read, or not in time or memory), `pdf_busy`,
    `not_attached`, `attached_twice`.
    """
    if not _readers.acquire(timeout=WAITING_SECONDS):
        raise ProofProblem("pdf_busy")
    try:
        contents = _read(data)
    finally:
        _readers.release()
    found = [one for one in contents if one.lstrip()[:1] == b"{" or one[:3] == b"eyJ"]
    if not found:
        raise ProofProblem("not_attached")
    if len(set(found)) > 1:
        raise ProofProblem("attached_twice")
    return found[0]


def _read(data: bytes) -> list[bytes]:
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, and no shell
            [sys.executable, "-I", str(_CHILD)],
            input=data,
            capture_output=True,
            timeout=WAITING_SECONDS,
            check=True,
            env=_ENVIRONMENT,
        )
        return [base64.b64decode(one) for one in json.loads(done.stdout)]
    except (subprocess.SubprocessError, ValueError, OSError):
        raise ProofProblem("pdf") from None
