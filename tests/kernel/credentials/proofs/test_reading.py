import pytest

from jiangxin.kernel.credentials.proofs import images, reading
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.reading import read
from tests.kernel.credentials.proofs.samples import (
    as_bytes,
    document,
    json_file,
    pdf_file,
    png,
    png_file,
    svg_file,
    token_text,
)


def enveloped(kind="data:application/vc+jwt"):
    return as_bytes(
        {
            "@context": document()["@context"],
            "id": f"{kind},{token_text()}",
            "type": "EnvelopedVerifiableCredential",
        }
    )


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("json", json_file()),
        ("json", b"\xef\xbb\xbf\n " + json_file()),
        ("jwt", token_text().encode()),
        ("jwt", f"\n{token_text()}\n".encode()),
        ("json", enveloped()),
        ("png", png_file()),
        ("svg", svg_file()),
        ("svg", b"\n" + svg_file().partition(b"\n")[2]),
        ("pdf", pdf_file()),
        ("pdf", pdf_file(json_file(), json_file(), b"some other file")),
    ],
)
def test_file_is_known_by_what_is_in_it(form, data):
    carried = read(data)
    assert carried.form == form
    assert carried.document["name"] == document()["name"]
    assert "iss" not in carried.document


def test_token_of_the_older_kind_holds_its_credential_inside():
    from jiangxin.kernel.credentials.proofs import jose

    payload = {"iss": "a:b", "vc": {"name": "x"}}
    parts = [{"alg": "EdDSA"}, payload]
    text = ".".join(jose._encoded(jose._json(part)) for part in parts) + ".AAAA"
    assert read(text.encode()).document == {"name": "x"}


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("file_empty", b""),
        ("file_empty", b" \n\xef\xbb\xbf"),
        ("file_large", b"{" + b" " * reading.LARGEST_FILE),
        ("file_large", png() + bytes(reading.LARGEST_PNG)),
        ("file_large", b"<svg>" + b" " * reading.LARGEST_SVG),
        ("file_kind", b"PK\x03\x04"),
        ("file_kind", "王芳".encode()),
        ("file_kind", enveloped("data:text/plain")),
        ("file_kind", images.bake_png(png(), "text")),
        ("file_kind", images.bake_png(png(), "<svg/>")),
        ("file_kind", svg_file("%PDF-1.7")),
        ("not_attached", pdf_file(b"text")),
        ("attached_twice", pdf_file(json_file(), token_text().encode())),
        ("pdf", b"%PDF-1.7\n%%EOF"),
    ],
)
def test_what_carries_no_one_credential_is_refused(code, data):
    with pytest.raises(ProofProblem, match=f"^{code}"):
        read(data)


def test_token_inside_json_inside_a_picture_is_checked_as_the_token_it_is():
    carried = read(png_file(enveloped().decode()))
    assert (carried.form, carried.token.header["alg"]) == ("png", "EdDSA")
