from datetime import UTC, datetime, timedelta

import pytest

from jiangxin.kernel.credentials.proofs import multikey
from jiangxin.kernel.credentials.proofs.badge import CREDENTIALS_CONTEXT
from jiangxin.kernel.credentials.proofs.jose import public_jwk
from jiangxin.kernel.credentials.proofs.keys import KeyBook, PublicKey, of_multikeys
from jiangxin.kernel.credentials.proofs.report import Report, Verdict
from tests.kernel.credentials.proofs import samples
from tests.kernel.credentials.proofs.samples import (
    DID,
    GOOD_FILES,
    ID,
    METHOD,
    NOW,
    PUBLIC,
    as_bytes,
    document,
    json_file,
    known,
    problems_of,
    report_of,
    signed,
    token_text,
)

OTHER = multikey.new_private()
OTHER_KEY, OTHER_PUBLIC = multikey.private_key(OTHER), multikey.public_of(OTHER)


@pytest.mark.parametrize("make", GOOD_FILES.values(), ids=GOOD_FILES)
def test_good_file_of_every_form_is_in_order(make):
    report = report_of(make())
    assert (report.verdict, problems_of(make())) == (Verdict.GOOD, {})
    assert report.claim["holders"] == ["王芳"]
    of_paper = ["seal", "paper"] if report.form == "pdf" else []
    assert [one.check for one in report.findings] == [
        "file",
        "structure",
        "context",
        "key",
        "signature",
        "issuer",
        "validity",
        *of_paper,
        "status",
    ]


def altered_name(data):
    return data.replace("王芳".encode(), "王方".encode())


def test_altered_document_is_named_as_such():
    report = report_of(altered_name(json_file()))
    assert (report.verdict, problems_of(altered_name(json_file()))) == (
        Verdict.BAD,
        {"signature": "signature"},
    )


def test_token_signed_with_another_key_is_named_as_altered():
    forged = token_text(key=OTHER_KEY).encode()
    assert problems_of(forged) == {"signature": "signature"}


@pytest.mark.parametrize("status", ["suspended", "revoked", "superseded"])
def test_status_of_our_own_is_named(status):
    problems = problems_of(json_file(), status=status)
    assert problems == {"status": f"status_{status}"}
    assert report_of(json_file(), status=status).verdict == Verdict.BAD


def test_what_we_never_issued_is_named_though_it_is_signed():
    assert problems_of(json_file(), status=None) == {"status": "status_absent"}


@pytest.mark.parametrize("make", [json_file, lambda: token_text().encode()])
@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2029, 1, 4, 23, 59, 59, tzinfo=UTC), None),
        (datetime(2029, 1, 5, tzinfo=UTC), "expired"),
        (datetime(2026, 1, 5, tzinfo=UTC), None),
        (datetime(2026, 1, 4, 23, 59, 59, tzinfo=UTC), "not_yet"),
    ],
)
def test_period_of_validity_includes_its_first_moment_and_not_its_end(make, at, code):
    assert problems_of(make(), at=at).get("validity") == code


def test_token_may_not_say_a_longer_period_than_its_document():
    made = document(validUntil="2026-05-01T00:00:00Z")
    text = token_text({**made, "exp": 4_000_000_000})
    assert problems_of(text.encode()) == {"validity": "expired"}


