import csv
import stat
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.demonstration import accounts, loading
from jiangxin.demonstration.certificates import listed
from jiangxin.demonstration.checking import count_figures
from jiangxin.demonstration.plan import read_plan
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.trail.verification import verify
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.corrections.models import Correction
from jiangxin.kernel.counter.models import Booking, Question, Ticket
from jiangxin.kernel.credentials.models import IssuedCredential, PassportShare
from jiangxin.kernel.credentials.verification import verify_file
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.ratings.models import MatterRating
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Person,
    Region,
)
from jiangxin.kernel.register.operations.regions import LEVELS, REGIONS

SCALE = 0.004
QUARTER = (date(2023, 1, 1), date(2023, 4, 30))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.VAR = tmp_path
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"
    return settings


@pytest.fixture
def regions():
    """The regions the plan needs: Zhejiang's, and those of the partners."""
    partners = read_plan().partners
    needed = {part[:n] for part in partners for n in (2, 4, 6)}
    with REGIONS.open(encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["code"] in needed
            or (row["code"].startswith("33") and len(row["code"]) <= 9)
        ]
    Region.objects.bulk_create(
        Region(
            code=row["code"],
            name=row["name"],
            level=LEVELS[len(row["code"])],
            parent_id=row["parent"] or None,
        )
        for row in rows
    )


def load():
    out = StringIO()
    call_command("demo_load", scale=SCALE, stdout=out)
    return out.getvalue()


def counts():
    models = (Person, Organisation, Employment, Membership, PolicyMatch, Account)
    return [model.objects.count() for model in models]


def test_the_demonstration_adds_up_and_can_be_signed_in_to(demonstration, regions):
    said = load()
    assert "figures add up" in said
    assert all(figure.adds_up for figure in count_figures(read_plan(SCALE)))
    assert verify().is_sound
    assert {"waiting", "decided"} == set(
        Correction.objects.values_list("state", flat=True)
    )

    text = accounts.sign_in_text()
    assert stat.S_IMODE(text.stat().st_mode) == 0o600
    password = next(
        line.split(":")[1].strip()
        for line in text.read_text("utf-8").splitlines()
        if "password:" in line
    )
    for account in Account.objects.filter(is_active=True):
        assert account.check_password(password)
        assert account.username in text.read_text("utf-8")
        assert RoleGrant.objects.filter(account=account).count() == 1
    answer = Client().post(
        reverse("access:sign-in"), {"username": "lanxi.clerk", "password": password}
    )
    assert answer.status_code == 302
    assert_workers_are_what_is_said_of_them()
    assert_the_window_is_alive()
    assert_certificates_are_there_to_be_checked()

    before = counts()
    with translation.override("en"):  # the requests above have left it
        assert "loaded already" in load()
    assert counts() == before
    assert_accounts_can_be_had_again(password)


def assert_workers_are_what_is_said_of_them():
    def policies(username):
        person_id = Account.objects.get(username=username).person_id
        matches = PolicyMatch.objects.filter(person=person_id, valid_to__isnull=True)
        return set(matches.values_list("policy_code", flat=True))

    maker = "talent_pools.countryside_maker"
    assert maker in policies("worker.maker")
    assert maker not in policies("worker.nearly")
    assert "craftsmen.star_technician" in policies("worker.skilled")


def assert_certificates_are_there_to_be_checked():
    statuses = set(IssuedCredential.objects.values_list("status", flat=True))
    assert statuses == {"valid", "suspended", "revoked", "superseded"}
    assert IssuedCredential.objects.count() > 250
    batch = Job.objects.get(kind="credentials.issue_batch")
    assert (batch.state, batch.result["made"]) == ("done", listed()["batch"])
    assert list(
        PassportShare.objects.order_by("pk").values_list("purpose", flat=True)
    ) == [entry["purpose"] for entry in listed()["shares"]]
    document = IssuedCredential.objects.filter(status="valid").latest("pk").document
    assert verify_file(document.encode(), at=timezone.now()).verdict == "good"


def assert_the_window_is_alive():
    """Every page of the counter and of ratings has something to show, in all its states."""
    assert set(Ticket.objects.values_list("state", flat=True)) == {
        "waiting",
        "serving",
        "done",
        "missed",
    }
    booked = Booking.objects.values_list("state", flat=True)
    assert {"booked", "arrived"} <= set(booked)
    open_questions = Question.objects.filter(answered_at__isnull=True)
    assert open_questions.count() == 3
    assert Question.objects.filter(published_at__isnull=False).count() == 6
    served = Ticket.objects.filter(state="done", on__range=QUARTER)
    assert served.filter(matter__isnull=False).count() > 90
    assert all(one.waiting_minutes >= 0 < one.service_minutes for one in served)
    bad = MatterRating.objects.filter(grade__lte=2).select_related("follow_up")
    assert bad.count() == 5
    assert bad.filter(excluded_at__isnull=False).count() == 1
    assert bad.filter(follow_up__replied_at__isnull=True).count() == 2
    assert MatterRating.objects.filter(rated_at__date__range=QUARTER).count() > 60


def assert_accounts_can_be_had_again(password):
    """A lost text is written anew, with another password."""
    accounts.sign_in_text().unlink()
    load()
    account = Account.objects.get(username="auditor")
    assert not account.check_password(password)
    assert Account.objects.filter(username="auditor").count() == 1


def test_a_failure_midway_leaves_nothing_behind(demonstration, regions, monkeypatch):
    def fail(*_given):
        raise OSError

    monkeypatch.setattr(loading, "_people_by_group", fail)
    with pytest.raises(OSError):
        load()
    assert counts() == [0] * 6
    assert not loading.is_loaded()


def test_a_working_deployment_is_not_mixed_with_made_up_people(settings, tmp_path):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="JIANGXIN_DEMONSTRATION=1"):
        load()


def test_a_register_with_people_is_left_alone(demonstration, regions, now):
    Person.objects.create(
        name="王小明",
        sex="1",
        birth_on=now.date(),
        valid_from=now.date(),
        id_number="330781188503140017",
        id_index="x",
        registered_at=now,
    )
    with pytest.raises(CommandError, match="holds people already"):
        load()


@pytest.mark.parametrize("scale", ["0", "1.5", "-1"])
def test_a_scale_that_cannot_be_is_refused(demonstration, scale):
    with pytest.raises(CommandError, match="scale"):
        call_command("demo_load", f"--scale={scale}")


def test_figures_that_do_not_add_up_are_said(demonstration):
    out = StringIO()
    with pytest.raises(CommandError, match="do not add up"):
        call_command("demo_check", stdout=out)
    assert "! lanxi.makers" in out.getvalue()
