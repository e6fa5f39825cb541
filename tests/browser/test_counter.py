"""A number on a phone, the waiting board, and a booking, without signing in."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.counter.models import Ticket
from jiangxin.kernel.counter.queries.slots import days_to_book
from tests.samples import HERE, SINCE, make_records
from tests.window_samples import SERVICE


@pytest.fixture
def records(now):
    records = make_records(now)
    Ticket.objects.update(on=today(timezone.now()))
    return records


@pytest.fixture
def clerk(now):
    account = Account.objects.create(
        username="clerk", display_name="窗口小陈", created_at=now
    )
    RoleGrant.objects.create(
        account=account, role=Role.WINDOW_CLERK, region_code=HERE, valid_from=SINCE
    )
    return account


def url(name, *args):
    return reverse(f"counter:{name}", args=args)


def test_a_number_is_taken_with_a_thumb_and_called(
    phone, page, look, sign_in, clerk, records
):
    phone.goto(url("number-take", records["hall_id"]))
    look(phone, "number-take", picture=True)
    button = phone.get_by_role("button", name="工会法人资格首次登记")
    assert button.bounding_box()["height"] >= 64
    button.click()
    expect(phone.get_by_text("A002")).to_be_visible()
    expect(phone.get_by_text("前面还有1人")).to_be_visible()
    look(phone, "number", picture=True)
    sign_in(page, clerk)
    page.goto(url("window", records["window_id"]))
    page.get_by_role("button", name="叫下一号").click()
    expect(page.get_by_role("button", name="已到窗口")).to_be_visible()
    look(page, "counter-window", picture=True)
    # The phone learns of it by itself.
    expect(phone.get_by_text("下一个就是您")).to_be_visible()


def test_the_board_is_read_from_afar(page, look, clerk, records):
    Ticket.objects.update(
        state="called", called_at=timezone.now(), window_id=records["window_id"]
    )
    page.goto(url("board", records["hall_id"]))
    number = page.get_by_text("A001")
    expect(number).to_be_visible()
    assert number.bounding_box()["height"] >= 60
    look(page, "board", picture=True)


def test_a_time_is_booked_on_a_phone(phone, look, records):
    on = days_to_book(timezone.now())[-1]
    phone.goto(f"{url('book', records['hall_id'])}?service={SERVICE}&on={on}")
    phone.get_by_label("09:30").check()
    phone.get_by_label("姓名").fill("李明")
    phone.get_by_label("手机号码").fill("13800138001")
    look(phone, "book", picture=True)
    phone.get_by_role("button", name="确认预约").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("我的预约")
    look(phone, "booking", picture=True)
    phone.get_by_role("button", name="取消预约").click()
    expect(phone.get_by_text("已取消")).to_be_visible()
