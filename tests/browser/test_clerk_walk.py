"""A union clerk hands in a roster and sees at once whom a policy serves, and why."""

import re
from datetime import date

import pytest
from django.utils import translation
from playwright.sync_api import expect

from jiangxin.foundation.jobs import worker
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.register.models import Person
from tests.kernel.register.roster.making import (
    NOW,
    World,
    read_sheet,
    row,
    with_certificate,
    workbook,
)

HIGHLY_SKILLED = "高技能人才"


@pytest.fixture(autouse=True)
def platform(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.VAR = tmp_path
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def clerk():
    World()
    account = Account.objects.create(
        username="clerk", display_name="林岚", created_at=NOW
    )
    RoleGrant.objects.create(
        account=account,
        role=Role.UNION_CLERK,
        organisation_code="U1",
        valid_from=date(2020, 1, 1),
    )
    return account


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_a_clerk_brings_in_a_roster_and_reads_whom_a_policy_serves(
    request, screen, sign_in, look, clerk, tmp_path
):
    page = request.getfixturevalue(screen)
    # The page is loaded again while it polls, which browsers may note as a warning.
    sign_in(page, clerk)
    roster = tmp_path / "花名册.xlsx"
    faulty = row(3, id_number="330781198001010011")
    roster.write_bytes(workbook(with_certificate(1), row(2), faulty))

    page.goto("/desk/rosters/new/")
    look(page, "roster-new")
    page.locator("input[type=file]").set_input_files(roster)
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/desk/rosters/\d+/$"))
    worker.work(until_idle=True)
    page.reload()
    for label, count in (("新登记职工", 2), ("未通过", 1)):
        tile = page.locator(".figures li").filter(has_text=label)
        expect(tile).to_contain_text(str(count))
    look(page, "roster-ready")

    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("下载")).click()
    headings, refused = read_sheet(download.value.path().read_bytes())
    assert refused[headings.index("证件号码")] == "330781198001010011"
    assert not Person.objects.exists()

    page.locator("form[action$=confirm\\/] button").click()
    page.wait_for_url(re.compile(r"/desk/rosters/\d+/$"))
    worker.work(until_idle=True)
    page.reload()
    look(page, "roster-applied")
    assert Person.objects.count() == 2

    page.get_by_role("link", name=HIGHLY_SKILLED).first.click()
    page.wait_for_load_state()
    look(page, "policy-of-the-roster")
    person = Person.objects.get(name=with_certificate(1)["name"])
    page.goto(f"/desk/policies/craftsmen.highly_skilled_worker/people/{person.pk}/")
    expect(page.get_by_text("符合条件").first).to_be_visible()
    expect(page.get_by_role("cell", name="高级工").first).to_be_visible()
    look(page, "policy-answer")

    page.goto(f"/desk/people/{person.pk}/")
    expect(page.get_by_text(person.id_number)).to_have_count(0)
    look(page, "person")
