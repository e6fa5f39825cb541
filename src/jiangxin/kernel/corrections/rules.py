"""Whether a file is what it says, by its content: names and types are easily wrong."""

from jiangxin.kernel.corrections.enums import PaperKind

# How each format begins, and what stands at its end (within the last bytes).
_SHAPES: tuple[tuple[PaperKind, bytes, bytes], ...] = (
    (PaperKind.JPEG, b"\xff\xd8\xff", b"\xff\xd9"),
    (PaperKind.PNG, b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    (PaperKind.PDF, b"%PDF-", b"%%EOF"),
)
_TAIL_BYTES = 1024


def kind_of(content: bytes) -> PaperKind | None:
    """Return the format of a whole file; None for any other, or one cut off."""
    for kind, head, tail in _SHAPES:
        if content.startswith(head) and tail in content[-_TAIL_BYTES:]:
            return kind
    return None
