import pytest

from jiangxin.kernel.credentials.proofs import jose, multikey
from jiangxin.kernel.credentials.proofs.keys import MOST_KEYS, KeyBook
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.publishing import did_document, key_set
from tests.kernel.credentials.proofs.samples import DID, METHOD, PUBLIC

JWK = jose.public_jwk(multikey.public_bytes(PUBLIC))
METHOD_OBJECT = {"id": METHOD, "controller": DID, "publicKeyMultibase": PUBLIC}


@pytest.mark.parametrize(
    "source",
    [
        did_document(DID, [PUBLIC]),
        key_set(DID, [PUBLIC]),
        {**JWK, "kid": METHOD},
        METHOD_OBJECT,
        {"id": DID, "assertionMethod": [METHOD_OBJECT]},
        {
            "id": DID,
            "assertionMethod": [{"id": METHOD, "publicKeyJwk": JWK}],
        },
    ],
)
def test_key_is_found_however_it_is_published(source):
    book = KeyBook()
    assert book.add(source) == 1
    found = book.find(METHOD, DID)
    assert (found.jwk["x"], found.controller) == (JWK["x"], DID)


@pytest.mark.parametrize(
    "source",
    [
        {},
        {"keys": []},
        {"keys": [7, {"kty": "OKP"}]},
        {"id": DID},
        # For signing in, not for claims.
        {"id": DID, "verificationMethod": [METHOD_OBJECT], "authentication": [METHOD]},
        {"id": DID, "assertionMethod": [METHOD], "verificationMethod": "x"},
        {"id": "did:web:other.example", "assertionMethod": [METHOD_OBJECT]},
        {"id": DID, "assertionMethod": [{**METHOD_OBJECT, "revoked": "2026"}]},
        {"id": DID, "assertionMethod": [{**METHOD_OBJECT, "id": 7}]},
        {"id": DID, "assertionMethod": [{"id": METHOD, "publicKeyMultibase": "z6"}]},
        {"keys": [{**JWK, "kid": f"{DID}#{n}"} for n in range(MOST_KEYS + 1)]},
    ],
)
def test_document_without_keys_for_claims_gives_none(source):
    book = KeyBook()
    with pytest.raises(ProofProblem, match="keys"):
        book.add(source)
    assert book.find(METHOD, DID) is None


def test_published_documents_name_every_key():
    document = did_document(DID, [PUBLIC])
    assert document["assertionMethod"] == [METHOD]
    assert key_set(DID, [PUBLIC])["keys"][0]["kid"] == METHOD
