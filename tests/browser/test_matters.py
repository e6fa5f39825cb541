"""From self-check to collected certificate, with one round of supplements, in Chinese."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from jiangxin.foundation.web import middleware
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.matters.models import Matter
from tests.browser.conftest import DESK, PHONE
from tests.foundation.uploads.samples import pdf
from tests.kernel.register.cast import COUNTY
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)

__all__ = ["firms", "made_up_people", "make_organisation", "make_person", "regions"]

FIRST = "service_window.legal_person_first"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"


@pytest.fixture
def union(transactional_db, make_organisation, firms):
    federation = make_organisation(
        "F-1", name="浦江县总工会", kind="federation", at=COUNTY
    )
    return make_organisation(
        "U-NEW",
        name="北方机械新工会",
        kind="grassroots_union",
        employer_id=firms.north.pk,
        upper_id=federation.pk,
    )


@pytest.fixture
def account(now):
    def make(username, name, role, **place):
        made = Account.objects.create(
            username=username, display_name=name, created_at=now
        )
        RoleGrant.objects.create(
            account=made, role=role, valid_from=date(2026, 1, 1), **place
        )
        return made

    return make


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "批复.pdf"
    path.write_bytes(pdf())
    return path


@pytest.fixture
def calendar_on(monkeypatch):
    """Return a function that sets the server's day, at ten in the morning."""

    def on(month, day):
        at = datetime(2026, month, day, 2, 0, tzinfo=UTC)
        monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: at))

    return on


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def two(request, open_page):
    """The applicant's screen and the clerk's, of one width."""
    return open_page(request.param), open_page(request.param)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).last.click()


def follow(page, name):
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def handed_in(page, label):
    """The files of a material that the draft has."""
    return page.get_by_role("group").filter(has_text=label).locator("[id^=files-]")


def upload(page, label, paper):
    page.get_by_label(label).set_input_files(paper)
    expect(handed_in(page, label)).to_contain_text(paper.name)


def check_oneself(page, look):
    page.goto("/services/")
    look(page, "matters-services")
    page.goto(f"/services/{FIRST}/")
    for answer in page.locator("main").get_by_label("是", exact=True).all():
        answer.check()
    press(page, "自查")
    expect(page.get_by_text("符合办理条件")).to_be_visible()
    look(page, "matters-guide")
    page.get_by_role("link", name="申请", exact=True).click()


def apply(page, look, paper):
    look(page, "matters-begin")
    page.get_by_label("单位", exact=True).fill("U-NEW")
    press(page, "开始填写")
    expect(page.locator("main")).to_contain_text("北方机械新工会")
    page.get_by_label("法定代表人").fill("李明")
    look(page, "matters-fill")
    press(page, "提交")
    expect(page.locator("main")).to_contain_text("有内容缺失或者填写有误")
    expect(page.get_by_label("法定代表人")).to_have_value("李明")
    look(page, "matters-fill-refused")
    page.get_by_label("住所").fill("仙华街道人民东路1号")
    page.get_by_label("会员人数").fill("36")
    page.get_by_label("成立批复文号").fill("浦总工〔2026〕12号")
    page.get_by_label("本届任期开始日期").fill("2026-10-01")
    page.get_by_label("任期年数").select_option("5")
    page.get_by_label("联系电话").fill("13800138000")
    for label in ("关于成立工会的批复", "关于选举结果的批复", "主席身份证复印件"):
        upload(page, label, paper)
    press(page, "保存草稿，稍后继续")
    expect(page.get_by_text("批复.pdf").first).to_be_visible()
    for label in ("申请表", "选举结果的请示", "经办人身份证复印件"):
        group = page.get_by_role("group").filter(has_text=label)
        group.get_by_role("button", name="承诺后补").click()
        expect(
            page.get_by_role("group").filter(has_text=label).get_by_text("承诺后补")
        ).to_be_visible()
    look(page, "matters-filled")
    press(page, "提交")
    expect(page.get_by_text("申请已提交")).to_be_visible()
    look(page, "matters-own")


def ask_to_put_right(page, look):
    page.goto("/desk/matters/")
    look(page, "matters-queue")
    page.locator("main").get_by_role("link", name="330726").first.click()
    look(page, "matters-desk")
    follow(page, "一次性告知补正")
    page.get_by_label("住所").fill("请写到门牌号和楼层")
    page.get_by_label("关于选举结果的批复").fill("没有载明任期")
    look(page, "matters-supplements")
    press(page, "一次性告知补正")
    expect(page.get_by_role("heading", name="等待申请人")).to_be_visible()


