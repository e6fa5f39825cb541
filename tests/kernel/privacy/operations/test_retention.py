from datetime import date, time, timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.parts import Erasure, brought
from jiangxin.foundation.sealing import seal_file
from jiangxin.foundation.trail.queries import events_of
from jiangxin.foundation.uploads.models import Upload
from jiangxin.kernel.access.models import SignInFailure, SignInRecord
from jiangxin.kernel.corrections.models import Correction, CorrectionPaper
from jiangxin.kernel.corrections.operations.papers import path_of
from jiangxin.kernel.counter.models import Booking, Hall, Question, Window
from jiangxin.kernel.credentials.models import PassportShare
from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.privacy import declared
from jiangxin.kernel.privacy.models import (
    DataRequest,
    PersonalDataExport,
    PersonalDataView,
)
from jiangxin.kernel.privacy.operations.retention import apply_retention
from jiangxin.kernel.register.models import RosterImport
from jiangxin.kernel.register.roster.files import seal_roster, sealed_path

pytestmark = pytest.mark.django_db

# Whose period runs from a day, not from a moment.
BY_DAY = {"counter.bookings"}


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.JIANGXIN_UPLOADS = tmp_path


@pytest.fixture
def make(person, firms):
    """Leave one of each kind, done with at a moment."""

    def made(at):
        Job.objects.create(
            kind="old", state="done", language="", created_at=at, finished_at=at
        )
        Job.objects.create(kind="waiting", language="", created_at=at)
        SignInFailure.objects.create(target="x", at=at)
        SignInRecord.objects.create(act="failed", at=at)
        PersonalDataView.objects.create(person=person, value="phone", seen_at=at)
        PersonalDataExport.objects.create(rows=1, exported_at=at)
        ask = DataRequest.objects.create
        ask(person=person, kind="copy", state="granted", asked_at=at, answered_at=at)
        ask(person=person, kind="deletion", asked_at=at)
        for settled_at, state in ((at, "decided"), (None, "waiting")):
            correction = Correction.objects.create(
                person=person,
                asked_by="person",
                token=uuid4(),
                state=state,
                asked_at=at,
                settled_at=settled_at,
            )
            paper = CorrectionPaper.objects.create(correction=correction, size_bytes=1)
            seal_file(BytesIO(b"paper"), path_of(paper.pk), purpose="paper")
        for applied_at in (at, None):
            roster = RosterImport.objects.create(
                organisation=firms.north,
                file_name="a.csv",
                effective_on=date(2026, 1, 1),
                handed_in_at=at,
                applied_at=applied_at,
            )
            seal_roster(roster, b"content")
        Notice.objects.create(person=person, kind="x", subject="x", made_at=at)
        for holder in ("", "tests:1"):
            Upload.objects.create(
                kind="tests.paper",
                owner=1,
                name="a.pdf",
                size_bytes=1,
                begun_at=at,
                holder=holder,
                attached_at=at if holder else None,
            )
        leave_matters(person, at)
        leave_at_the_counter(at)
        for number, ends_at in enumerate((at, at + timedelta(days=8000))):
            PassportShare.objects.create(
                person=person,
                purpose="应聘",
                token="x",
                token_digest=str(number),
                made_at=at - timedelta(days=1),
                ends_at=ends_at,
            )

    return made


def leave_at_the_counter(at):
    """A booking for that day, a question answered then and one that waits."""
    hall = Hall.objects.create(region_code="330726", name="大厅")
    Booking.objects.create(
        window=Window.objects.create(hall=hall, number=1),
        service="x",
        on=today(at),
        starts=time(9),
        position=1,
        token="x",
        phone_index="x",
        booked_at=at,
        changed_at=at,
    )
    for number, answered_at in enumerate((at, None)):
        Question.objects.create(
            hall=hall,
            token=str(number),
            text="x",
            asked_at=at,
            due_on=today(at),
            answered_at=answered_at,
        )