class TestForeign:
    """Credentials of other issuers, whose keys come with the file or in its name."""

    DID_KEY = f"did:key:{OTHER_PUBLIC}"

    def file(self, did=DID_KEY, **more):
        method = f"{did}#{OTHER_PUBLIC}"
        return as_bytes(signed(document(did=did, **more), method, OTHER_KEY))

    def test_did_key_brings_its_key_but_nobody_vouches_for_it(self):
        report = report_of(self.file())
        assert report.verdict == Verdict.RESERVED
        assert problems_of(self.file()) == {
            "issuer": "issuer_unknown",
            "status": "status_offline",
        }

    def test_did_key_signs_tokens_too(self):
        made = document(did=self.DID_KEY)
        text = token_text(made, f"{self.DID_KEY}#{OTHER_PUBLIC}", OTHER_KEY)
        assert report_of(text.encode()).verdict == Verdict.RESERVED

    def test_trusted_issuer_without_a_status_is_in_order(self):
        made = document(did=self.DID_KEY)
        del made["credentialStatus"]
        data = as_bytes(signed(made, f"{self.DID_KEY}#{OTHER_PUBLIC}", OTHER_KEY))
        report = report_of(data, trusted=frozenset({self.DID_KEY}))
        assert report.verdict == Verdict.GOOD

    def test_did_web_is_not_checked_without_its_keys(self):
        data = self.file("did:web:other.example")
        assert report_of(data).verdict == Verdict.UNCHECKED
        assert problems_of(data) == {"key": "key_unknown", "signature": "not_checked"}

    def test_did_web_is_checked_with_its_keys(self):
        did = "did:web:other.example"
        keys = KeyBook(of_multikeys(did, [OTHER_PUBLIC]))
        report = report_of(self.file(did), keys=keys)
        assert report.verdict == Verdict.RESERVED

    def test_key_of_one_issuer_does_not_sign_for_another(self):
        method = f"{self.DID_KEY}#{OTHER_PUBLIC}"
        data = as_bytes(signed(document(), method, OTHER_KEY))
        assert problems_of(data) == {"key": "key_of_another"}

    def test_key_of_a_set_without_owners_does_not_sign_for_us(self):
        keys = KeyBook(
            {"k1": PublicKey(public_jwk(multikey.public_bytes(OTHER_PUBLIC)))}
        )
        text = token_text(method="k1", key=OTHER_KEY)
        assert problems_of(text.encode(), keys=keys) == {"key": "key_of_another"}

    def test_key_of_a_set_without_owners_signs_for_whom_it_came_with(self):
        keys = KeyBook(
            {"k1": PublicKey(public_jwk(multikey.public_bytes(OTHER_PUBLIC)))}
        )
        made = document(did="https://other.example")
        text = token_text(made, "k1", OTHER_KEY)
        assert report_of(text.encode(), keys=keys).verdict == Verdict.RESERVED
        text = token_text(made, "#k1", OTHER_KEY)
        assert report_of(text.encode(), keys=keys).verdict == Verdict.RESERVED


def test_compromised_key_of_ours_is_named():
    keys = KeyBook(given_up=frozenset({METHOD}))
    assert problems_of(json_file(), keys=keys) == {"key": "key_given_up"}


def without(*names):
    return {name: value for name, value in document().items() if name not in names}


@pytest.mark.parametrize(
    ("problem", "made"),
    [
        ("type", document(type=[])),
        ("type", document(type="OpenBadgeCredential")),
        ("type", document(type=[["VerifiableCredential"]])),
        ("type", without("type")),
        ("issuer", document(issuer=7)),
        ("issuer", document(issuer={"name": "x"})),
        ("issuer", document(issuer="no identifier")),
        ("credentialSubject", without("credentialSubject")),
        ("credentialSubject", document(credentialSubject=[])),
        ("credentialSubject", document(credentialSubject=[{}])),
        ("credentialSubject", document(credentialSubject="x")),
        ("credentialSubject", document(credentialSubject=[{"id": "a:b"}] * 17)),
        ("achievement", document(credentialSubject={"id": "urn:x:y"})),
        (
            "achievement.name",
            document(credentialSubject={"achievement": {"id": "a:b"}}),
        ),
        (
            "achievement.criteria",
            document(credentialSubject={"achievement": {"id": "a:b", "name": "x"}}),
        ),
        ("id", document(id=7)),
        ("validFrom", document(validFrom="2026-01-05")),
        ("validFrom", document(validFrom="2026-01-05T00:00:00")),
        ("validFrom", document(validFrom="2026-13-05T00:00:00Z")),
        ("validUntil", document(validUntil=None)),
        ("validUntil", document(validUntil="2026-01-05T00:00:00+99:99")),
        ("credentialStatus", document(credentialStatus=[7])),
    ],
)
def test_member_that_is_not_as_it_must_be_is_named(problem, made):
    report = report_of(as_bytes({**made, "proof": {"type": "x"}}))
    finding = report.of("structure")
    assert (finding.outcome, finding.code, finding.detail) == (
        "failed",
        "structure",
        problem,
    )


