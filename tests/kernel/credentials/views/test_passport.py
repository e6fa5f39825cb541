"""The skills passport in the portal, and what a link shows of it."""

import io
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import PassportShare, ShareView
from jiangxin.kernel.credentials.proofs import bundle
from jiangxin.kernel.credentials.proofs.report import Verdict
from jiangxin.kernel.credentials.verification import verify_file
from jiangxin.kernel.credentials.views.passport import ladder
from tests.kernel.credentials.operations.test_issuing import record
from tests.kernel.credentials.printing import paper
from tests.kernel.privacy.conftest import as_worker, make_account

__all__ = ["as_worker", "make_account"]

pytestmark = pytest.mark.django_db

NAME = "张三丰"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def person(make_person, firms):
    return make_person(employer=firms.north, union=firms.north_union, name=NAME)


@pytest.fixture
def held(now, person):
    return record(now, person_id=person.pk)


@pytest.fixture
def issued(now, held):
    return operations.issue_credential(credential_id=held.pk, actor=SYSTEM, now=now)


def url(name, *args):
    return reverse(f"credentials:{name}", args=args)


def share(as_worker, held):
    given = {"purpose": "应聘", "days": "7", "credentials": [held.pk]}
    as_worker.post(url("share-new"), given)
    return PassportShare.objects.get()


def test_the_passport_shows_what_is_held_and_where_one_stands(as_worker, issued):
    text = as_worker.get(url("passport")).text
    assert "Senior worker" in text
    assert "you are here" in text
    assert url("own-certificate", issued.pk) in text


def test_an_empty_passport_says_what_to_do(as_worker):
    assert "Bring your certificate" in as_worker.get(url("passport")).text


def test_the_next_steps_come_from_the_policies(as_worker, held):
    assert "what is short" in as_worker.get(url("passport")).text


def test_a_ladder_has_eight_grades_and_one_place_to_stand():
    assert [step.state for step in ladder(2)] == ["done"] * 2 + ["now"] + ["next"] * 5
    assert {step.state for step in ladder(None)} == {"next"}


def test_ones_own_certificate_is_not_counted(as_worker, issued):
    response = as_worker.get(url("own-certificate", issued.pk))
    assert NAME in paper.text_of(response.content)
    issued.refresh_from_db()
    assert issued.prints == 0


def test_anothers_certificate_is_not_found(as_worker, now, make_person, firms):
    other = make_person(2, employer=firms.north, union=firms.north_union)
    issue = operations.issue_credential(
        credential_id=record(now, person_id=other.pk).pk, actor=SYSTEM, now=now
    )
    assert as_worker.get(url("own-certificate", issue.pk)).status_code == 404


def test_everything_comes_in_one_file(as_worker, issued):
    response = as_worker.post(url("passport-download"))
    names = ZipFile(io.BytesIO(response.content)).namelist()
    code = issued.public_id
    assert names == ["passport.json", f"{code}.pdf", f"{code}.json"]


def test_the_one_file_is_genuine_as_a_whole_until_somebody_alters_it(
    as_worker, issued, now
):
    data = as_worker.post(url("passport-download")).content  # by the real clock
    later = max(now, timezone.now())
    report = verify_file(data, at=later)
    assert report.verdict == Verdict.GOOD
    assert report.claim["holders"] == [NAME]
    files = bundle.unpack(data)
    altered = bundle.pack([*{**files, f"{issued.public_id}.pdf": b"%PDF"}.items()])
    found = verify_file(altered, at=later).of("bundle")
    assert (found.code, found.detail) == ("bundle_altered", f"{issued.public_id}.pdf")
    operations.revoke_issue(issue_id=issued.pk, reason="", actor=SYSTEM, now=now)
    assert verify_file(data, at=later).of("contents").code == "contents_bad"


def test_nothing_issued_is_nothing_to_take(as_worker, held):
    assert as_worker.post(url("passport-download")).status_code == 404


def test_a_stranger_sees_what_a_link_shows(as_worker, client, held, issued):
    made = share(as_worker, held)
    assert made.token in as_worker.get(url("passport")).text
    client.logout()
    response = client.get(url("share-shown", made.token))
    assert NAME in response.text
    assert "Senior worker" in response.text
    assert "noindex" in response["X-Robots-Tag"]
    assert ShareView.objects.count() == 1


def test_the_owners_own_look_is_no_view(as_worker, held):
    made = share(as_worker, held)
    as_worker.get(url("share-shown", made.token))
    assert not ShareView.objects.exists()


def test_a_withdrawn_link_says_no_more_than_one_that_never_was(as_worker, held):
    made = share(as_worker, held)
    as_worker.post(url("share-withdraw", made.pk))
    gone = as_worker.get(url("share-shown", made.token))
    never = as_worker.get(url("share-shown", "x"))
    assert (gone.status_code, never.status_code) == (404, 404)
    assert NAME not in gone.text.split("<main")[1]
    assert "It was withdrawn, is over, or was never given" in gone.text
    assert "Withdrawn" in as_worker.get(url("passport")).text


def test_the_worker_sees_when_a_link_was_opened(as_worker, now, held):
    made = share(as_worker, held)
    made.views.create(at=now)
    assert "Opened 1 time" in as_worker.get(url("passport")).text


def test_a_link_without_anything_to_show_is_not_made(as_worker, held):
    given = {"purpose": "应聘", "days": "7"}
    assert "This field is required" in as_worker.post(url("share-new"), given).text
    assert not PassportShare.objects.exists()


def test_too_many_links_are_refused_on_the_form(as_worker, held, monkeypatch):
    monkeypatch.setattr("jiangxin.kernel.credentials.operations.sharing.MOST_OPEN", 0)
    given = {"purpose": "应聘", "days": "7", "credentials": [held.pk]}
    assert "Withdraw one of them first" in as_worker.post(url("share-new"), given).text
