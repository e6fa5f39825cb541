"""Anybody hands a certificate in and reads what was found, on a desk and on a phone."""

import json

import pytest
from playwright.sync_api import expect

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.proofs.publishing import did_document
from tests.kernel.credentials.proofs import samples
from tests.samples import make_records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def issued(now):
    return IssuedCredential.objects.get(pk=make_records(now)["issue_id"])


def upload(page, data, keys=None):
    page.goto("/verify/")
    file = {"name": "证书.json", "mimeType": "application/json", "buffer": data}
    page.get_by_label("证书文件").set_input_files(file)
    if keys:
        file = {"name": "did.json", "mimeType": "application/json", "buffer": keys}
        page.get_by_label("签发机构的密钥").set_input_files(file)
    page.get_by_role("button", name="开始查验").click()


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_anybody_learns_what_a_file_is_worth(request, screen, look, issued, now):
    page = request.getfixturevalue(screen)
    upload(page, issued.document.encode())
    expect(page.get_by_text("真实有效")).to_be_visible()
    look(page, "file-check-good")
    operations.revoke_issue(issue_id=issued.pk, reason="", actor=SYSTEM, now=now)
    upload(page, issued.document.encode())
    expect(page.get_by_text("签发机构已撤销该证书")).to_be_visible()
    look(page, "file-check-revoked")
    keys = json.dumps(did_document(samples.DID, [samples.PUBLIC])).encode()
    upload(page, samples.json_file(), keys)
    expect(page.get_by_text("内容未被改动，但有事项无法确认")).to_be_visible()
    look(page, "file-check-foreign")