@pytest.mark.parametrize(
    ("code", "contexts"),
    [
        ("context_order", None),
        ("context_order", CREDENTIALS_CONTEXT),
        ("context_order", []),
        ("context_order", list(reversed(document()["@context"]))),
        ("context_order", [CREDENTIALS_CONTEXT]),
        ("context_unknown", [*document()["@context"], "https://evil.example/v1"]),
        ("context_inline", [*document()["@context"], {"name": "https://evil.example"}]),
    ],
)
def test_vocabulary_that_is_not_known_is_named_though_it_is_signed(code, contexts):
    data = json_file(document(**{"@context": contexts}))
    assert problems_of(data) == {"context": code}


@pytest.mark.parametrize(
    ("expected", "proof"),
    [
        ({"signature": "proof_missing"}, []),
        ({"signature": "proof_unknown"}, {"type": "Ed25519Signature2020"}),
        ({"signature": "proof_unknown"}, {"cryptosuite": "eddsa-rdfc-2022"}),
        ({"signature": "proof_type"}, {**signed()["proof"], "type": "x"}),
        ({"signature": "proof_value"}, {**signed()["proof"], "proofValue": "z1"}),
        (
            {"signature": "proof_value"},
            {**signed()["proof"], "verificationMethod": 7},
        ),
        (
            {"signature": "proof_unknown"},
            {**signed()["proof"], "previousProof": "urn:x"},
        ),
        (
            {"key": "key"},
            {**signed()["proof"], "verificationMethod": "did:key:z6Mk"},
        ),
        (
            {"key": "key"},
            {
                **signed()["proof"],
                "verificationMethod": f"did:key:{PUBLIC}#{OTHER_PUBLIC}",
            },
        ),
    ],
)
def test_proof_that_proves_nothing_is_named(expected, proof):
    assert problems_of(as_bytes(document(proof=proof))) == expected


def test_every_proof_known_here_must_be_good():
    proof = signed()["proof"]
    other = {"type": "DataIntegrityProof", "cryptosuite": "ecdsa-rdfc-2019"}
    assert problems_of(as_bytes(document(proof=[other, proof]))) == {}
    bad = {**proof, "created": "2026-01-06T00:00:00Z"}
    both = as_bytes(document(proof=[proof, bad]))
    assert problems_of(both) == {"signature": "signature"}


@pytest.mark.parametrize("name", ["iss", "jti", "sub"])
def test_token_that_contradicts_its_document_is_named(name):
    text = token_text()
    payload = {**document(), name: "urn:x:y"}
    forged = samples.jose._encoded(samples.jose._json(payload))
    head, _payload, signature = text.split(".")
    report = report_of(f"{head}.{forged}.{signature}".encode())
    assert (report.of("structure").code, report.of("structure").detail) == (
        "token_differs",
        name,
    )


@pytest.mark.parametrize("value", ["soon", True, -1, 1e300, None])
def test_token_with_an_impossible_time_is_refused(value):
    payload = {**document(), "exp": value}
    head, _payload, signature = token_text().split(".")
    forged = samples.jose._encoded(samples.jose._json(payload))
    report = report_of(f"{head}.{forged}.{signature}".encode())
    finding = report.of("structure")
    assert (finding.code, finding.detail) == ("structure", "exp")


def test_report_without_findings_is_not_good():
    assert Report().verdict == Verdict.BAD


def test_status_is_not_asked_for_a_document_of_another_name():
    renamed = json_file(document(id=f"{ID}x"))
    assert problems_of(renamed) == {"status": "status_absent"}


def test_moment_of_checking_decides_not_the_clock():
    later = NOW + timedelta(days=10_000)
    assert problems_of(json_file(), at=later) == {"validity": "expired"}
    assert known().issuer == DID
