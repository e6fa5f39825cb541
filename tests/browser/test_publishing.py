"""A policy is changed, tried out, approved by a second person, and reaches a worker."""

import re
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone, translation
from playwright.sync_api import expect

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.registry import serving
from tests.kernel.policy import making

STAR = "craftsmen.star_technician"


@pytest.fixture(autouse=True)
def files_alone(settings, tmp_path):
    settings.JIANGXIN_SNAPSHOT = tmp_path / "snapshot"
    serving.forget()
    yield
    serving.forget()


def account(role, name, *, region_code="", person_id=None):
    made = Account.objects.create(
        username=f"{role}-{name}",
        display_name=name,
        person_id=person_id,
        created_at=timezone.now(),
    )
    RoleGrant.objects.create(
        account=made, role=role, region_code=region_code, valid_from=date(2026, 1, 1)
    )
    return made


@pytest.fixture
def workers():
    """Two members of a large firm: a technician, and a senior worker one grade short."""
    with translation.override("zh-hans"):
        mill = making.organisation(
            "mill", name="天台某机械有限公司", is_above_scale=True, at="331023101"
        )
        union = making.organisation("union", kind="grassroots_union", at="331023101")
        made = []
        for number, grade in enumerate([4, 3]):
            who = making.person(number)
            making.employ(who, mill)
            making.certify(who, grade)
            making.join(who, union)
            made.append(who)
    match()
    return made


def match():
    now = timezone.now()
    with transaction.atomic():
        operations.match_people(
            person_ids=None, on=today(now), actor=SYSTEM, now=now, reason="tests"
        )


def press(page, name, *, number=0):
    page.get_by_role("button", name=name, exact=True).nth(number).click()


def follow(page, name, *, number=0):
    page.locator("main").get_by_role("link", name=name).nth(number).click()


def look_from_the_top(page, look, name):
    """A form that was filled in is scrolled, and its crumbs lie under the bar."""
    page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
    look(page, name)


def ask_for_a_senior_worker(page, look):
    """Change the first condition, and see whom that adds before it is saved."""
    follow(page, "修改 职业技能等级达到技师及以上")
    page.get_by_label("或采用按日期变动的参数").select_option("")
    page.locator("form[data-guard]").get_by_label("技能等级").select_option("3")
    page.get_by_label("表述", exact=True).fill("职业技能等级达到高级工及以上")
    expect(page.locator("#reach")).to_contain_text("新增1人，减少0人")
    look_from_the_top(page, look, "publishing-condition")
    press(page, "保存")
    expect(page.locator("#reach")).to_contain_text("新增1人，减少0人")


def mend_the_cases(page, look):
    """Move the cases to both sides of the new limit, as the check asks."""
    expect(page.locator("main")).to_contain_text("需要一个恰好达到界限")
    look(page, "publishing-findings")
    for case, grade, answer in [
        ("规上企业的技师会员", 3, "符合条件"),
        ("高级工差一级", 2, "不符合条件"),
    ]:
        follow(page, f"修改 {case}")
        page.get_by_label("技能等级").select_option(str(grade))
        press(page, "按规则计算结论")
        expect(page.locator("main")).to_contain_text(f"按现有规则计算：{answer}")
        look(page, "publishing-case")
        press(page, "保存")
    expect(page.locator("main")).to_contain_text("检查未发现问题")
    look(page, "publishing-ready")


def try_it_out(page, look, who):
    follow(page, "试算")
    look(page, "publishing-dry-run")
    page.goto(page.url + "adds/")
    expect(page.locator("main")).to_contain_text(who.name)
    look(page, "publishing-adds")
    page.goto(page.url.split("dry-run")[0])


def submit(page, look, reason):
    """Hand the draft in; return where it is."""
    follow(page, "提交审批")
    page.get_by_label("修改内容和理由").fill(reason)
    look_from_the_top(page, look, "publishing-submit")
    press(page, "提交")
    expect(page.get_by_role("button", name="批准")).to_have_count(0)
    return page.url


