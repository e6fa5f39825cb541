"""Certificates to set, and eyes to read what was set."""

from datetime import UTC, date, datetime

import pypdfium2
import zxingcpp

from jiangxin.kernel.credentials.printing.authority import make_authority, make_seal
from jiangxin.kernel.credentials.printing.facts import CertificateFacts, Line, Sheet
from jiangxin.kernel.credentials.printing.signing import Seal

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
FEDERATION = "浦江县总工会"
CODE = "mfrggzdfmztwq2lknnwg23tpob"
ADDRESS = f"https://union.example/verify/{CODE}/"


def honour(**changes):
    facts = {
        "sheet": Sheet.HONOUR,
        "heading": "荣誉证书",
        "holder": "张䶮",
        "issuer": FEDERATION,
        "issued_on": date(2026, 5, 1),
        "address": ADDRESS,
        "code": CODE,
        "salutation": "张䶮同志：",
        "sentence": "工作成绩突出，授予“浦江工匠”称号。特发此证，以资鼓励。",
        "number": "PJ-2026-001",
        "valid_to": date(2029, 4, 30),
        "document": b'{"id": "urn:example"}',
    }
    return CertificateFacts(**(facts | changes))


def listing(sheet=Sheet.SKILL, **changes):
    facts = {
        "heading": "职业技能等级证书",
        "salutation": "",
        "sentence": "特发此证。",
        "lines": (Line("姓名", "李㛃"), Line("技能等级", "高级技师")),
    }
    return honour(sheet=sheet, **(facts | changes))


def seal(now=NOW, authority=None):
    authority = authority or make_authority(name=FEDERATION, now=now)
    pair = make_seal(name=FEDERATION, authority=authority, now=now)
    return Seal(pair, authority.certificate, FEDERATION, at=now)


def text_of(document, page=0):
    """The words of a page, with no white space between them."""
    words = pypdfium2.PdfDocument(document)[page].get_textpage().get_text_range()
    return "".join(words.split())


def pages_of(document):
    return len(pypdfium2.PdfDocument(document))


def size_of(document):
    """Width and height of the first page, in millimetres."""
    width, height = pypdfium2.PdfDocument(document)[0].get_size()
    return round(width / 72 * 25.4), round(height / 72 * 25.4)


def picture_of(document, page=0, dots_an_inch=150):
    """The page as (width, height, bytes of grey)."""
    bitmap = pypdfium2.PdfDocument(document)[page].render(
        scale=dots_an_inch / 72, grayscale=True
    )
    rows = bytes(bitmap.buffer)
    cut = (
        rows[line * bitmap.stride : line * bitmap.stride + bitmap.width]
        for line in range(bitmap.height)
    )
    return bitmap.width, bitmap.height, b"".join(cut)


def codes_in(document, page=0, dots_an_inch=150):
    """What a camera reads off the printed page."""
    width, height, grey = picture_of(document, page, dots_an_inch)
    image = memoryview(grey).cast("B", (height, width))
    return [found.text for found in zxingcpp.read_barcodes(image)]
