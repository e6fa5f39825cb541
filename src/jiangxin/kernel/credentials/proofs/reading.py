"""What a file is, and the credential it carries."""

from dataclasses import dataclass, replace
from typing import Any

from jiangxin.kernel.credentials.proofs import images, jose, pdf
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.strict_json import read_object

LARGEST_FILE = 10_000_000
LARGEST_PNG = 5_000_000
LARGEST_SVG = 2_000_000  # which is read as a text, bit by bit
_BLANK = b" \t\r\n\xef\xbb\xbf"


@dataclass(frozen=True)
class Carried:
    """form: json, jwt, png, svg or pdf. token: the credential is signed as a whole.

    text: what a PDF shows, None when it is no PDF or its text cannot be read.
    """

    form: str
    document: dict[str, Any]
    token: jose.Token | None = None
    text: str | None = None


def read(data: bytes) -> Carried:
    """Return the credential in a file of any kind known here.

    Raises ProofProblem: `file_empty`, `file_large`, `file_kind`, and those of each kind.
    """
    if not data.strip(_BLANK):
        raise ProofProblem("file_empty")
    if len(data) > LARGEST_FILE:
        raise ProofProblem("file_large", str(len(data)))
    if data.startswith(images.PNG_START):
        return _inner("png", images.unbake_png(_small(data, LARGEST_PNG)))
    if data.startswith(b"%PDF-"):
        found = pdf.read_pdf(data)
        return replace(_inner("pdf", found.credential), text=found.text)
    if data.lstrip(_BLANK).startswith(b"<"):
        return _inner("svg", images.unbake_svg(_small(data, LARGEST_SVG)))
    return _inner("", data)


def _small(data: bytes, largest: int) -> bytes:
    if len(data) > largest:
        raise ProofProblem("file_large", str(len(data)))
    return data


def _inner(form: str, data: bytes) -> Carried:
    """Read JSON or a token; neither may hold another file."""
    text = data.strip(_BLANK)
    if text.startswith(b"{"):
        return _plain(form or "json", read_object(data))
    if text.startswith(b"eyJ"):
        return _token(form or "jwt", text)
    raise ProofProblem("file_kind")


def _plain(form: str, document: dict[str, Any]) -> Carried:
    enveloped = document.get("id")
    if document.get("type") != "EnvelopedVerifiableCredential":
        return Carried(form, document)
    kind, _comma, text = str(enveloped).partition(",")
    if kind not in {"data:application/vc+jwt", "data:application/jwt"}:
        raise ProofProblem("file_kind", "envelope")
    return _token(form, text.encode())


def _token(form: str, text: bytes) -> Carried:
    token = jose.read_token(text)
    inner = token.payload.get("vc")  # as tokens of version 1.1 have it
    if isinstance(inner, dict):
        return Carried(form, inner, token)
    registered = {"iss", "sub", "jti", "nbf", "exp", "iat", "aud", "nonce"}
    document = {k: v for k, v in token.payload.items() if k not in registered}
    return Carried(form, document, token)
