"""Two clerks at once: the second is told what happened, and loses no word."""

from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    Contact,
    begin_matter,
    submit_matter,
)
from tests.browser.conftest import DESK, PHONE
from tests.kernel.register.cast import COUNTY
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)

__all__ = ["firms", "made_up_people", "make_organisation", "make_person", "regions"]

REASON = "住所证明与申请表不一致，依据《中国工会章程》第一条。"
NOTE = "电话核实：申请人周三来窗口。"


@pytest.fixture
def matter(transactional_db, firms, make_person, now):
    """Somebody's application to join a union, submitted at the window."""
    worker = make_person(employer=firms.north)
    begun = begin_matter(
        Begun(
            "service_window.join_union",
            uuid4(),
            channel="window",
            person_id=worker.pk,
        ),
        actor=SYSTEM,
        now=now,
    )
    return submit_matter(
        matter_id=begun.pk,
        seen=begun.version,
        answers={"phone": "13800138000", "union": "U-NORTH", "wish": "yes"},
        contact=Contact("王芳", "13800138000"),
        actor=SYSTEM,
        now=now,
    )


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def two(request, open_page, sign_in, now):
    """The screens of two clerks of one window."""
    pages = []
    for username, name in (("chen", "窗口小陈"), ("zhou", "窗口小周")):
        account = Account.objects.create(
            username=username, display_name=name, created_at=now
        )
        RoleGrant.objects.create(
            account=account,
            role="window_clerk",
            valid_from=date(2026, 1, 1),
            region_code=COUNTY,
        )
        page = open_page(request.param)
        sign_in(page, account)
        pages.append(page)
    return pages


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_the_second_of_two_clerks_is_told_and_goes_on_with_what_was_typed(
    matter, two, look
):
    first, second = two
    here = f"/desk/matters/{matter.pk}"
    second.goto(f"{here}/decline/")
    second.get_by_label("原因").fill(REASON)
    first.goto(f"{here}/accept/")

    other = first.context.new_page()
    other.goto(f"{here}/note/")
    other.get_by_label("备注").fill(NOTE)
    press(other, "写备注")
    expect(other.get_by_text("备注已保存。")).to_be_visible()

    # Refused, told by whom and what, and nothing typed is lost.
    press(second, "不予受理")
    main = second.locator("main")
    expect(main).to_contain_text("您刚才的操作没有生效")
    expect(main).to_contain_text("窗口小陈")
    expect(main).to_contain_text(NOTE)
    expect(main.get_by_role("link", name="在新标签页查看该事项")).to_be_visible()
    expect(second.get_by_label("原因")).to_have_value(REASON)
    assert matter.acts.count() == 3
    look(second, "matters-stale")

    # It is still right: sent again it is done, once.
    press(second, "不予受理")
    expect(second.get_by_text("已作出不予受理决定")).to_be_visible()
    matter.refresh_from_db()
    assert (matter.state, matter.reason, matter.version) == ("refused", REASON, 4)

    # The first has the acceptance open still; now it is not possible any more.
    press(first, "受理")
    expect(first.locator("main")).to_contain_text("窗口小周")
    expect(first.locator("main")).to_contain_text(REASON)
    press(first, "受理")
    expect(first.locator("main")).to_contain_text("现在不能“受理”")
    matter.refresh_from_db()
    assert (matter.state, matter.version) == ("refused", 4)
