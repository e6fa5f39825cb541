"""A contest's certificates, issued together."""

import io
import json
import os
from datetime import timedelta
from zipfile import ZipFile

import pytest

from jiangxin.foundation.errors import NotPermitted
from jiangxin.foundation.sealing.files import open_sealed
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.enums import BatchForm
from jiangxin.kernel.credentials.jobs import issue_many
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.operations import batches
from jiangxin.kernel.credentials.operations.batches import BatchGone
from tests.kernel.credentials.operations.test_issuing import READER, record
from tests.kernel.credentials.printing import paper
from tests.kernel.register.cast import OFFICER

pytestmark = pytest.mark.django_db(transaction=True)

JOB = 7


class Context:
    """What a worker gives a job, as far as this one asks."""

    job_id = JOB
    actor = OFFICER

    def __init__(self, now):
        self.now = now
        self.told = []

    def raise_if_cancelled(self):
        self.told.append("asked")

    def progress(self, done, total=0, stage=""):
        self.told.append((done, total, str(stage)))


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.JIANGXIN_UPLOADS = tmp_path
    return tmp_path


@pytest.fixture
def credentials(now, make_person, firms):
    people = [
        make_person(serial, employer=firms.north, union=firms.north_union, name=name)
        for serial, name in enumerate(("张䶮", "李㛃·阿", "王芳"), 1)
    ]
    return [record(now, person_id=each.pk) for each in people]


def run(now, credentials, form=BatchForm.FILES):
    context = Context(now)
    result = issue_many(
        context, credential_ids=[each.pk for each in credentials], form=form
    )
    return result, context.told


def archive():
    with open_sealed(batches.path_of(JOB), purpose=batches.purpose_of(JOB)) as file:
        return ZipFile(io.BytesIO(file.read()))


def test_a_batch_makes_a_signed_certificate_for_each(now, credentials):
    result, _told = run(now, credentials)
    assert (result["issued"], result["already"], result["made"]) == (3, 0, 3)
    files = archive()
    names = files.namelist()
    assert [name[:4] for name in names] == ["0001", "0002", "0003"]
    assert not any("/" in name for name in names)
    for name in names:
        made = files.read(name)
        assert b"/SubFilter /ETSI.CAdES.detached" in made
        (address,) = paper.codes_in(made)
        assert address.rstrip("/").rpartition("/")[2] in name


def test_a_batch_done_again_issues_nothing_twice(now, credentials):
    first, _told = run(now, credentials)
    second, _told = run(now, credentials)
    assert (second["issued"], second["already"], second["made"]) == (0, 3, 3)
    assert sorted(first["issue_ids"]) == sorted(second["issue_ids"])
    assert IssuedCredential.objects.count() == 3


def test_a_batch_broken_off_goes_on_where_it_was(now, credentials, monkeypatch):
    monkeypatch.setattr(batches, "ISSUED_AT_ONCE", 2)

    class Stopped(Exception):
        pass

    def stop(done, total):
        raise Stopped

    with pytest.raises(Stopped):
        batches.issue_batch(
            [each.pk for each in credentials], actor=OFFICER, now=now, report=stop
        )
    assert IssuedCredential.objects.count() == 2
    result, _told = run(now, credentials)
    assert (result["issued"], result["already"]) == (1, 2)


def test_pages_to_print_come_a_hundred_a_file(now, credentials, monkeypatch):
    monkeypatch.setattr(batches, "PAGES_AT_ONCE", 2)
    run(now, credentials, BatchForm.PAGES)
    files = archive()
    assert files.namelist() == ["skill-0001.pdf", "skill-0003.pdf"]
    assert [paper.pages_of(files.read(name)) for name in files.namelist()] == [2, 1]


def test_what_is_refused_stops_no_other_and_is_told(now, credentials):
    operations.suspend_credential(
        credential_id=credentials[0].pk,
        on=now.date(),
        reason="",
        actor=OFFICER,
        now=now,
    )
    result, _told = run(now, credentials)
    assert result["made"] == 2
    assert result["refused"] == {
        str(credentials[0].pk): "credentials.record_not_in_force"
    }


def test_a_batch_says_how_far_it_is(now, credentials):
    _result, told = run(now, credentials)
    steps = [one for one in told if one != "asked"]
    assert steps[0][:2] == (3, 4)
    assert [step[:2] for step in steps[1:]] == [(1, 3), (2, 3), (3, 3)]


def test_a_copy_is_counted_when_the_file_is_taken(now, credentials):
    result, _told = run(now, credentials)
    assert not IssuedCredential.objects.filter(prints__gt=0).exists()
    batches.take_batch(JOB, result["issue_ids"], actor=OFFICER, now=now).close()
    assert IssuedCredential.objects.filter(prints=1).count() == 3
    events = events_of(f"person:{credentials[0].person_id}")
    (printed,) = [one for one in events if one.kind == "credentials.issue_printed"]
    assert json.loads(printed.payload)["reason"] == f"batch:{JOB}"


def test_who_may_not_issue_takes_no_file(now, credentials):
    result, _told = run(now, credentials)
    with pytest.raises(NotPermitted):
        batches.take_batch(JOB, result["issue_ids"], actor=READER, now=now)


def test_the_file_is_sealed_and_goes_after_a_week(now, credentials, uploads):
    run(now, credentials)
    path = batches.path_of(JOB)
    assert b"%PDF" not in path.read_bytes()
    assert list(batches.sealed_batches()) == [(path, "credentials.batch:7")]
    made = now - timedelta(days=8)
    os.utime(path, (made.timestamp(), made.timestamp()))
    assert batches.forget_batches(now - batches.KEPT_FOR) == 1
    with pytest.raises(BatchGone):
        batches.take_batch(JOB, [], actor=OFFICER, now=now)


def test_without_any_batch_there_is_nothing_to_forget(now):
    assert batches.forget_batches(now) == 0
    assert list(batches.sealed_batches()) == []
