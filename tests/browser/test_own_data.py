"""Somebody asks for a copy of their data at the counter, and sees it in the portal."""

import pytest
from playwright.sync_api import expect

from jiangxin.kernel.access.models import Account
from tests.browser.test_matters import (
    account,
    firms,
    made_up_people,
    make_organisation,
    make_person,
    press,
    regions,
)
from tests.kernel.register.cast import COUNTY

__all__ = [
    "account",
    "firms",
    "made_up_people",
    "make_organisation",
    "make_person",
    "regions",
]


@pytest.fixture
def worker(make_person, firms):
    return make_person(employer=firms.north)


def test_a_request_at_the_counter_reaches_the_person_who_withdraws_it(
    page, phone, sign_in, account, worker, look
):
    sign_in(page, account("window", "小陈", "window_clerk", region_code=COUNTY))
    page.goto("/desk/services/")
    page.get_by_role("link", name="登记请求").click()
    page.get_by_label("职工", exact=True).fill(worker.id_number)
    page.get_by_label("查阅复制本人信息").check()
    page.get_by_label("请求内容").fill("请打印一份，本人来取")
    press(page, "登记")
    expect(page.get_by_text("请先核验身份证件").first).to_be_visible()
    look(page, "request-record-refused", picture=True)
    page.get_by_label("已核验身份证件").check()
    press(page, "登记")
    expect(page.get_by_text("已登记。本人可在个人门户看到")).to_be_visible()

    own = account("worker", worker.name, "worker")
    Account.objects.filter(pk=own.pk).update(person_id=worker.pk)
    sign_in(phone, own)
    phone.goto("/portal/services/")
    phone.get_by_role("link", name="进入我的个人信息").click()
    expect(phone.get_by_text("由小陈在窗口登记")).to_be_visible()
    look(phone, "own-data-waiting", picture=True)
    press(phone, "撤回：复制我的个人信息")
    expect(phone.get_by_text("已撤回")).to_have_count(2)
