"""The seal on a PDF: whose, over what, and what becomes of it when somebody alters it."""

import random
import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfWriter

from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.report import Verdict
from jiangxin.kernel.credentials.proofs.seals import (
    MOST_SEALS,
    certificates_in,
    look_at_seal,
)
from tests.hostile_summary import FUZZED
from tests.kernel.credentials.printing import paper
from tests.kernel.credentials.proofs.samples import (
    AUTHORITY,
    NOW,
    SEAL,
    pdf_file,
    problems_of,
    report_of,
    unsealed_pdf,
)
from tests.kernel.credentials.proofs.test_hostile import mutated

MUTATIONS = 1_500
GOOD = pdf_file()
STRANGER = paper.seal(SEAL.at)
FOREIGN = {"issuer": "did:web:other.example"}


def code_of(data, authorities=(AUTHORITY,)):
    return look_at_seal(data, authorities, at=NOW).code


def place_in(data):
    """Return where the signature stands: (its first digit, after its last)."""
    found = re.search(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+) *\]", data)
    _first, length, second, _rest = map(int, found.groups())
    return length + 1, second - 1


START, END = place_in(GOOD)


def changed(data, at, byte=None):
    new = bytes([data[at] ^ 1]) if byte is None else byte
    return data[:at] + new + data[at + len(new) :]


def added_to(data):
    """Write more to a PDF as its editors do: after what is there."""
    writer = PdfWriter(BytesIO(data), incremental=True)
    writer.add_blank_page(100, 100)
    stream = BytesIO()
    writer.write(stream)
    assert stream.getvalue().startswith(data)
    return stream.getvalue()


def test_a_seal_of_ours_on_all_of_a_pdf_is_good():
    found = look_at_seal(GOOD, [AUTHORITY], at=NOW)
    assert (found.code, found.by) == ("seal_good", paper.FEDERATION)


def test_a_seal_stays_good_when_its_certificate_has_ended():
    later = NOW + timedelta(days=365 * 10)
    assert look_at_seal(GOOD, [AUTHORITY], at=later).code == "seal_good"


BROKEN = {
    "none": (unsealed_pdf(), "seal_missing"),
    "altered": (changed(GOOD, 1000), "seal_altered"),
    "altered after the signature": (changed(GOOD, len(GOOD) - 3), "seal_altered"),
    "another page": (added_to(GOOD), "seal_added"),
    "a comment": (GOOD + b"%more", "seal_added"),
    "cut off": (GOOD[:-1], "seal_form"),
    "no digits": (changed(GOOD, START, b"x"), "seal_form"),
    "no signature": (changed(GOOD, START, b"0" * 8), "seal_form"),
    "other things in its place": (
        changed(GOOD, END - 40, b"> /Fields [9 0 R] <"),
        "seal_form",
    ),
    "a stranger's": (pdf_file(seal=STRANGER), "seal_unknown"),
    "of after its term": (
        pdf_file(seal=replace(SEAL, at=SEAL.at + timedelta(days=365 * 4))),
        "seal_term",
    ),
    "of before its term": (
        pdf_file(seal=replace(SEAL, at=SEAL.at - timedelta(days=1))),
        "seal_term",
    ),
}


@pytest.mark.parametrize(("data", "code"), BROKEN.values(), ids=BROKEN)
def test_what_is_not_as_it_was_sealed_is_named(data, code):
    assert code_of(data) == code


def test_claims_to_a_signature_beside_a_good_one_do_not_make_it_bad():
    claims = b"/ByteRange [0 9 12 20]" * (MOST_SEALS + 2)
    assert code_of(GOOD + claims) == "seal_added"


IN_ANOTHER = {
    "unsealed": (unsealed_pdf(), {"seal": "seal_missing"}),
    "added to": (added_to(GOOD), {"seal": "seal_added"}),
    "another's seal": (pdf_file(seal=STRANGER), {"seal": "seal_unknown"}),
    "another's paper": (
        pdf_file(holder="王方", seal=STRANGER),
        {"seal": "seal_unknown", "paper": "paper_differs"},
    ),
    "another name": (pdf_file(holder="王方"), {"paper": "paper_differs"}),
}


@pytest.mark.parametrize(("data", "problems"), IN_ANOTHER.values(), ids=IN_ANOTHER)
def test_a_genuine_credential_in_another_pdf_is_named(data, problems):
    assert problems_of(data) == problems
    assert report_of(data).verdict == Verdict.BAD


def test_of_another_issuers_pdf_is_said_what_cannot_be_known():
    assert problems_of(unsealed_pdf(), **FOREIGN)["seal"] == "seal_missing"
    assert report_of(unsealed_pdf(), **FOREIGN).verdict == Verdict.RESERVED
    assert problems_of(GOOD, **FOREIGN)["seal"] == "seal_unknown"
    trusted = {**FOREIGN, "other_authorities": (AUTHORITY,)}
    assert "seal" not in problems_of(GOOD, **trusted)
    assert problems_of(changed(GOOD, 1000), **trusted)["seal"] == "seal_altered"


def test_an_authority_that_came_with_the_file_does_not_speak_for_us():
    theirs = tuple(certificates_in(STRANGER.authority.encode()))
    data = pdf_file(seal=STRANGER)
    assert problems_of(data, other_authorities=theirs) == {"seal": "seal_unknown"}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\n",
        SEAL.pair.private_key.encode(),
        SEAL.authority.encode() * 20,
    ],
    ids=["nothing", "no certificate", "cut off", "a key", "too many"],
)
def test_what_is_no_certificate_is_refused(text):
    with pytest.raises(ProofProblem, match="keys"):
        certificates_in(text)


def test_a_mutated_pdf_has_no_good_seal(record_property):
    chance, refused = random.Random("seal"), 0  # noqa: S311 -- the same at every run
    for _ in range(MUTATIONS):
        data = mutated(GOOD, chance)
        is_good = code_of(data) == "seal_good"
        refused += not is_good
        # The signature's own place holds no more than it, so all else is as it was.
        assert not is_good or is_same_around(data)
    record_property(FUZZED, (MUTATIONS, refused))


def test_a_mutated_signature_is_good_only_where_nothing_is_signed(record_property):
    chance, refused = random.Random("digits"), 0  # noqa: S311 -- as above
    written = len(GOOD[START:END].rstrip(b"0"))
    for _ in range(MUTATIONS):
        digits = bytes([chance.choice(b"0123456789abcdef")])
        data = changed(GOOD, START + chance.randrange(written), digits)
        found = look_at_seal(data, [AUTHORITY], at=NOW)
        refused += found.code != "seal_good"
        assert found.code != "seal_good" or found.by == paper.FEDERATION
    record_property(FUZZED, (MUTATIONS, refused))
    assert refused > MUTATIONS // 2


def is_same_around(data):
    return data[:START] == GOOD[:START] and data[END:] == GOOD[END:]


def test_a_seal_over_a_signature_of_any_bytes_is_reported_on(record_property):
    """DER of every kind in the signature's place: it is judged, and nothing raises."""
    chance = random.Random("der")  # noqa: S311 -- as above
    der = bytes.fromhex(GOOD[START:END].decode())
    for _ in range(MUTATIONS // 2):
        inner = mutated(der, chance)[: len(der)].ljust(len(der), b"\0")
        data = changed(GOOD, START, inner.hex().encode())
        assert code_of(data) != "seal_missing"
    record_property(FUZZED, (MUTATIONS // 2, MUTATIONS // 2))
