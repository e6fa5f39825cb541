import pytest

from jiangxin.kernel.credentials.proofs.did import did_web, document_url
from jiangxin.kernel.credentials.proofs.problems import ProofProblem


@pytest.mark.parametrize(
    ("address", "did", "url"),
    [
        (
            "https://union.example",
            "did:web:union.example",
            "https://union.example/.well-known/did.json",
        ),
        (
            "https://union.example:8443",
            "did:web:union.example%3A8443",
            "https://union.example:8443/.well-known/did.json",
        ),
        (
            "https://union.example/badges/pujiang",
            "did:web:union.example:badges:pujiang",
            "https://union.example/badges/pujiang/did.json",
        ),
    ],
)
def test_address_and_identifier_lead_to_the_document(address, did, url):
    assert did_web(address) == did
    assert document_url(did) == url


@pytest.mark.parametrize(
    "did", ["", "did:web", "did:web:", "did:key:z6Mk", "did:web:a::b"]
)
def test_what_is_no_did_web_leads_nowhere(did):
    with pytest.raises(ProofProblem, match="did"):
        document_url(did)