def approve(page, look, draft_url):
    page.goto("/desk/policy-drafts/")
    look(page, "publishing-list")
    page.goto(draft_url)
    look(page, "publishing-approval")
    press(page, "批准")
    expect(page.locator("main")).to_contain_text("已生效")


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_a_threshold_is_changed_approved_and_reaches_the_person(
    request, screen, sign_in, look, workers
):
    page = request.getfixturevalue(screen)
    sign_in(page, account(Role.FEDERATION_OFFICER, "林岚", region_code="331023"))
    page.goto(f"/desk/policies/{STAR}/")
    look(page, "publishing-policy")
    press(page, "起草新版本")
    look(page, "publishing-draft")
    ask_for_a_senior_worker(page, look)
    mend_the_cases(page, look)
    try_it_out(page, look, workers[1])
    draft_url = submit(page, look, "扩大到高级工")

    sign_in(page, account(Role.FEDERATION_LEADER, "陈立", region_code="33"))
    approve(page, look, draft_url)
    page.goto(f"/desk/policies/{STAR}/versions/")
    expect(page.locator("main")).to_contain_text("技能等级：不低于技师")
    expect(page.locator("main")).to_contain_text("技能等级：不低于高级工")
    look(page, "publishing-versions")

    match()
    sign_in(page, account(Role.WORKER, "某工", person_id=workers[1].pk))
    read_and_refuse(page, look)
    sign_in(page, account(Role.FEDERATION_OFFICER, "周宁", region_code="3310"))
    page.goto("/desk/policies/newly-served/")
    expect(page.locator("main")).to_contain_text(workers[1].name)
    expect(page.locator("main")).to_contain_text("本人不接收提醒")
    look(page, "notices-newly-served")
    sign_in(page, Account.objects.get(display_name="陈立"))
    page.goto("/desk/notices/")
    look(page, "notices-desk")
    press(page, "新增 1 名职工可享受政策")
    expect(page.locator("main")).to_contain_text(workers[1].name)


def read_and_refuse(page, look):
    """The person is told, reads why, and wants to hear no more of it."""
    page.goto("/portal/")
    expect(page.locator(".portal-tabs .menu-count")).to_contain_text("1")
    look(page, "notices-home")
    press(page, "您可享受“星级技工”")
    expect(page).to_have_url(re.compile(rf"/portal/entitlements/#{STAR}$"))
    expect(page.locator("main")).to_contain_text("职业技能等级达到高级工及以上")
    expect(page.locator(".menu-count")).to_have_count(0)
    look(page, "publishing-portal")
    page.goto("/portal/notices/")
    look(page, "notices-portal")
    press(page, "不再提醒此事")
    expect(page.locator("main")).to_contain_text("今后不再就此提醒您")
    page.goto("/portal/notices/choices/")
    expect(page.get_by_label("星级技工")).not_to_be_checked()
    look(page, "notices-choices")


def test_a_contradictory_policy_is_refused_by_name_and_another_is_withdrawn(
    page, sign_in, look, workers
):
    sign_in(page, account(Role.FEDERATION_OFFICER, "林岚", region_code="331023"))
    page.goto(f"/desk/policies/{STAR}/")
    press(page, "起草新版本")
    page.locator("main").get_by_role("link", name="条件", exact=True).click()
    look(page, "publishing-attribute")
    page.get_by_label("属性").select_option("skill_grade")
    press(page, "选定")
    page.get_by_label("比较方式").select_option("at_most")
    press(page, "选定")
    page.locator("form[data-guard]").get_by_label("技能等级").select_option("2")
    page.get_by_label("表述", exact=True).fill("中级工及以下")
    page.get_by_label("表述（英文）").fill("Intermediate or below")
    page.get_by_label("条款").fill("第四条")
    press(page, "保存")
    expect(page.locator("main")).to_contain_text(
        "同一个人不可能同时满足“职业技能等级达到技师及以上”和“中级工及以下”"
    )
    look(page, "publishing-contradiction")
    expect(page.get_by_role("link", name="提交审批")).to_have_count(0)
    press(page, "放弃草稿")

    page.goto(f"/desk/policies/{STAR}/")
    press(page, "废止该政策")
    draft_url = submit(page, look, "文件已废止")
    sign_in(page, account(Role.FEDERATION_LEADER, "陈立", region_code="33"))
    approve(page, look, draft_url)
    page.goto("/desk/policies/")
    expect(page.locator("main")).not_to_contain_text("星级技工")
    page.goto(f"/desk/policies/{STAR}/versions/")
    expect(page.locator("main")).to_contain_text("该政策已废止")
    look(page, "publishing-withdrawn")
