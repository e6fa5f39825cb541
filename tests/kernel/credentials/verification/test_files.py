import json
from datetime import date, timedelta

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.federation import federation
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.operations import CredentialFacts
from jiangxin.kernel.credentials.proofs import jose, multikey
from jiangxin.kernel.credentials.proofs.publishing import did_document, key_set
from jiangxin.kernel.credentials.proofs.report import Verdict
from jiangxin.kernel.credentials.verification import verify_file
from tests.kernel.credentials.operations.test_issuing import issue, record
from tests.kernel.credentials.proofs import samples
from tests.kernel.register.cast import OFFICER

pytestmark = pytest.mark.django_db(transaction=True)

THIEF = multikey.new_private()
THIEF_PUBLIC = multikey.public_of(THIEF)


@pytest.fixture
def issued(now, make_person, firms):
    return issue(record(now, person_id=make_person(employer=firms.north).pk), now)


def problems(data, now, **more):
    report = verify_file(data, at=now, **more)
    return {one.check: one.code for one in report.findings if one.outcome != "passed"}


def test_what_we_issued_is_genuine(now, issued):
    report = verify_file(issued.document.encode(), at=now)
    assert report.verdict == Verdict.GOOD
    assert report.of("issuer").code == "issuer_own"


def test_altered_document_is_named(now, issued):
    data = issued.document.replace("高级工", "高级技师").encode()
    assert problems(data, now) == {"signature": "signature"}


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (operations.suspend_issue, "status_suspended"),
        (operations.revoke_issue, "status_revoked"),
    ],
)
def test_suspended_and_revoked_are_named(now, issued, operation, code):
    operation(issue_id=issued.pk, reason="复核", actor=OFFICER, now=now)
    assert problems(issued.document.encode(), now) == {"status": code}


def test_replaced_is_named_and_its_successor_is_genuine(now, issued):
    later = operations.reissue_credential(
        issue_id=issued.pk, reason="更正", actor=OFFICER, now=now
    )
    assert problems(issued.document.encode(), now) == {"status": "status_superseded"}
    assert problems(later.document.encode(), now) == {}


def test_expired_is_named(now, make_person, firms):
    given = CredentialFacts(kind="honour", grade=1, valid_to=date(2027, 1, 1))
    person = make_person(employer=firms.north)
    issued = issue(record(now, person_id=person.pk, given=given), now)
    later = now + timedelta(days=365)
    assert problems(issued.document.encode(), later) == {"validity": "expired"}


def test_old_signatures_are_good_after_the_key_was_rotated(now, issued):
    operations.rotate_key(reason="", actor=SYSTEM, now=now)
    assert problems(issued.document.encode(), now) == {}


def test_signature_of_a_compromised_key_is_not_good(now, issued):
    operations.retire_key(
        key_id=issued.key_id, is_compromised=True, reason="", actor=SYSTEM, now=now
    )
    assert problems(issued.document.encode(), now) == {"key": "key_given_up"}


def test_document_that_is_not_on_record_is_named(now, issued):
    IssuedCredential.objects.all().delete()
    assert problems(issued.document.encode(), now) == {"status": "status_absent"}


class TestKeysOfAThief:
    """Whoever uploads a file may upload keys too, but not speak for us with them."""

    def forged(self, issued, method):
        document = json.loads(issued.document)
        document.pop("proof")
        key = multikey.private_key(THIEF)
        return [
            samples.as_bytes(samples.signed(document, method, key)),
            jose.sign_token(document, key=key, method=method).encode(),
        ]

    def sources(self, method):
        did = federation().did
        jwk = jose.public_jwk(multikey.public_bytes(THIEF_PUBLIC))
        return [
            did_document(did, [THIEF_PUBLIC]),
            key_set(did, [THIEF_PUBLIC]),
            {**jwk, "kid": method},
            {"id": method, "controller": did, "publicKeyJwk": jwk},
        ]

    def test_bring_no_forgery_through(self, now, issued):
        did, real = federation().did, issued.key.public_part
        for method in (f"{did}#{THIEF_PUBLIC}", f"{did}#{real}", "k1", "#k1"):
            for data in self.forged(issued, method):
                for source in self.sources(method):
                    report = verify_file(data, at=now, keys=[samples.as_bytes(source)])
                    assert report.verdict in {Verdict.BAD, Verdict.UNCHECKED}, method

    def test_do_not_spoil_what_we_issued(self, now, issued):
        method = f"{issued.issuer}#{issued.key.public_part}"
        for source in self.sources(method):
            data = issued.document.encode()
            assert problems(data, now, keys=[samples.as_bytes(source)]) == {}


