"""Files made to tie a reader up or to take it in; run, it says what each cost.

As a process of its own, so that the memory it took is the memory of the reading.
"""

import json
import os
import resource
import sys
import zlib
from contextlib import suppress
from pathlib import Path

from jiangxin.kernel.credentials.proofs import images, jose
from tests.kernel.credentials.proofs import samples
from tests.kernel.credentials.proofs.samples import document, json_file, png

MEGABYTE = 1_000_000


def _pdf(*objects, trailer="/Root 1 0 R"):
    """Write a PDF of these objects by hand, numbered from 1."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        content = body if isinstance(body, bytes) else body.encode()
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    end = f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\n"
    return out + f"{table}{end}startxref\n{len(out)}\n%%EOF".encode()


CATALOG = "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 3 0 R >> >>"
PAGES = "<< /Type /Pages /Kids [] /Count 0 >>"
FILE_SPEC = "<< /Type /Filespec /F (a.json) /EF << /F 5 0 R >> >>"
NAMES = "<< /Names [(a.json) 4 0 R] >>"


def _stream(data, more=""):
    return (
        f"<< /Length {len(data)} {more} >>\nstream\n".encode() + data + b"\nendstream"
    )


def pdf_of(stream):
    return _pdf(CATALOG, PAGES, NAMES, FILE_SPEC, stream)


def packed_often(data, times):
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def text_chunk(data):
    body = images.KEYWORD + b"\0\1\0\0\0" + zlib.compress(data, 9)
    return png()[:-12] + images._chunk(b"iTXt", body) + png()[-12:]


def token(header, payload=None):
    parts = (jose._json(header), jose._json(payload or document()), b"x" * 64)
    return ".".join(jose._encoded(part) for part in parts).encode()


def laughs(count):
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(count)
    )
    return f"<!DOCTYPE svg [{entities}]><svg>&l{count - 1};</svg>".encode()


# {what it is: (a function that makes it, the problem that it must be refused with)}
HOSTILE = {
    "ten megabytes of brackets": (lambda: b"{" * 10 * MEGABYTE, "json_large"),
    "nesting without end": (lambda: b'{"a":' * 190_000, "json_deep"),
    "arrays without end": (lambda: b'{"a":' + b"[" * 900_000, "json_deep"),
    "half a million values": (
        lambda: b'{"a":[' + b"1," * 450_000 + b"1]}",
        "json_large",
    ),
    "a number of a million digits": (
        lambda: b'{"a":' + b"9" * 900_000 + b"}",
        "json_number",
    ),
    "one name a hundred thousand times": (
        lambda: b"{" + b'"a":1,' * 100_000 + b'"a":1}',
        "json_duplicate",
    ),
    "a name twice, once escaped": (
        lambda: json_file().replace(b'{"', b'{"\\u006eame":"x","', 1),
        "json_duplicate",
    ),
    "not a number": (lambda: b'{"a":NaN}', "json_number"),
    "infinity by another name": (lambda: b'{"a":1e400}', "json_number"),
    "half a character": (lambda: b'{"a":"\\ud83d"}', "json_text"),
    "a name that reads backwards": (
        lambda: samples.as_bytes(document(name="王\u202e芳")),
        "json_text",
    ),
    "no signature at all": (lambda: token({"alg": "none"}), "algorithm"),
    "the public key as a secret": (lambda: token({"alg": "HS256"}), "algorithm"),
    "an encrypted token": (
        lambda: token({"alg": "ECDH-ES", "enc": "A256GCM"}),
        "algorithm",
    ),
    "a packed token": (lambda: token({"alg": "EdDSA", "zip": "DEF"}), "token_header"),
    "a token of dots": (lambda: b"eyJ" + b"." * MEGABYTE, "token_form"),
    "a token with a header of a megabyte": (
        lambda: token({"alg": "EdDSA", "x": "y" * MEGABYTE}),
        "token_large",
    ),
    "a token in JSON in a picture, unsigned": (
        lambda: samples.png_file(
            json.dumps(
                {
                    "id": f"data:application/vc+jwt,{token({'alg': 'none'}).decode()}",
                    "type": "EnvelopedVerifiableCredential",
                }
            )
        ),
        "algorithm",
    ),
    "a signature of a thousand letters": (
        lambda: samples.as_bytes(
            document(proof={**samples.signed()["proof"], "proofValue": "z" * 900_000})
        ),
        "proof_value",
    ),
    "a bomb in a picture": (lambda: text_chunk(bytes(300 * MEGABYTE)), "baked_large"),
    "a picture in a picture": (lambda: text_chunk(png()), "file_kind"),
    "a picture of a million chunks": (
        lambda: images.PNG_START + images._chunk(b"tEXt", b"") * 400_000,
        "png",
    ),
    "a chunk of two gigabytes": (
        lambda: images.PNG_START + b"\x7f\xff\xff\xffIHDR" + bytes(100),
        "png",
    ),
    "a thousand million laughs": (lambda: laughs(10), "svg_entities"),
    "an entity from a file": (
        lambda: (
            b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'
        ),
        "svg_entities",
    ),
    "elements without end": (lambda: b"<svg>" + b"<g>" * 600_000, "svg"),
    "an element with a million attributes": (
        lambda: b"<svg " + b"".join(b'a%d="" ' % n for n in range(150_000)) + b"/>",
        "not_baked",
    ),
    "a zip": (lambda: b"PK\x03\x04" + bytes(MEGABYTE), "bundle"),
    "a gzip": (lambda: b"\x1f\x8b" + bytes(MEGABYTE), "file_kind"),
    "a bomb in a PDF": (
        lambda: pdf_of(
            _stream(packed_often(bytes(300 * MEGABYTE), 1), "/Filter /FlateDecode")
        ),
        "pdf",
    ),
    "a bomb in a bomb in a PDF": (
        lambda: pdf_of(
            _stream(
                packed_often(bytes(300 * MEGABYTE), 2),
                "/Filter [/FlateDecode /FlateDecode]",
            )
        ),
        "pdf",
    ),
    "a PDF whose names lead in a circle": (
        lambda: _pdf(CATALOG, PAGES, "<< /Kids [3 0 R 3 0 R] >>"),
        "pdf",
    ),
    "a PDF that refers to itself": (
        lambda: _pdf("1 0 R", trailer="/Root 1 0 R"),
        "pdf",
    ),
    "a PDF of brackets": (lambda: _pdf("[" * 2 * MEGABYTE), "pdf"),
    "a PDF whose table says a thousand million objects": (
        lambda: _pdf(CATALOG, PAGES).replace(b"xref\n0 3", b"xref\n0 999999999"),
        "pdf",
    ),
    "a PDF without an end": (lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * MEGABYTE, "pdf"),
    "a PDF of noise": (
        lambda: b"%PDF-1.7\n" + zlib.compress(bytes(range(256)) * 9_000, 0),
        "pdf",
    ),
}
# The reader mends what it can of a PDF, and may then find nothing attached.
ALSO = {"pdf": {"pdf", "not_attached"}}


def main():
    """Print {name: [problem, seconds of computing, megabytes more than before]} and what children took."""
    samples.report_of(samples.pdf_file())  # what is loaded once, is loaded
    told = {}
    for name, (make, _code) in HOSTILE.items():
        data = make()
        with suppress(OSError):  # forget the peak of making it
            Path("/proc/self/clear_refs").write_text("5")
        before, start = _peak(), _computed()
        report = samples.report_of(data)
        seconds = _computed() - start
        problem = next(one for one in report.findings if one.outcome == "failed")
        told[name] = [problem.code, seconds, _peak() - before]
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_000
    json.dump({"files": told, "children": children}, sys.stdout)


def _computed():
    """Return the seconds of computing so far, those of children that ended included."""
    return sum(os.times()[:4])


def _peak():
    """Return the most memory held since it was last asked to forget, in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1_000
    return 0


if __name__ == "__main__":
    main()
