"""A certificate's signature, judged by a program that is none of ours."""

import re
import shutil
import subprocess

import pytest

from jiangxin.kernel.credentials.printing.authority import make_authority
from jiangxin.kernel.credentials.printing.signing import sign
from jiangxin.kernel.credentials.printing.typesetting import render
from tests.kernel.credentials.printing import paper

OPENSSL = shutil.which("openssl") or "openssl"


@pytest.fixture(scope="module")
def signed():
    return sign(render(paper.honour()), paper.seal())


def judged(document, authority, folder):
    """Let openssl judge the signature against the bytes it covers."""
    found = re.search(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+) *\]", document)
    first, length, second, rest = map(int, found.groups())
    digits = document[first + length + 1 : second - 1]
    (folder / "signature").write_bytes(bytes.fromhex(digits.decode()))
    covered = document[first : first + length] + document[second : second + rest]
    (folder / "covered").write_bytes(covered)
    (folder / "authority").write_text(authority)
    told = (
        f"{OPENSSL} cms -verify -cades -binary -inform DER -purpose any -in signature"
    )
    told += " -content covered -CAfile authority -out out -attime"
    return subprocess.run(
        [*told.split(), str(int(paper.NOW.timestamp()))],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_signature_is_good_to_an_independent_program(tmp_path):
    seal = paper.seal()
    document = sign(render(paper.honour()), seal)
    done = judged(document, seal.authority, tmp_path)
    assert "successful" in done.stderr
    assert done.returncode == 0


def test_a_signature_covers_all_of_the_file_but_itself(signed):
    found = re.search(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+) *\]", signed)
    first, _, second, rest = map(int, found.groups())
    assert (first, second + rest) == (0, len(signed))


def test_one_flipped_bit_is_noticed(tmp_path):
    seal = paper.seal()
    document = bytearray(sign(render(paper.honour()), seal))
    document[1000] ^= 1
    done = judged(bytes(document), seal.authority, tmp_path)
    assert done.returncode != 0
    assert "successful" not in done.stderr


def test_the_seal_of_another_authority_is_noticed(tmp_path, signed):
    other = make_authority(name="另一个总工会", now=paper.NOW).certificate
    assert judged(signed, other, tmp_path).returncode != 0


def test_a_signature_is_pades_and_forbids_changes(signed):
    assert b"/SubFilter /ETSI.CAdES.detached" in signed
    assert re.search(rb"/TransformMethod /DocMDP", signed)
    assert re.search(rb"/P 1\b", signed)


def test_signing_adds_to_the_file_and_alters_none_of_it(signed):
    assert signed.startswith(render(paper.honour()))


def test_a_signed_certificate_keeps_its_claims_and_its_looks(signed):
    assert b"<pdfaid:part>3</pdfaid:part>" in signed
    assert paper.codes_in(signed) == [paper.ADDRESS]
    assert paper.picture_of(signed) == paper.picture_of(render(paper.honour()))
