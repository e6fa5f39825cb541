"""What the window issues is a credential that anyone can check, and a signed PDF."""

import json

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.operations.issuing import (
    RecordNotInForce,
    issue_credential,
)
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.operations.documents import (
    NothingIssued,
    NotInForce,
    certificate_facts,
    certificate_pdf,
    issue_document,
    issue_of,
)
from tests.programmes.service_window.conftest import (
    CHAIR,
    FAR_WINDOW,
    NOBODY,
    WINDOW,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(carry):
    carry(registry.FIRST)
    return UnionCertificate.objects.get()


@pytest.fixture
def unissued(certificate):
    """One of the days before there were electronic certificates."""
    IssuedCredential.objects.all().delete()
    return certificate


def issue(certificate, now, actor=WINDOW):
    return issue_document(certificate_id=certificate.pk, actor=actor, now=now)


def latest():
    return UnionCertificate.objects.order_by("pk").last()


def test_granting_issues_a_credential_that_says_what_the_certificate_says(certificate):
    issued = issue_of(certificate)
    document = json.loads(issued.document)
    subject = document["credentialSubject"]
    assert subject["achievement"]["name"] == "工会法人资格证书"
    assert subject["licenseNumber"] == certificate.number
    assert subject["identifier"][0]["identityHash"] == certificate.name
    assert issued.issued_by_label == WINDOW.label


def test_the_window_issues_no_other_kind(certificate, now):
    with pytest.raises(NotPermitted):
        issue_credential(credential_id=certificate.credential_id, actor=WINDOW, now=now)


def test_the_pdf_carries_the_credential_and_says_the_chair_and_the_domicile(
    certificate, now
):
    content = certificate_pdf(certificate, actor=WINDOW, now=now)
    assert content.startswith(b"%PDF-")
    assert b"/ByteRange" in content  # it is signed
    facts = certificate_facts(certificate, issue_of(certificate), 2)
    said = {line.label: line.value for line in facts.lines}
    assert said["法定代表人"] == "李明"
    assert said["住所"] == "北镇人民路1号"
    assert facts.copy_number == 2
    assert facts.document == issue_of(certificate).document.encode()
    assert facts.address.endswith(f"/verify/{issue_of(certificate).public_id}/")


@pytest.mark.parametrize("code", [registry.CHANGE, registry.REISSUE])
def test_a_later_certificate_supersedes_what_was_issued_of_the_earlier(
    certificate, carry, code
):
    more = (
        {"new_domicile": "北镇人民路9号", "papers": ["change_statement"]}
        if code == registry.CHANGE
        else {}
    )
    before = issue_of(certificate)
    carry(code, "ZJ-002", **more)
    before.refresh_from_db()
    after = issue_of(latest())
    assert (before.status, after.status) == ("superseded", "valid")
    assert after.supersedes == before
    certificate.refresh_from_db()
    assert issue_of(certificate) is None


def test_a_cancelled_certificate_is_revoked_to_whoever_checks(certificate, carry, now):
    issued = issue_of(certificate)
    carry(registry.CANCELLATION)
    issued.refresh_from_db()
    assert issued.status == "revoked"
    certificate.refresh_from_db()
    with pytest.raises(NothingIssued):
        certificate_pdf(certificate, actor=WINDOW, now=now)
    with pytest.raises(NotInForce):
        issue(certificate, now)


def test_what_has_no_document_yet_is_issued_once(unissued, now):
    made = issue(unissued, now)
    assert issue(unissued, now) == made
    assert IssuedCredential.objects.count() == 1


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [(CHAIR, NotPermitted), (FAR_WINDOW, NotFound), (NOBODY, NotFound)],
)
def test_others_issue_nothing(unissued, now, actor, refusal):
    with pytest.raises(refusal):
        issue(unissued, now, actor)
    assert not IssuedCredential.objects.exists()


def test_a_certificate_whose_term_is_over_is_not_issued(unissued, now):
    with pytest.raises(RecordNotInForce):
        issue(unissued, now.replace(year=now.year + 6))
