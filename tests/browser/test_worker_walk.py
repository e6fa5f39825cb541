"""A worker on a phone reads what policies give, and why not the rest."""

from datetime import date

import pytest
from django.utils import timezone, translation
from playwright.sync_api import expect

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.register.models import Organisation, Person
from tests.browser.conftest import PHONE
from tests.kernel.register.roster.making import NOW, World, with_certificate

PASSWORD = "correct horse battery"


@pytest.fixture
def worker(settings, tmp_path):
    """A senior worker of a machine works: highly skilled, and no maker."""
    settings.DEMONSTRATION = True
    settings.VAR = tmp_path
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"
    with translation.override("zh-hans"):
        county, now = World(), timezone.now()
        Organisation.objects.filter(code="E1").update(industry="C34")
        row = with_certificate(1, joined_on="2021-03-08", occupation="6-18-01-01")
        county.write(row, on=today(now), now=now)
    person = Person.objects.get()
    account = Account(
        username="worker",
        display_name=person.name,
        person_id=person.pk,
        created_at=NOW,
    )
    account.set_password(PASSWORD)
    account.save()
    RoleGrant.objects.create(
        account=account, role=Role.WORKER, valid_from=date(2020, 1, 1)
    )
    return person


def verdicts(page, policy):
    """Return {condition: verdict} as the page shows it for one policy."""
    card = page.locator(".card").filter(
        has=page.get_by_role("heading", name=policy, exact=True)
    )
    expect(card).to_have_count(1)
    if card.evaluate("card => card.tagName === 'DETAILS' && !card.open"):
        card.locator("summary").click()
    rows = card.locator("table.conditions tbody tr")
    return {
        row.locator("th").inner_text().partition("\n")[0]: row.locator(
            ".state"
        ).inner_text()
        for row in rows.all()
    }


def press_until(page, key, target):
    """Press a key until the target holds the focus."""
    for _press in range(40):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not reach {target}")


def test_a_worker_reads_why_and_why_not_and_makes_the_print_large(phone, worker, look):
    phone.goto("/portal/")
    phone.get_by_label("登录名").fill("worker")
    phone.get_by_label("密码").fill(PASSWORD)
    phone.get_by_role("button", name="登录").click()
    phone.wait_for_url("**/portal/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(worker.name)
    expect(phone.locator("main")).to_contain_text("高技能人才")
    look(phone, "worker-1-home", picture=True)

    phone.get_by_role("navigation").get_by_role("link", name="可享政策").click()
    phone.wait_for_url("**/portal/entitlements/")
    assert set(verdicts(phone, "高技能人才").values()) == {"满足"}
    assert verdicts(phone, "农创客") == {
        "年龄在45周岁以下（含45周岁）": "满足",
        "学历在大专及以上": "满足",
        "从事农业": "不满足",
    }
    look(phone, "worker-2-entitlements", picture=True)

    # A thumb finds five tabs; the home page has the rest.
    phone.get_by_role("navigation").get_by_role("link", name="首页").click()
    phone.get_by_role("main").get_by_role("link", name="我的档案").click()
    phone.wait_for_url("**/portal/record/")
    shown = phone.locator("main")
    masked = f"{worker.id_number[:4]}**********{worker.id_number[-4:]}"
    expect(shown).to_contain_text(masked)
    expect(shown).not_to_contain_text(worker.id_number)
    expect(shown).not_to_contain_text(worker.phone)
    look(phone, "worker-3-record", picture=True)

    phone.get_by_role("button", name="大字版").first.click()
    phone.locator("html.large-print").wait_for()
    look(phone, "worker-4-large", picture=True)
    phone.locator("summary", has_text="显示").click()
    phone.get_by_role("button", name="深色").click()
    phone.locator("html[data-bs-theme=dark]").wait_for()
    look(phone, "worker-5-large-dark", picture=True)
    phone.goto("/portal/entitlements/")
    look(phone, "worker-6-entitlements-large-dark", picture=True)

    phone.locator("summary", has_text=worker.name).click()
    phone.get_by_role("button", name="退出").click()
    phone.goto("/portal/record/")
    phone.wait_for_url("**/sign-in/**")


@pytest.mark.parametrize("has_javascript", [True, False])
def test_a_keyboard_is_enough_to_sign_in_and_read(open_page, worker, has_javascript):
    page = open_page(PHONE, java_script_enabled=has_javascript)
    keyboard = page.keyboard
    page.goto("/portal/")
    press_until(page, "Tab", page.get_by_label("登录名"))
    keyboard.type("worker")
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    page.wait_for_url("**/portal/")

    press_until(page, "Tab", page.get_by_role("link", name="跳到正文"))
    keyboard.press("Enter")
    entitlements = page.get_by_role("main").get_by_role("link", name="我可享受的政策")
    press_until(page, "Tab", entitlements)
    assert entitlements.evaluate("element => element.matches(':focus-visible')")
    keyboard.press("Enter")
    page.wait_for_url("**/portal/entitlements/")

    folded = page.locator("main details summary").last
    press_until(page, "Tab", folded)
    keyboard.press("Enter")
    expect(page.get_by_text("星级技工").first).to_be_visible()
