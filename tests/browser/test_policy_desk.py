"""What is lacking is asked for, an officer decides, and the editor says all a file can."""

from datetime import date

import pytest
from django.utils import timezone, translation
from playwright.sync_api import expect

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.credentials.models import Credential
from tests.browser.test_publishing import account, files_alone, follow, press
from tests.kernel.policy import making

__all__ = ["files_alone"]

STAR = "craftsmen.star_technician"
RELIEF = "rights.hardship_relief"


@pytest.fixture
def worker():
    """A technician and member, of whom nobody wrote down where they work."""
    with translation.override("zh-hans"):
        union = making.organisation("union", kind="grassroots_union", at="331023101")
        who = making.person()
        making.certify(who, 4)
        making.join(who, union)
    return who


@pytest.fixture
def poor():
    who = making.person()
    mill = making.organisation("mill", name="浦江某水晶有限公司", at="330726100")
    making.employ(who, mill)
    Credential.objects.create(
        person=who,
        kind="hardship_file",
        ladder="hardship",
        grade=3,
        valid_from=date(2026, 1, 1),
        recorded_at=timezone.now(),
    )
    return who


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_what_is_not_on_record_is_asked_for_and_then_decides(
    request, screen, sign_in, look, worker
):
    page = request.getfixturevalue(screen)
    sign_in(page, account(Role.FEDERATION_OFFICER, "林岚", region_code="331023"))
    page.goto(f"/desk/policies/{STAR}/people/{worker.pk}/")
    main = page.locator("main")
    expect(main).to_contain_text("需补充信息")
    expect(main.get_by_role("link", name="规模以上用人单位")).to_be_visible()
    look(page, "policy-need-information")

    sign_in(page, account(Role.WORKER, "某工", person_id=worker.pk))
    page.goto(f"/portal/entitlements/#{STAR}")
    card = page.locator(f'[id="{STAR}"]')
    expect(card).to_contain_text("需补充信息")

    mill = making.organisation("mill", is_above_scale=True, at="331023101")
    making.employ(worker, mill)
    page.reload()
    expect(card).to_contain_text("符合条件")


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_an_officer_decides_and_everybody_reads_what_is_left(
    request, screen, sign_in, look, poor
):
    page = request.getfixturevalue(screen)
    sign_in(page, account(Role.FEDERATION_OFFICER, "林岚", region_code="330726"))
    page.goto(f"/desk/policies/{RELIEF}/people/{poor.pk}/")
    follow(page, "作出决定")
    expect(page.locator("main")).to_contain_text("名额还剩：500,000元")
    page.get_by_label("给予").check()
    page.get_by_label("原因").fill("入户核实，情况属实")
    look(page, "policy-deciding")
    press(page, "作出决定并固化结论")
    expect(page.locator("main")).to_contain_text("入户核实，情况属实")
    expect(page.locator("main")).to_contain_text("林岚")
    expect(page.locator("main")).to_contain_text(poor.name)
    look(page, "policy-decided")
    page.emulate_media(media="print")
    expect(page.locator(".crumbs")).to_be_hidden()
    page.emulate_media(media="screen")

    page.goto("/desk/policies/decisions/")
    expect(page.locator("main")).to_contain_text(poor.name)
    look(page, "policy-decisions")
    page.goto(f"/desk/policies/{RELIEF}/")
    expect(page.locator("main")).not_to_contain_text("名额还剩：500,000元")
    expect(page.locator("main")).to_contain_text("名额还剩：")


def test_the_editor_takes_what_a_policy_goes_with_and_a_file_with_a_fault(
    page, sign_in, look, worker, tmp_path
):
    sign_in(page, account(Role.FEDERATION_OFFICER, "林岚", region_code="331023"))
    page.goto(f"/desk/policies/{STAR}/")
    press(page, "起草新版本")
    main = page.locator("main")
    follow(page, "不能同时享受")
    page.get_by_label("职工技能提升奖励").check()
    page.get_by_label("同时符合时给").select_option("this")
    press(page, "保存")
    expect(main).to_contain_text("不能同时享受：职工技能提升奖励")
    follow(page, "名额")
    page.get_by_label("名额（人）").fill("30")
    page.get_by_label("计算周期").select_option("a_year")
    press(page, "保存")
    expect(main).to_contain_text("30人")
    look(page, "publishing-limits")

    with page.expect_download() as taken:
        follow(page, "政策文件")
    file = tmp_path / "mine.yaml"
    text = taken.value.path().read_text("utf-8")
    assert "wins: this" in text
    file.write_text(text.replace("tier: quick", "tier: slow"), "utf-8")
    press(page, "放弃草稿")

    page.goto("/desk/policy-drafts/from-file/")
    page.get_by_label("政策文件").set_input_files(file)
    press(page, "用此文件起草")
    expect(main).to_contain_text("mine.yaml 第")
    expect(main).to_contain_text("字段 tier：没有“slow”这一项")
    look(page, "publishing-file-fault")
    file.write_text(text, "utf-8")
    page.get_by_label("政策文件").set_input_files(file)
    press(page, "用此文件起草")
    expect(page.get_by_role("heading", level=1)).to_have_text("星级技工")
    expect(main).to_contain_text("30人")
