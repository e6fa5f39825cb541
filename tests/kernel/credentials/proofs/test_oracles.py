"""What independent implementations say of our files: none of them knows ours."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.keys import Ed25519SigningKey
from openvc.proof.di_jcs import EddsaJcsProofSuite
from openvc.proof.errors import SignatureInvalid

from jiangxin.kernel.credentials.proofs import jose, multikey, status_list
from jiangxin.kernel.credentials.proofs.publishing import (
    did_document,
    status_credential,
)
from tests.kernel.credentials.proofs import samples
from tests.kernel.credentials.proofs.samples import (
    DID,
    KEY,
    METHOD,
    PUBLIC,
    document,
    signed,
    token_text,
)

LIST = "https://union.example/status/a/"
# These verifiers look at the clock of the machine.
CLOCK = datetime.now(UTC)


def fresh(**more):
    day = timedelta(days=1)
    return document(
        validFrom=(CLOCK - day).strftime("%Y-%m-%dT%H:%M:%SZ"),
        validUntil=(CLOCK + day).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **more,
    )


def published(indexes=()):
    """What our addresses answer, by address."""
    made = status_credential(
        LIST,
        purpose="revocation",
        indexes=indexes,
        size=status_list.SMALLEST_SIZE,
        issuer=DID,
        key=KEY,
        method=METHOD,
        now=CLOCK - timedelta(hours=1),
    )
    return {
        "https://union.example/.well-known/did.json": did_document(DID, [PUBLIC]),
        LIST: made,
    }


def fetcher(answers):
    return lambda address: json.dumps(answers[address]).encode()


class TestOpenBadgesLibrary:
    def test_accepts_our_token_key_document_and_status_list(self):
        fetch = fetcher(published())
        verifier = OB3Verifier.for_issuer_did(DID, download=fetch)
        accepted = verifier.verify(
            token_text(fresh()),
            check_status=True,
            verify_status_list=False,
            download=fetch,
        )
        assert accepted.issuer.id == DID
        assert accepted.achievement.name == document()["name"]

    def test_sees_our_revocation(self):
        fetch = fetcher(published([7]))
        verifier = OB3Verifier.for_issuer_did(DID, download=fetch)
        with pytest.raises(OB3VerificationError, match="revocation"):
            verifier.verify(
                token_text(fresh()),
                check_status=True,
                verify_status_list=False,
                download=fetch,
            )

    def test_refuses_what_was_altered(self):
        verifier = OB3Verifier.for_issuer_did(DID, download=fetcher(published()))
        head, _payload, signature = token_text(fresh()).split(".")
        other = jose._encoded(jose._json(fresh(name="另一证书")))
        with pytest.raises(OB3VerificationError):
            verifier.verify(f"{head}.{other}.{signature}")

    def test_finds_our_token_in_our_pictures(self):
        text = token_text()
        png = samples.png_file(text)
        svg = samples.svg_file(text, is_token=True)
        assert OB3Verifier.extract_token_from_png(png) == text
        assert OB3Verifier.extract_token_from_svg(svg) == text

    def test_bakes_pictures_in_which_we_find_its_token(self):
        text = token_text()
        png = baking.bake_png(samples.png(), text, keyword=b"openbadgecredential")
        assert samples.report_of(png).verdict == "good"


class TestVerifiableCredentialsLibrary:
    """eddsa-jcs-2022 by another hand."""

    JWK = jose.public_jwk(multikey.public_bytes(PUBLIC))

    def test_accepts_our_proof(self):
        EddsaJcsProofSuite().verify(signed(fresh()), public_key_jwk=self.JWK)

    def test_refuses_what_was_altered(self):
        altered = signed(fresh()) | {"name": "另一证书"}
        with pytest.raises(SignatureInvalid):
            EddsaJcsProofSuite().verify(altered, public_key_jwk=self.JWK)

    def test_makes_proofs_that_we_accept(self):
        key = Ed25519SigningKey.generate("k")
        part = multikey.of_public(key.public_key_raw())
        did = f"did:key:{part}"
        made = EddsaJcsProofSuite().add_proof(
            document(did=did), signing_key=key, verification_method=f"{did}#{part}"
        )
        assert samples.problems_of(samples.as_bytes(made)) == {
            "issuer": "issuer_unknown",
            "status": "status_offline",
        }
