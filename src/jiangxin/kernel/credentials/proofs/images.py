"""Badges baked into pictures: a credential in a PNG or an SVG, which stays a picture.

Source: Open Badges 3.0, section 5.3. In a PNG the credential is an iTXt chunk named
`openbadgecredential`; in an SVG it is an element of the badges' own namespace.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.strict_json import LARGEST_JSON

PNG_START = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
MOST_CHUNKS = 10_000
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_NAMESPACES = (NAMESPACE, "https://purl.imsglobal.org/spec/ob/v3p0")
DEEPEST_SVG = 200

# Whether the text of an iTXt chunk is packed, and how.
_PLAIN, _PACKED = b"\0\0", b"\1\0"
_CHUNK_FRAME = 12  # length, kind and check sum
_SVG_START = re.compile(rb"<svg(?=[\s>])[^>]*[^>/]>|<svg>")


def bake_png(picture: bytes, credential: str) -> bytes:
    """Return the PNG with the credential in it, in the place of one it had.

    Raises ProofProblem `png`.
    """
    text = KEYWORD + b"\0\0\0\0\0" + credential.encode()
    baked = [PNG_START]
    for kind, body in _chunks(picture):
        if kind == b"iTXt" and body.startswith(KEYWORD + b"\0"):
            continue
        if kind == b"IEND":
            baked.append(_chunk(b"iTXt", text))
        baked.append(_chunk(kind, body))
    return b"".join(baked)


def unbake_png(picture: bytes) -> bytes:
    """Return the credential in a PNG.

    Raises ProofProblem: `png`, `not_baked`, `baked_twice`, `baked_large`.
    """
    found = [
        _text_of(body)
        for kind, body in _chunks(picture)
        if kind == b"iTXt" and body.startswith(KEYWORD + b"\0")
    ]
    return _only(found)


def bake_svg(picture: str, credential: str, *, is_token: bool) -> str:
    """Return the SVG with the credential in it. is_token: a JWT, not JSON.

    Raises ProofProblem `svg`, `baked_twice`.
    """
    start = _SVG_START.search(picture.encode())
    if start is None:
        raise ProofProblem("svg")
    _check_is_not_baked(picture)
    end = len(picture.encode()[: start.end()].decode())
    element = (
        f"<openbadges:credential xmlns:openbadges={quoteattr(NAMESPACE)}"
        f" verify={quoteattr(credential)}/>"
        if is_token
        else f"<openbadges:credential xmlns:openbadges={quoteattr(NAMESPACE)}>"
        f"{escape(credential)}</openbadges:credential>"
    )
    return picture[:end] + element + picture[end:]


def unbake_svg(picture: bytes) -> bytes:
    """Return the credential in an SVG.

    Raises ProofProblem: `svg`, `svg_entities`, `not_baked`, `baked_twice`, `baked_large`.
    """
    reader = _SvgReader()
    try:
        reader.parser.Parse(picture, True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as problem:
        if isinstance(problem, ProofProblem):
            raise
        raise ProofProblem("svg") from None
    return _only(reader.found)


def _check_is_not_baked(picture: str) -> None:
    try:
        unbake_svg(picture.encode())
    except ProofProblem as problem:
        if problem.code == "not_baked":
            return
        raise
    raise ProofProblem("baked_twice")


def _only(found: list[bytes]) -> bytes:
    if not found:
        raise ProofProblem("not_baked")
    if len(found) > 1:
        raise ProofProblem("baked_twice")
    return found[0]


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and body of each chunk, checked by its sum. Raises ProofProblem."""
    if not picture.startswith(PNG_START):
        raise ProofProblem("png", "start")
    at = len(PNG_START)
    for _number in range(MOST_CHUNKS):
        if at + _CHUNK_FRAME > len(picture):
            raise ProofProblem("png", "cut off")
        (length,) = struct.unpack_from(">I", picture, at)
        end = at + _CHUNK_FRAME + length
        if end > len(picture):
            raise ProofProblem("png", "cut off")
        kind, body = picture[at + 4 : at + 8], picture[at + 8 : end - 4]
        if struct.pack(">I", zlib.crc32(kind + body)) != picture[end - 4 : end]:
            raise ProofProblem("png", "check sum")
        yield kind, body
        if kind == b"IEND":
            return
        at = end
    raise ProofProblem("png", "chunks")


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


def _text_of(body: bytes) -> bytes:
    """Return the text of an iTXt chunk, unpacked if need be."""
    flags, rest = body[len(KEYWORD) + 1 :][:2], body[len(KEYWORD) + 3 :]
    _language, end, rest = rest.partition(b"\0")
    _translated, end_too, text = rest.partition(b"\0")
    if flags not in {_PLAIN, _PACKED} or not (end and end_too):
        raise ProofProblem("png", "text")
    if flags == _PLAIN:
        return text
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(text, LARGEST_JSON + 1)
    except zlib.error:
        raise ProofProblem("png", "text") from None
    if len(unpacked) > LARGEST_JSON:
        raise ProofProblem("baked_large")
    if not unpacker.eof:
        raise ProofProblem("png", "text")
    return unpacked


class _SvgReader:
    """Collects the credentials of an SVG, and refuses what could grow without end."""

    def __init__(self) -> None:
        self.found: list[bytes] = []
        self._depth = 0
        self._inside: list[str] | None = None
        self._length = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise ProofProblem("svg_entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST_SVG:
            raise ProofProblem("svg", "deep")
        namespace, _space, local = name.rpartition(" ")
        if self._depth == 1 and local != "svg":
            raise ProofProblem("svg")
        if self._inside is not None:
            raise ProofProblem("svg", "inside")
        if namespace in _NAMESPACES and local == "credential":
            self._inside, self._length = [], 0
            self._text(attributes.get("verify", ""))

    def _text(self, text: str) -> None:
        if self._inside is not None:
            self._length += len(text)
            if self._length > LARGEST_JSON:
                raise ProofProblem("baked_large")
            self._inside.append(text)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._inside is not None:
            self.found.append("".join(self._inside).strip().encode())
            self._inside = None
