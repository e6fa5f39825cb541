"""Issuing at the desk."""

import pytest
from django.urls import reverse
from django.utils import translation

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import IssuedCredential
from tests.kernel.credentials.views.test_desk import person, record
from tests.kernel.register.views.conftest import (
    auditor,
    clerk,
    now,
    officer,
    outsider,
    signed_in,
)

__all__ = [
    "auditor",
    "clerk",
    "now",
    "officer",
    "outsider",
    "person",
    "record",
    "signed_in",
]


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def url(name, *args):
    return reverse(f"credentials:{name}", args=args)


@pytest.fixture
def issued(record, now):
    return operations.issue_credential(credential_id=record().pk, actor=SYSTEM, now=now)


def test_a_credential_is_issued_with_one_press(officer, record):
    credential = record()
    detail = url("credential-detail", credential.pk)
    assert url("credential-issue", credential.pk) in officer.get(detail).text
    response = officer.post(url("credential-issue", credential.pk), follow=True)
    issue = IssuedCredential.objects.get(credential=credential)
    assert issue.public_id in response.text
    assert url("issue-print", issue.pk) in response.text
    assert url("credential-issue", credential.pk) not in response.text


def test_what_cannot_be_issued_says_why(officer, record, now):
    credential = record()
    operations.suspend_credential(
        credential_id=credential.pk,
        on=now.date(),
        reason="",
        actor=SYSTEM,
        now=now,
    )
    response = officer.post(url("credential-issue", credential.pk), follow=True)
    assert "Only what is valid today can be issued" in response.text
    assert not IssuedCredential.objects.exists()


def test_the_certificate_comes_as_a_file_that_no_cache_keeps(officer, issued):
    response = officer.post(url("issue-print", issued.pk))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert response.content.startswith(b"%PDF")
    issued.refresh_from_db()
    assert issued.prints == 1


def test_another_copy_asks_for_the_reason(officer, issued):
    officer.post(url("issue-print", issued.pk))
    again = officer.post(url("issue-print", issued.pk), {"reason": ""})
    assert "This field is required" in again.text
    page = officer.get(url("issue-print", issued.pk))
    assert "Made 1 times so far" in page.text
    made = officer.post(url("issue-print", issued.pk), {"reason": "遗失"})
    assert made["Content-Type"] == "application/pdf"


def test_no_certificate_of_what_was_suspended_meanwhile(officer, issued, now):
    operations.suspend_issue(issue_id=issued.pk, reason="x", actor=SYSTEM, now=now)
    response = officer.post(url("issue-print", issued.pk), follow=True)
    assert "no certificate is made of it" in response.text


def test_the_signed_file_can_be_taken(officer, issued):
    response = officer.get(url("issue-document", issued.pk))
    assert response["Content-Type"] == "application/vc+json"
    assert response.text == issued.document


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        (("suspend",), "suspended"),
        (("suspend", "resume"), "valid"),
        (("revoke",), "revoked"),
    ],
)
def test_an_issue_is_moved_with_a_reason(officer, issued, acts, status):
    for act in acts:
        officer.post(url("issue-move", issued.pk, act), {"reason": "复核"})
    issued.refresh_from_db()
    assert (issued.status, issued.status_reason) == (status, "复核")


def test_a_move_without_a_reason_or_of_no_name_is_none(officer, issued):
    officer.post(url("issue-move", issued.pk, "revoke"), {"reason": ""})
    issued.refresh_from_db()
    assert issued.status == "valid"
    assert officer.get(url("issue-move", issued.pk, "burn")).status_code == 404


def test_issued_anew_the_earlier_one_leads_to_the_later(officer, issued):
    officer.post(url("issue-again", issued.pk), {"reason": "姓名有误"})
    issued.refresh_from_db()
    assert issued.status == "superseded"
    assert issued.superseded_by.status == "valid"


@pytest.mark.parametrize("name", ["issue-print", "issue-document", "issue-again"])
@pytest.mark.parametrize("who", ["outsider", "auditor"])
def test_others_get_nowhere(request, issued, who, name):
    client = request.getfixturevalue(who)
    assert client.get(url(name, issued.pk)).status_code in {403, 404}


def test_who_may_only_look_sees_no_buttons(auditor, issued):
    response = auditor.get(url("credential-detail", issued.credential_id))
    if response.status_code == 200:
        assert url("issue-print", issued.pk) not in response.text
