"""Which files a part takes."""

from dataclasses import dataclass

from jiangxin.foundation.i18n import listed
from jiangxin.foundation.parts import Text, brought
from jiangxin.foundation.uploads.enums import FileFormat

MEGABYTE = 1024 * 1024
# How a file of each format may be called; what it is decides its content.
ENDINGS: dict[FileFormat, tuple[str, ...]] = {
    FileFormat.PDF: (".pdf",),
    FileFormat.JPEG: (".jpg", ".jpeg"),
    FileFormat.PNG: (".png",),
    FileFormat.OFD: (".ofd",),
    FileFormat.DOCX: (".docx",),
    FileFormat.XLSX: (".xlsx",),
}
SCANS = (FileFormat.PDF, FileFormat.JPEG, FileFormat.PNG)


@dataclass(frozen=True)
class UploadKind:
    """Brought by a part that takes files.

    key: such as `matters.material`, stored. most_bytes: a file is checked in memory, so
    at most 50 MB.
    """

    key: str
    label: Text
    formats: tuple[FileFormat, ...] = SCANS
    most_bytes: int = 20 * MEGABYTE

    @property
    def most_megabytes(self) -> int:
        return self.most_bytes // MEGABYTE

    @property
    def endings(self) -> tuple[str, ...]:
        return tuple(ending for each in self.formats for ending in ENDINGS[each])

    @property
    def format_names(self) -> str:
        return listed(each.label for each in self.formats)


def upload_kind(key: str) -> UploadKind:
    """Return the declaration. Raises KeyError for a key that no part brings."""
    return {kind.key: kind for kind in brought(UploadKind)}[key]
