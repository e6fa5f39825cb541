"""A kind of upload for tests, and sound files of every format."""

import io
import struct
import zipfile
import zlib

from jiangxin.foundation.parts import Part, register_part
from jiangxin.foundation.uploads.enums import FileFormat
from jiangxin.foundation.uploads.registry import MEGABYTE, UploadKind

PAPER = UploadKind(
    "tests.paper", "Paper", formats=tuple(FileFormat), most_bytes=8 * MEGABYTE
)
PICTURE = UploadKind("tests.picture", "Picture", formats=(FileFormat.PNG,))

register_part(Part("upload_samples", "Samples", "", brings=(PAPER, PICTURE)))


def pdf(padding=0, inside=b""):
    body = b"%PDF-1.7\n" + inside + b"%" + b"x" * padding + b"\n"
    return body + b"trailer\n<</Size 1>>\nstartxref\n9\n%%EOF\n"


def png(width=2, height=2, padding=0):
    def chunk(kind, body):
        checksum = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + checksum

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x80" * 3 * 2 for _row in range(2))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", b"k\0" + b"v" * padding)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpeg(width=2, height=2):
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"note"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\1\1\0\0\x3f\0" + b"\0\0"
    return b"\xff\xd8" + comment + b"\xff" + frame + scan + b"\xff\xd9"


def packed(*names, content=b"<x/>", compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as file:
        for name in names:
            file.writestr(name, content)
    return stream.getvalue()


SOUND = {
    FileFormat.PDF: pdf(),
    FileFormat.PNG: png(),
    FileFormat.JPEG: jpeg(),
    FileFormat.OFD: packed("OFD.xml", "Doc_0/Document.xml"),
    FileFormat.DOCX: packed("[Content_Types].xml", "word/document.xml"),
    FileFormat.XLSX: packed("[Content_Types].xml", "xl/workbook.xml"),
}
