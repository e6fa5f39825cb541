from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.credentials.proofs import data_integrity, multibase, multikey
from jiangxin.kernel.credentials.proofs.canonical import canonical
from jiangxin.kernel.credentials.proofs.data_integrity import check, secure, timestamp
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from tests.kernel.credentials.proofs.test_multikey import PRIVATE, PUBLIC

# W3C Data Integrity EdDSA Cryptosuites 1.0, appendix B.2: eddsa-jcs-2022.
DOCUMENT = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/examples/v2",
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "did:example:abcdefgh",
        "alumniOf": "The School of Examples",
    },
}
CREATED = "2023-02-24T23:36:38Z"
# The method as the recommendation has it, and as its working group's files have it.
VECTORS = {
    f"did:key:{PUBLIC}#{PUBLIC}": (
        "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTM"
        "uVor51aX"
    ),
    f"https://vc.example/issuers/5678#{PUBLIC}": (
        "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtu"
        "TsijJKh4"
    ),
}
HASHES = (
    "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
    "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
)
KEY = multikey.public_bytes(PUBLIC)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=8,
)


def signed(document=DOCUMENT):
    return secure(
        document,
        key=multikey.private_key(PRIVATE),
        method=next(iter(VECTORS)),
        created=CREATED,
    )


@pytest.mark.parametrize(("method", "value"), VECTORS.items())
def test_w3c_vectors_are_reproduced(method, value):
    key = multikey.private_key(PRIVATE)
    made = secure(DOCUMENT, key=key, method=method, created=CREATED)
    assert made["proof"]["proofValue"] == value
    check(DOCUMENT, made["proof"], key=KEY)


def test_hashes_are_those_of_the_recommendation():
    options = {k: v for k, v in signed()["proof"].items() if k != "proofValue"}
    assert data_integrity._to_sign(DOCUMENT, options).hex() == HASHES


@pytest.mark.parametrize(
    ("code", "proof"),
    [
        ("signature", {"created": "2023-02-24T23:36:39Z"}),
        ("proof_type", {"cryptosuite": "eddsa-rdfc-2022"}),
        ("proof_type", {"type": "Ed25519Signature2020"}),
        ("proof_purpose", {"proofPurpose": "authentication"}),
        ("proof_context", {"@context": ["https://www.w3.org/ns/credentials/v1"]}),
        ("proof_value", {"proofValue": None}),
        ("proof_value", {"proofValue": "z2"}),
    ],
)
def test_altered_proof_is_refused(code, proof):
    with pytest.raises(ProofProblem, match=code):
        check(DOCUMENT, {**signed()["proof"], **proof}, key=KEY)


@given(st.dictionaries(st.text(), plain, max_size=4), st.text(min_size=1), plain)
def test_any_other_document_is_refused(document, name, value):
    proof = signed(document)["proof"]
    check(document, proof, key=KEY)
    other = {**document, name: value}
    if canonical(other) != canonical(document):
        with pytest.raises(ProofProblem):
            check(other, proof, key=KEY)


@pytest.mark.parametrize("hashed", [True, False])
def test_proof_without_contexts_is_good_whether_or_not_it_hashed_them(hashed):
    options = {k: v for k, v in signed()["proof"].items() if k != "proofValue"}
    contexts = options.pop("@context")
    read = {**options, "@context": contexts} if hashed else options
    value = multikey.private_key(PRIVATE).sign(data_integrity._to_sign(DOCUMENT, read))
    proof = {**options, "proofValue": multibase.encode_base58(value)}
    check(DOCUMENT, proof, key=KEY)
    with pytest.raises(ProofProblem, match="signature"):
        check({**DOCUMENT, "@context": contexts[:1]}, proof, key=KEY)


def test_order_of_members_does_not_matter():
    check(dict(reversed(DOCUMENT.items())), signed()["proof"], key=KEY)


def test_another_key_is_refused():
    other = multikey.public_bytes(multikey.public_of(multikey.new_private()))
    with pytest.raises(ProofProblem, match="signature"):
        check(DOCUMENT, signed()["proof"], key=other)


def test_document_without_contexts_has_a_proof_without_them():
    assert "@context" not in signed({"a": 1})["proof"]


def test_contexts_added_behind_those_of_the_proof_leave_it_good():
    more = [*DOCUMENT["@context"], "https://w3id.org/security/data-integrity/v2"]
    check({**DOCUMENT, "@context": more}, signed()["proof"], key=KEY)


@pytest.mark.parametrize("value", [2**53, float("nan"), "\ud800", {1: 2}])
def test_what_has_no_one_spelling_is_not_signed(value):
    with pytest.raises(ProofProblem, match="canonical"):
        signed({"a": value})


def test_moments_are_written_in_utc():
    moment = datetime.fromisoformat("2026-01-05T00:00:00+08:00")
    assert timestamp(moment) == "2026-01-04T16:00:00Z"
