"""What a file is and whether it is whole, by its content: names are easily wrong."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from jiangxin.foundation.uploads.enums import FileFormat
from jiangxin.foundation.uploads.refusals import (
    FileCarriesPrograms,
    FileLocked,
    FileUnpacksTooLarge,
    FileUnreadable,
    PictureTooLarge,
)

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
JPEG_HEAD = b"\xff\xd8\xff"
PDF_HEAD = b"%PDF-"
ZIP_HEAD = b"PK\x03\x04"
# Within so many bytes a PDF begins and ends, and a JPEG ends.
EDGE_BYTES = 1024
# A camera makes 50 million; what has far more is made to exhaust whoever opens it.
MOST_PIXELS = 120_000_000
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
# What tells the packed formats apart.
PACKED: Mapping[str, FileFormat] = {
    "OFD.xml": FileFormat.OFD,
    "word/document.xml": FileFormat.DOCX,
    "xl/workbook.xml": FileFormat.XLSX,
}
# Begins every marker of a JPEG, and may be repeated before one.
MARK = 0xFF
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Markers that stand alone, without a length.
JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


def format_of(content: bytes) -> FileFormat | None:
    """Return what a file is, whole or not; None for any other format."""
    if content.startswith(JPEG_HEAD):
        return FileFormat.JPEG
    if content.startswith(PNG_HEAD):
        return FileFormat.PNG
    if PDF_HEAD in content[:EDGE_BYTES]:
        return FileFormat.PDF
    if content.startswith(ZIP_HEAD):
        names = _names(content)
        return next((PACKED[name] for name in PACKED if name in names), None)
    return None


def check_whole(content: bytes, kind: FileFormat) -> None:
    """Check that a file is whole, can be opened, and does nothing by itself.

    Raises FileUnreadable, FileLocked, FileCarriesPrograms, PictureTooLarge,
    FileUnpacksTooLarge.
    """
    try:
        CHECKS[kind](content)
    except (struct.error, IndexError, zlib.error, zipfile.BadZipFile, EOFError):
        raise FileUnreadable from None


def _check_jpeg(content: bytes) -> None:
    if b"\xff\xd9" not in content[-EDGE_BYTES:]:
        raise FileUnreadable
    at = 2
    while True:
        if content[at] != MARK:
            raise FileUnreadable
        marker = content[at + 1]
        if marker == MARK or marker in JPEG_BARE:
            at += 1 if marker == MARK else 2
            continue
        if marker in JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return _check_pixels(width, height)
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]


def _check_png(content: bytes) -> None:
    at = len(PNG_HEAD)
    kinds: list[bytes] = []
    while not kinds or kinds[-1] != b"IEND":
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", content[at + 8 + length : at + 12 + length])
        if zlib.crc32(kind + body) != checksum:
            raise FileUnreadable
        if not kinds:
            width, height = struct.unpack(">II", body[:8])
            _check_pixels(width, height)
        kinds.append(kind)
        at += 12 + length
    if b"IDAT" not in kinds:
        raise FileUnreadable


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise FileUnreadable
    if width * height > MOST_PIXELS:
        raise PictureTooLarge


def _check_pdf(content: bytes) -> None:
    tail = content[-EDGE_BYTES:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise FileUnreadable
    if b"/Encrypt" in content:
        raise FileLocked
    if b"/JavaScript" in content or b"/Launch" in content:
        raise FileCarriesPrograms


def _check_packed(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        members = file.infolist()
        if sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
            raise FileUnpacksTooLarge
        if any(member.flag_bits & 1 for member in members):
            raise FileLocked
        if any(member.filename.endswith("vbaProject.bin") for member in members):
            raise FileCarriesPrograms
        if file.testzip() is not None:
            raise FileUnreadable


def _names(content: bytes) -> set[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return set(file.namelist())
    except zipfile.BadZipFile:
        return set()


CHECKS: Mapping[FileFormat, Callable[[bytes], None]] = {
    FileFormat.JPEG: _check_jpeg,
    FileFormat.PNG: _check_png,
    FileFormat.PDF: _check_pdf,
    FileFormat.OFD: _check_packed,
    FileFormat.DOCX: _check_packed,
    FileFormat.XLSX: _check_packed,
}
