"""A union clerk brings in a roster, plainly: no JavaScript, one worker."""

import csv
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.jobs import worker
from jiangxin.foundation.trail.verification import verify
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.register.models import Employment, Membership, Person, RosterImport
from tests.kernel.register.roster.making import (
    NOW,
    World,
    read_sheet,
    row,
    with_certificate,
    workbook,
    written,
)

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "only for tests"


@pytest.fixture(autouse=True)
def platform(settings, tmp_path, client):
    settings.DEMONSTRATION = True
    settings.VAR = tmp_path
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def world(transactional_db):
    return World()


@pytest.fixture
def clerk(world, client):
    account = Account(username="clerk", display_name="Clerk", created_at=NOW)
    account.set_password(PASSWORD)
    account.save()
    RoleGrant.objects.create(
        account=account,
        role=Role.UNION_CLERK,
        organisation_code="U1",
        valid_from=date(2020, 1, 1),
    )
    client.force_login(account)
    return client


def read(response):
    assert response.status_code == 200
    return response.content.decode()


def address(page, action):
    """Return where a form or link of the page leads."""
    return re.search(rf'"(/desk/rosters/[^"]*{action}/)"', page).group(1)


def hand_in(clerk, content):
    """Hand a file in at the form, let the worker check it, and return its page."""
    page = read(clerk.get(reverse("register:roster-list")))
    form = address(page, "new")
    given = {
        "organisation": "E1",
        "effective_on": str(today(timezone.now())),
        "file": SimpleUploadedFile("花名册.xlsx", content),
    }
    response = clerk.post(form, given)
    assert "Being checked" in read(clerk.get(response.url))
    worker.work(until_idle=True)
    return response.url, read(clerk.get(response.url))


def test_a_roster_goes_from_a_workbook_into_the_register(clerk, world):
    rows = [
        with_certificate(1, joined_on="2021-03-08"),
        row(2, joined_on="2021-03-08"),
        row(3, phone="123", joined_on="2021-03-08"),
    ]
    url, page = hand_in(clerk, workbook(*rows))
    assert "Write this roster to the register?" in page
    assert Person.objects.count() == 0

    clerk.post(address(page, "confirm"))
    worker.work(until_idle=True)
    assert "Written to the register" in read(clerk.get(url))
    assert Employment.objects.filter(organisation=world.employers[0]).count() == 2
    assert Membership.objects.filter(union=world.unions[0]).count() == 2
    served = PolicyMatch.objects.filter(policy_code="craftsmen.highly_skilled_worker")
    assert served.get().person.name == rows[0]["name"]

    refused = clerk.get(address(page, "refused"))
    headings, cells = read_sheet(b"".join(refused.streaming_content))
    corrected = {**dict(zip(headings, cells, strict=True)), "手机号码": "15400000003"}
    url, page = hand_in(clerk, written([corrected]))
    clerk.post(address(page, "confirm"))
    worker.work(until_idle=True)
    assert Person.objects.count() == 3
    assert verify().is_sound


def test_the_same_roster_again_finds_nothing_to_write(clerk, world):
    content = workbook(with_certificate(1), row(2))
    url, page = hand_in(clerk, content)
    clerk.post(address(page, "confirm"))
    worker.work(until_idle=True)
    url, page = hand_in(clerk, content)
    assert f"{url}confirm/" not in page
    answer = clerk.post(f"{url}confirm/", follow=True)
    assert "The roster changes nothing" in read(answer)
    clerk.post(address(page, "withdraw"))
    assert RosterImport.objects.get(pk=int(url.split("/")[-2])).state == "withdrawn"


@pytest.mark.parametrize("seed", [1, 2])
def test_of_a_sample_roster_exactly_the_known_faults_are_refused(
    world, tmp_path, seed, capsys
):
    path = tmp_path / "sample.xlsx"
    options = {"organisation": "F1", "rows": 600, "faults": 0.2, "seed": seed}
    call_command("register_sample_roster", path, **options)
    with path.with_name("sample.faults.csv").open(encoding="utf-8") as file:
        known = {(int(f["row"]), f["column"], f["code"]) for f in csv.DictReader(file)}
    call_command("register_import_roster", path, organisation="F1")
    roster = RosterImport.objects.get()
    found = roster.refusals.values_list("row_number", "column", "code")
    assert set(found) == known
    assert Person.objects.count() == 600 - len({row for row, *_ in known})
    warnings = {k["code"] for k in roster.counts["kinds"] if k["is_warning"]}
    assert warnings == {"no_union"}  # one of the county's employers has none

    call_command("register_import_roster", path, organisation="F1")
    again = RosterImport.objects.first()
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    assert again.counts["refused"] == roster.counts["refused"]
