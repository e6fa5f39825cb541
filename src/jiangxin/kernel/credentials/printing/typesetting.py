"""Setting certificates: facts to a tagged PDF/A with its fonts and its proof inside."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import local
from typing import Final, Literal

import pylopdf_fonts_zh_cn
import segno
import typst

from jiangxin.kernel.credentials.printing.days import in_words
from jiangxin.kernel.credentials.printing.facts import CertificateFacts, Sheet

LAYOUTS = Path(__file__).parent / "layouts"

# Archivable, with logical structure and attachments; accessible as PDF/UA besides.
STANDARDS: Final[list[Literal["a-3a", "ua-1"]]] = ["a-3a", "ua-1"]

# Level Q stays readable with a quarter of it under a stamp or in a fold.
QR_ERROR_CORRECTION = "q"

# A compiler keeps what it has read and set; it serves one thread at a time.
_thread = local()


def render(facts: CertificateFacts) -> bytes:
    """Return the certificate as a PDF/A-3a that is PDF/UA-1 too.

    The same facts give the same bytes.
    """
    return _compile(facts.sheet, [facts], facts.document)


def render_for_printing(certificates: Sequence[CertificateFacts]) -> bytes:
    """Return one PDF with a page each, for a printing run; nothing is attached.

    All must be of one sheet, since paper in a tray lies one way. At least one.
    """
    (sheet,) = {each.sheet for each in certificates}
    return _compile(sheet, certificates, b"")


def qr_code(address: str) -> str:
    """Return the address as an SVG of a QR code, with the quiet margin it needs."""
    drawn = BytesIO()
    code = segno.make(address, error=QR_ERROR_CORRECTION, micro=False)
    code.save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()


def _compile(
    sheet: Sheet, certificates: Sequence[CertificateFacts], document: bytes
) -> bytes:
    inputs = {
        "certificates": json.dumps([_as_input(each) for each in certificates]),
        "document": document.decode(),
    }
    made = _compiler(sheet).compile(
        sys_inputs=inputs,
        pdf_standards=[*STANDARDS],
        timestamp=_timestamp(certificates[0].issued_on),
    )
    assert isinstance(made, bytes)  # noqa: S101 -- a PDF is one file, whatever its pages
    return made


def _as_input(facts: CertificateFacts) -> dict[str, object]:
    return {
        "heading": facts.heading,
        "holder": facts.holder,
        "salutation": facts.salutation,
        "sentence": facts.sentence,
        "lines": [[line.label, line.value] for line in facts.lines],
        "issuer": facts.issuer,
        "issued_on": in_words(facts.issued_on),
        "valid_to": in_words(facts.valid_to) if facts.valid_to else "",
        "number": facts.number,
        "address": facts.address,
        "code": facts.code,
        "qr": qr_code(facts.address),
        "copy_number": facts.copy_number,
        "is_demonstration": facts.is_demonstration,
    }


def _compiler(sheet: Sheet) -> typst.Compiler:
    kept: dict[Sheet, typst.Compiler] = _thread.__dict__.setdefault("compilers", {})
    if sheet not in kept:
        kept[sheet] = typst.Compiler(
            input=LAYOUTS / f"{sheet}.typ", root=LAYOUTS, font_paths=fonts()
        )
    return kept[sheet]


@cache
def fonts() -> typst.Fonts:
    """The fonts of the package and no others: paper looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[pylopdf_fonts_zh_cn.serif_path().parent],
    )


def _timestamp(day: date) -> int:
    """A PDF says when it was made; the day it was issued makes it repeatable."""
    return int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
