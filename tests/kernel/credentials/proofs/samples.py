"""One good credential in every form, and the smallest pictures to bake it into."""

import json
import struct
import zlib
from datetime import UTC, date, datetime
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from jiangxin.kernel.credentials.printing.facts import Line
from jiangxin.kernel.credentials.printing.signing import sign
from jiangxin.kernel.credentials.printing.typesetting import render
from jiangxin.kernel.credentials.proofs import data_integrity, images, jose, multikey
from jiangxin.kernel.credentials.proofs.badge import (
    Claim,
    Issuer,
    StatusPlace,
    Wording,
    badge,
)
from jiangxin.kernel.credentials.proofs.bundles import verify
from jiangxin.kernel.credentials.proofs.keys import KeyBook, of_multikeys
from jiangxin.kernel.credentials.proofs.known import Known
from jiangxin.kernel.credentials.proofs.seals import certificates_in
from tests.kernel.credentials.printing import paper

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DID = "did:web:union.example"
PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PUBLIC = multikey.public_of(PRIVATE)
KEY = multikey.private_key(PRIVATE)
METHOD = f"{DID}#{PUBLIC}"
ID = "https://union.example/verify/abc/"
CREATED = "2026-01-05T00:00:00Z"

CLAIM = Claim(
    holder="王芳",
    kind="职业技能等级证书",
    title="高级工证书",
    grade="高级工",
    grades=("初级工", "中级工", "高级工"),
    occupation="车工",
    number="Y000133000000261000001",
    awarded_by="某技能评价机构",
    awarded_on=date(2026, 1, 5),
    valid_from=datetime(2026, 1, 5, tzinfo=UTC),
    valid_until=datetime(2029, 1, 5, tzinfo=UTC),
)


def document(claim=CLAIM, did=DID, **more):
    made = badge(
        claim,
        id=ID,
        subject="urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        issuer=Issuer(did, "某县总工会", "https://union.example"),
        status=StatusPlace(7, {"revocation": "https://union.example/status/a/"}),
        words=Wording("依据登记内容签发。", "等级", "zh-CN"),
    )
    return {**made, **more}


def signed(made=None, method=METHOD, key=KEY):
    return data_integrity.secure(
        made or document(), key=key, method=method, created=CREATED
    )


def as_bytes(value):
    return json.dumps(value, ensure_ascii=False).encode()


def json_file(made=None):
    return as_bytes(signed(made))


def token_text(made=None, method=METHOD, key=KEY):
    return jose.sign_token(made or document(), key=key, method=method)


def png():
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    return images.PNG_START + b"".join(images._chunk(*each) for each in chunks)


SVG = (
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9">'
    "<title>徽章</title><g/></svg>"
)


def png_file(text=None):
    return images.bake_png(png(), text or json_file().decode())


def svg_file(text=None, *, is_token=False):
    text = text or json_file().decode()
    return images.bake_svg(SVG, text, is_token=is_token).encode()


SEAL = paper.seal(datetime(2026, 1, 5, tzinfo=UTC))
AUTHORITY = certificates_in(SEAL.authority.encode())[0]


def unsealed_pdf(*contents, holder=CLAIM.holder):
    """A certificate that names a holder, with these files attached."""
    lines = (Line("姓名", holder), Line("证书编号", CLAIM.number))
    facts = paper.listing(lines=lines, document=b"")
    writer = PdfWriter(PdfReader(BytesIO(render(facts))))
    for number, content in enumerate(contents or [json_file()]):
        writer.add_attachment(f"{number}.json", content)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def pdf_file(*contents, holder=CLAIM.holder, seal=SEAL):
    return sign(unsealed_pdf(*contents, holder=holder), seal)


GOOD_FILES = {
    "json": json_file,
    "jwt": lambda: token_text().encode(),
    "png": png_file,
    "png with a token": lambda: png_file(token_text()),
    "svg": svg_file,
    "svg with a token": lambda: svg_file(token_text(), is_token=True),
    "pdf": pdf_file,
    "pdf with a token": lambda: pdf_file(token_text().encode()),
}


def known(status="valid", **more):
    given = {
        "keys": KeyBook(of_multikeys(DID, [PUBLIC])),
        "issuer": DID,
        "status_of": {ID: status}.get,
        "authorities": (AUTHORITY,),
    }
    return Known(**{**given, **more})


def report_of(data, at=NOW, **more):
    return verify(data, at=at, known=known(**more))


def problems_of(data, **more):
    """Return {check: code} of what is not in order."""
    findings = report_of(data, **more).findings
    return {one.check: one.code for one in findings if one.outcome != "passed"}