def put_right(page, look, paper):
    page.reload()
    look(page, "matters-own-waiting")
    follow(page, "去补正")
    expect(page.get_by_label("法定代表人")).to_have_count(0)
    page.get_by_label("住所").fill("仙华街道人民东路1号3楼")
    upload(page, "关于选举结果的批复", paper)
    look(page, "matters-put-right")
    press(page, "提交补正")
    expect(page.get_by_text("补正内容已提交")).to_be_visible()


def accept(page, look):
    page.reload()
    follow(page, "受理")
    look(page, "matters-accept")
    press(page, "受理")
    expect(page.get_by_text("已受理，从次日起计算办理期限")).to_be_visible()
    look(page, "matters-accepted")


def test_an_application_goes_its_way_with_one_round_of_supplements(
    two, union, account, sign_in, look, paper
):
    applicant, window = two
    sign_in(
        applicant,
        account("chair", "李主席", "union_clerk", organisation_code="U-NEW"),
    )
    sign_in(window, account("window", "窗口小陈", "window_clerk", region_code=COUNTY))
    check_oneself(applicant, look)
    apply(applicant, look, paper)
    ask_to_put_right(window, look)
    put_right(applicant, look, paper)
    accept(window, look)

    matter = Matter.objects.get()
    follow(window, "逐日计算说明")
    expect(window.locator("main")).to_contain_text("开始当日不计入")
    look(window, "matters-proof")
    window.evaluate("window.print = () => { document.title = 'printed' }")
    press(window, "打印")
    expect(window).to_have_title("printed")
    applicant.goto("/status/")
    applicant.get_by_label("受理编号").fill(matter.number)
    applicant.get_by_label("查询码").fill(matter.inquiry_code)
    press(applicant, "查询")
    expect(applicant.locator("main")).to_contain_text("已受理，办理中")
    look(applicant, "matters-status")


def test_the_clock_stands_over_a_make_up_saturday_and_the_proof_says_so(
    open_page, union, account, sign_in, look, paper, calendar_on
):
    """2026-10-10 is a Saturday that is worked; the clock stands on it, for supplements."""
    applicant, window = open_page(DESK), open_page(DESK)
    chair = account("chair", "李主席", "union_clerk", organisation_code="U-NEW")
    sign_in(applicant, chair)
    sign_in(window, account("window", "窗口小陈", "window_clerk", region_code=COUNTY))
    calendar_on(10, 8)
    applicant.goto(f"/desk/services/{FIRST}/")
    apply(applicant, look, paper)
    window.goto("/desk/matters/")
    window.locator("main").get_by_role("link", name="330726").first.click()
    follow(window, "受理")
    press(window, "受理")
    expect(window.get_by_text("已受理，从次日起计算办理期限")).to_be_visible()
    expect(window.get_by_role("row").filter(has_text="3个工作日")).to_contain_text(
        "2026-10-12"
    )

    calendar_on(10, 9)
    follow(window, "一次性告知补正")
    window.get_by_label("住所").fill("请写到门牌号和楼层")
    press(window, "一次性告知补正")
    expect(window.get_by_role("heading", name="等待申请人")).to_be_visible()
    calendar_on(10, 12)
    applicant.reload()
    follow(applicant, "去补正")
    applicant.get_by_label("住所").fill("仙华街道人民东路1号3楼")
    press(applicant, "提交补正")
    expect(applicant.get_by_text("补正内容已提交")).to_be_visible()

    # Friday is charged, Saturday to Monday are not: Tuesday and Wednesday are left.
    follow(applicant, "逐日计算说明")
    promised = applicant.get_by_role("table", name="承诺办结时限")
    for day, says in (
        ("2026-10-08", "开始当日不计入"),
        ("2026-10-09", "第1天，共3天"),
        ("2026-10-10", "等待申请人"),
        ("2026-10-12", "等待申请人"),
        ("2026-10-13", "第2天，共3天"),
        ("2026-10-14", "第3天，共3天"),
    ):
        row = promised.get_by_role("row").filter(has_text=day)
        expect(row).to_contain_text(says)
    expect(promised.get_by_role("row").filter(has_text="2026-10-10")).to_contain_text(
        "调休上班"
    )
    look(applicant, "matters-proof-paused", picture=True)
