"""A union clerk hands in a roster and sees at once whom a policy serves, and why."""

import re
from datetime import date

import pytest
from django.utils import timezone, translation
from playwright.sync_api import expect

from jiangxin.demonstration.sample_roster import Employer, draw_roster, write_roster
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.jobs import worker
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.register.models import Person
from tests.kernel.register.roster.making import EMPLOYERS, NOW, World, read_sheet

HIGHLY_SKILLED = "craftsmen.highly_skilled_worker"
PASSWORD = "correct horse battery"
ROWS, FAULTY = 60, 6


@pytest.fixture(autouse=True)
def platform(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.VAR = tmp_path
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def clerk():
    """The clerk of the union of the first employer of a small county."""
    World()
    account = Account(username="clerk", display_name="林岚", created_at=NOW)
    account.set_password(PASSWORD)
    account.save()
    RoleGrant.objects.create(
        account=account,
        role=Role.UNION_CLERK,
        organisation_code="U1",
        valid_from=date(2020, 1, 1),
    )
    return account


@pytest.fixture
def roster(tmp_path):
    """A workbook as a clerk would hand it in, some of its rows faulty."""
    drawn = draw_roster(
        rows=ROWS,
        seed=5,
        faulty=FAULTY / ROWS,
        employers=[Employer(EMPLOYERS[1], "machining")],
        division="330781",
        on=today(timezone.now()),
    )
    path = tmp_path / "花名册.xlsx"
    write_roster(drawn, path)
    return path


def counted(page, label, count):
    tile = page.locator(".figures li").filter(has_text=label)
    expect(tile.locator("strong")).to_have_text(str(count))


def work_is_done(page):
    """Let the background work be done; the page notices by itself."""
    page.wait_for_url(re.compile(r"/desk/rosters/\d+/$"))
    worker.work(until_idle=True)
    page.locator(".figures").wait_for()


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_a_clerk_brings_in_a_roster_and_reads_whom_a_policy_serves(
    request, screen, look, clerk, roster
):
    page = request.getfixturevalue(screen)
    # A page that polls is loaded again as soon as the work is done.
    page.goto("/sign-in/")
    page.get_by_label("登录名").fill("clerk")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")
    expect(page.locator("main")).to_contain_text(f"{EMPLOYERS[1]}工会")
    look(page, "clerk-1-home", picture=True)

    page.get_by_role("main").get_by_role("link", name="花名册").click()
    page.get_by_role("link", name="提交花名册").first.click()
    page.get_by_label("文件").set_input_files(roster)
    look(page, "clerk-2-hand-in", picture=True)
    page.get_by_role("button", name="核验花名册").click()
    work_is_done(page)
    counted(page, "文件行数", ROWS)
    counted(page, "新登记职工", ROWS - FAULTY)
    counted(page, "未通过", FAULTY)
    look(page, "clerk-3-preview", picture=True)

    with page.expect_download() as download:
        page.get_by_role("link", name="下载未通过的行").click()
    headings, *refused = read_sheet(download.value.path().read_bytes())
    assert len(refused) == FAULTY
    assert all(cells[headings.index("未通过的原因")] for cells in refused)
    assert not Person.objects.exists()

    page.get_by_role("button", name="写入信息库").click()
    work_is_done(page)
    assert Person.objects.count() == ROWS - FAULTY
    served = PolicyMatch.objects.filter(
        policy_code=HIGHLY_SKILLED, valid_to__isnull=True
    ).count()
    panel = page.locator(".card").filter(has_text="政策惠及人员")
    expect(panel.get_by_role("row", name="高技能人才")).to_contain_text(str(served))
    look(page, "clerk-4-result", picture=True)

    panel.get_by_role("link", name="高技能人才").click()
    expect(page.get_by_text(f"{served}人").first).to_be_visible()
    look(page, "clerk-5-people-served", picture=True)

    page.locator("tbody a").first.click()
    condition = page.locator("table.conditions tbody tr")
    expect(condition).to_have_count(1)
    for told in ("不低于高级工", "满足", "〔2022〕14号"):
        expect(condition).to_contain_text(told)
    look(page, "clerk-6-answer", picture=True)

    person = Person.objects.get(pk=int(page.url.rstrip("/").rpartition("/")[2]))
    page.get_by_role("link", name="查看职工档案").click()
    page.wait_for_url(f"**/desk/people/{person.pk}/")
    expect(page.get_by_text(person.id_number)).to_have_count(0)
    expect(page.locator("main")).to_contain_text("经花名册登记或变更")
    look(page, "clerk-7-person", picture=True)
    page.get_by_label("截至日期").fill("2019-01-01")
    page.get_by_role("button", name="查看当日").click()
    expect(page.get_by_text("当时尚未登记")).to_be_visible()
    look(page, "clerk-8-person-as-of", picture=True)
