"""Batches at the desk."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import translation

from jiangxin.foundation.jobs.models import Job
from jiangxin.kernel.credentials.jobs import ISSUE_BATCH, issue_many
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.privacy.models import PersonalDataExport
from tests.kernel.credentials.operations.test_batches import Context, uploads
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
    "uploads",
]

NEW = "/desk/credentials/batch/"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def begin(officer, query="", form="files"):
    return officer.post(NEW + query, {"form": form})


@pytest.fixture
def finished(officer, record, now):
    """A batch of the officer's that its worker has done."""
    begin(officer) if record() else None
    job = Job.objects.get(kind=ISSUE_BATCH)
    context = Context(now)
    context.job_id = job.pk
    result = issue_many(context, **job.args)
    Job.objects.filter(pk=job.pk).update(state="done", result=result, finished_at=now)
    return job.pk


def test_the_list_leads_to_a_batch_of_what_it_shows(officer, record):
    record()
    page = officer.get(reverse("credentials:credential-list"), {"q": "x", "kind": "y"})
    assert f"{NEW}?q=x&amp;kind=y" in page.text


def test_a_batch_is_of_what_the_filters_leave(officer, record):
    record()
    wanted = record(kind="honour", grade=1, title="先进个人")
    assert "1 credential" in officer.get(NEW, {"kind": "honour"}).text
    response = begin(officer, "?kind=honour")
    job = Job.objects.get(kind=ISSUE_BATCH)
    assert response["Location"] == reverse("jobs:job-detail", args=[job.pk])
    assert job.args == {"credential_ids": [wanted.pk], "form": "files"}


def test_nothing_begins_for_an_empty_list(officer, record):
    record()
    assert "The list is empty" in officer.get(NEW, {"kind": "honour"}).text
    begin(officer, "?kind=honour")
    assert not Job.objects.exists()


def test_too_many_at_once_are_refused(officer, record, monkeypatch):
    monkeypatch.setattr("jiangxin.kernel.credentials.views.batches.MOST_IN_A_BATCH", 1)
    record()
    record(grade=4)
    assert "Too many at once" in officer.get(NEW).text
    begin(officer)
    assert not Job.objects.exists()


def test_the_file_is_taken_and_counted(officer, finished):
    shown = officer.get(reverse("credentials:batch", args=[finished]))
    assert "Issued now" in shown.text
    response = officer.post(reverse("credentials:batch-file", args=[finished]))
    files = ZipFile(BytesIO(b"".join(response.streaming_content)))
    assert len(files.namelist()) == 2
    assert IssuedCredential.objects.get().prints == 1
    kept = PersonalDataExport.objects.get()
    assert (kept.list_key, kept.format, kept.rows) == ("certificate_batch", "zip", 1)
    origin = files.read("origin.txt").decode("utf-8-sig")
    assert f"Export no. {kept.pk}" in origin
    assert "Handle with care" in origin


def test_a_large_file_is_given_for_a_reason(officer, finished):
    Job.objects.filter(pk=finished).update(
        result=Job.objects.get(pk=finished).result | {"made": 100_000}
    )
    address = reverse("credentials:batch-file", args=[finished])
    asked = officer.post(address).text
    assert "What the list is needed for" in asked
    assert "is-invalid" not in asked
    assert "What the list is needed for" in officer.post(address, {"reason": ""}).text
    assert IssuedCredential.objects.get().prints == 0
    given = officer.post(address, {"reason": "颁奖大会"})
    files = ZipFile(BytesIO(b"".join(given.streaming_content)))
    assert "颁奖大会" in files.read("origin.txt").decode("utf-8-sig")
    assert PersonalDataExport.objects.get().reason == "颁奖大会"


def test_a_file_that_is_gone_says_so(officer, finished, uploads):
    for path in (uploads / "batches").iterdir():
        path.unlink()
    response = officer.post(
        reverse("credentials:batch-file", args=[finished]), follow=True
    )
    assert "Begin the batch again" in response.text


@pytest.mark.parametrize("who", ["outsider", "auditor"])
def test_nobody_else_takes_a_batch(request, finished, who):
    client = request.getfixturevalue(who)
    for name, ask in (("batch", client.get), ("batch-file", client.post)):
        address = reverse(f"credentials:{name}", args=[finished])
        assert ask(address).status_code in {403, 404}


def test_who_may_not_issue_begins_no_batch(auditor, record):
    record()
    assert auditor.get(NEW).status_code == 403
    assert "Issue many" not in auditor.get(reverse("credentials:credential-list")).text