def leave_matters(person, at):
    """A draft, a matter in hand and a settled one; the last two with a file each."""
    for state in ("draft", "submitted", "granted"):
        is_in = state != "draft"
        matter = Matter.objects.create(
            service="trial.request",
            token=uuid4(),
            inquiry_code="123456",
            person=person,
            region_code=person.region_code,
            channel="online",
            state=state,
            number=state if is_in else None,
            begun_at=at,
            touched_at=at,
            submitted_at=at if is_in else None,
            settled_at=at if state == "granted" else None,
        )
        if is_in:
            MatterMaterial.objects.create(
                matter=matter, key="proof", digest="0" * 64, added_at=at
            )


def apply(now, *, is_dry_run=False):
    outcomes = apply_retention(is_dry_run=is_dry_run, actor=SYSTEM, now=now)
    return {each.erasure.key: each.count for each in outcomes}


def left():
    return {
        "jobs": Job.objects.count(),
        "uploads": Upload.objects.count(),
        "notices.notices": Notice.objects.count(),
        "access.failures": SignInFailure.objects.count(),
        "access.sign_ins": SignInRecord.objects.count(),
        "privacy.views": PersonalDataView.objects.count(),
        "privacy.exports": PersonalDataExport.objects.count(),
        "privacy.requests": DataRequest.objects.count(),
        "counter.bookings": Booking.objects.exclude(phone_index="").count(),
        "counter.questions": Question.objects.filter(forgotten_at=None).count(),
        "credentials.passport_shares": PassportShare.objects.count(),
        "corrections.papers": sum(
            path_of(paper.pk).exists() for paper in CorrectionPaper.objects.all()
        ),
        "matters.drafts": Matter.objects.count(),
        "matters.files": MatterMaterial.objects.filter(deleted_at=None).count(),
        "register.roster_files": sum(
            sealed_path(roster).exists() for roster in RosterImport.objects.all()
        ),
    }


def test_every_erasure_has_a_period_that_ends():
    for erasure in brought(Erasure):
        period = declared.period(erasure.retention, on=date(2026, 11, 23))
        assert period.days, erasure.key


def test_kind_is_deleted_once_its_period_is_over(make, now):
    make(now)
    days = {key: declared.period(key, on=now.date()).days for key in declared.periods()}
    retentions = {each.key: each.retention for each in brought(Erasure)}
    before = left()
    for key, retention in retentions.items():
        over = timedelta(days=days[retention])
        assert apply(now + over, is_dry_run=True)[key] == 0
        past = timedelta(days=1) if key in BY_DAY else timedelta(seconds=1)
        assert apply(now + over + past, is_dry_run=True)[key] == 1
    assert left() == before


def test_what_is_not_finished_is_kept(make, now):
    make(now)
    deleted = apply(now + timedelta(days=4000))
    assert set(deleted.values()) == {1}
    assert left() == {
        "jobs": 1,
        "uploads": 1,
        "notices.notices": 0,
        "access.failures": 0,
        "access.sign_ins": 0,
        "privacy.views": 0,
        "privacy.exports": 0,
        "privacy.requests": 1,
        "counter.bookings": 0,
        "counter.questions": 1,
        "credentials.passport_shares": 1,
        "corrections.papers": 1,
        "matters.drafts": 2,
        "matters.files": 1,
        "register.roster_files": 1,
    }
    assert RosterImport.objects.count() == 2


def test_nothing_is_deleted_by_a_period_that_the_law_forbids(make, now, monkeypatch):
    make(now)
    monkeypatch.setitem(
        declared.periods(),
        "sign_in_log",
        [declared.Period(date(2020, 1, 1), 183, "", "")],
    )
    with pytest.raises(declared.KeptTooShort, match="sign_in_log is kept 183 days"):
        apply(now + timedelta(days=4000))
    assert SignInRecord.objects.count() == 1


def test_deleting_twice_changes_nothing(make, now):
    make(now)
    late = now + timedelta(days=4000)
    apply(late)
    assert set(apply(late).values()) == {0}
    assert events_of("retention:applied").count() == 1


def test_command_counts_and_deletes_only_when_told(make):
    make(timezone.now() - timedelta(days=4000))

    def told(*words):
        out = StringIO()
        call_command("privacy_apply_retention", *words, stdout=out)
        return out.getvalue()

    before = left()
    assert told() == told("--dry-run")
    assert "3" in told()
    assert left() == before
    told("--delete")
    assert left()["privacy.views"] == 0
