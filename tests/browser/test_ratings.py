"""Rating on a phone, without signing in."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.models import MatterRating
from tests.samples import make_records


@pytest.fixture
def address(now):
    records = make_records(now)
    Matter.objects.filter(settled_at__isnull=False).update(settled_at=timezone.now())
    return reverse("ratings:rate", args=[records["rating_token"]])


def test_somebody_rates_with_a_thumb(phone, look, address):
    phone.goto(address)
    grades = phone.get_by_role("radio")
    expect(grades).to_have_count(5)
    expect(phone.locator("input:checked")).to_have_count(0)
    look(phone, "rate", picture=True)
    worst = phone.locator("label", has_text="非常不满意").first
    assert worst.bounding_box()["height"] >= 48
    worst.click()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("谢谢您的评价")
    look(phone, "rated", picture=True)
    assert MatterRating.objects.order_by("-pk").first().grade == 1


def test_without_a_grade_the_page_says_what_is_missing(phone, address):
    phone.goto(address)
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.get_by_role("alert").first).to_be_visible()
