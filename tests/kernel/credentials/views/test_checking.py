from dataclasses import replace
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jiangxin.foundation.clock.working_days import FEDERATION_ZONE
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.proofs import reading
from jiangxin.kernel.credentials.proofs.publishing import did_document
from tests.kernel.credentials.operations.test_issuing import issue, record
from tests.kernel.credentials.proofs import samples, test_status_given
from tests.kernel.register.cast import OFFICER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issued(now, make_person, firms):
    return issue(record(now, person_id=make_person(employer=firms.north).pk), now)


@pytest.fixture
def check(client):
    """Upload a file as anybody may, and return the page."""

    def upload(data, keys=None):
        sent = {"file": SimpleUploadedFile("证书.json", data)}
        if keys is not None:
            sent["keys"] = SimpleUploadedFile("did.json", keys)
        response = client.post(reverse("credentials:file-check"), sent)
        assert response.status_code == 200
        return response.content.decode()

    return upload


def test_anybody_finds_the_page(client):
    page = client.get(reverse("credentials:file-check")).content.decode()
    assert "证书查验" in page
    assert 'type="file"' in page


def test_genuine_file_is_said_to_be_so(check, issued):
    page = check(issued.document.encode())
    assert "真实有效" in page
    assert "高级工" in page


def test_revoked_file_is_said_to_be_so(check, issued, now):
    operations.revoke_issue(issue_id=issued.pk, reason="", actor=OFFICER, now=now)
    page = check(issued.document.encode())
    assert "签发机构已撤销该证书" in page
    assert "真实有效" not in page


def test_altered_file_is_said_to_be_so(check, issued):
    assert "签名后内容被改动" in check(issued.document.replace("高", "低").encode())


def test_foreign_file_is_checked_with_its_keys(check):
    assert "本系统没有该密钥" in check(samples.json_file())
    keys = samples.as_bytes(did_document(samples.DID, [samples.PUBLIC]))
    assert "内容未被改动，但有事项无法确认" in check(samples.json_file(), keys)


def test_the_last_day_is_the_last_on_which_the_file_counts(check):
    midnight = datetime(2029, 1, 5, tzinfo=FEDERATION_ZONE)
    claim = replace(samples.CLAIM, valid_until=midnight)
    page = check(samples.as_bytes(samples.signed(samples.document(claim))))
    assert "2029年1月4日" in page
    assert "2029年1月5日" not in page


def test_what_a_file_says_is_shown_as_text(check):
    made = samples.document(name="<script>alert(1)</script>")
    made["issuer"]["name"] = "<b>工会</b>"
    page = check(samples.as_bytes(samples.signed(made)))
    assert "<b>工会" not in page
    assert "&lt;b&gt;工会" in page


def test_form_without_a_file_says_so(client):
    page = client.post(reverse("credentials:file-check")).content.decode()
    assert 'aria-invalid="true"' in page
    assert "查验项目" not in page


def test_file_that_is_too_large_is_not_read(check):
    page = check(b"{" + b" " * reading.LARGEST_FILE)
    assert "文件过大" in page
    assert "查验项目" not in page


def test_a_status_list_of_the_issuer_is_taken_into_account(client):
    given = {
        "file": ("a.json", test_status_given.credential()),
        "keys": ("did.json", keys_of_another()),
        "status_list": ("list.json", test_status_given.status_list(7)),
    }
    files = {name: SimpleUploadedFile(*each) for name, each in given.items()}
    page = client.post(reverse("credentials:file-check"), files).text
    assert "签发机构已撤销该证书" in page


def keys_of_another():
    did = did_document(test_status_given.OTHER_DID, [test_status_given.PART])
    return samples.as_bytes(did)


def test_a_signature_of_another_kind_is_named_and_never_good(check):
    made = samples.signed()
    made["proof"]["cryptosuite"] = "eddsa-rdfc-2022"
    page = check(samples.as_bytes(made))
    assert "eddsa-rdfc-2022" in page
    assert "未能查验签名" in page


def test_the_file_and_the_code_lead_to_each_other(client, issued):
    by_file, by_code = (
        reverse("credentials:file-check"),
        reverse("credentials:verify-code"),
    )
    assert f'href="{by_code}"' in client.get(by_file).text
    assert f'href="{by_file}"' in client.get(by_code).text
    of_issue = client.get(reverse("credentials:verify", args=[issued.public_id])).text
    assert f'href="{by_file}"' in of_issue