def test_foreign_file_is_checked_with_the_keys_that_came_with_it(now):
    keys = [samples.as_bytes(did_document(samples.DID, [samples.PUBLIC]))]
    report = verify_file(samples.json_file(), at=now, keys=keys, trusted=[samples.DID])
    assert report.verdict == Verdict.RESERVED
    assert problems(samples.json_file(), now) == {
        "key": "key_unknown",
        "signature": "not_checked",
    }


@pytest.mark.parametrize(
    ("code", "keys"), [("keys", b"{}"), ("json_syntax", b"{"), ("json_kind", b"[]")]
)
def test_file_of_keys_without_use_is_named(now, code, keys):
    assert problems(samples.json_file(), now, keys=[keys]) == {"key": code}


def test_document_of_another_address_is_not_on_record(now, issued, settings):
    settings.JIANGXIN_ADDRESS = "https://elsewhere.example"
    found = problems(issued.document.encode(), now)
    assert found == {"key": "key_unknown", "signature": "not_checked"}


@pytest.fixture
def certificate(issued, now):
    issued.refresh_from_db()
    return operations.own_certificate(issue=issued, actor=SYSTEM, now=now)


def test_the_certificate_that_we_print_is_genuine_as_a_whole(now, certificate):
    report = verify_file(certificate, at=now)
    assert (report.form, report.verdict) == ("pdf", Verdict.GOOD)
    assert report.of("seal").code == "seal_good"
    assert report.of("paper").code == "paper_good"


def test_the_certificate_stays_genuine_when_the_seal_is_renewed(now, certificate):
    operations.renew_seal(actor=SYSTEM, now=now + timedelta(days=900))
    assert verify_file(certificate, at=now).verdict == Verdict.GOOD


def test_the_certificate_of_a_revoked_issue_is_named(now, issued, certificate):
    operations.revoke_issue(issue_id=issued.pk, reason="复核", actor=OFFICER, now=now)
    assert problems(certificate, now) == {"status": "status_revoked"}


def test_an_altered_certificate_is_named(now, certificate):
    altered = certificate[:900] + bytes([certificate[900] ^ 1]) + certificate[901:]
    assert problems(altered, now)["seal"] == "seal_altered"


def test_our_credential_in_another_pdf_is_named(now, issued):
    data = samples.pdf_file(issued.document.encode(), holder="王方")
    assert problems(data, now) == {"seal": "seal_unknown", "paper": "paper_differs"}


def test_the_authority_of_another_issuer_may_come_with_the_file(now):
    keys = [samples.as_bytes(did_document(samples.DID, [samples.PUBLIC]))]
    given = {"at": samples.NOW, "trusted": [samples.DID]}
    report = verify_file(samples.pdf_file(), keys=keys, **given)
    assert report.of("seal").code == "seal_unknown"
    keys.append(b"of the example\n" + samples.SEAL.authority.encode())
    report = verify_file(samples.pdf_file(), keys=keys, **given)
    assert report.of("seal").code == "seal_good"


def test_a_damaged_authority_is_named(now, issued):
    damaged = samples.SEAL.authority.replace("MII", "!!!").encode()
    assert problems(issued.document.encode(), now, keys=[damaged]) == {"key": "keys"}
