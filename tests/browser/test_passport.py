"""A worker shows the passport by a link, a stranger opens it, the worker takes it back."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from tests.browser.test_corrections import account, person, screen
from tests.kernel.credentials.operations.test_issuing import record
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)

__all__ = [
    "account",
    "firms",
    "made_up_people",
    "make_organisation",
    "make_person",
    "person",
    "regions",
    "screen",
]


@pytest.fixture
def issued(now, person, live_server, settings):
    settings.JIANGXIN_ADDRESS = live_server.url
    credential = record(now, person_id=person.pk)
    return operations.issue_credential(
        credential_id=credential.pk, actor=SYSTEM, now=now
    )


def test_worker_shares_a_stranger_looks_and_the_worker_withdraws(
    screen, account, person, issued, sign_in, look, open_page
):
    sign_in(screen, account("worker", "worker", person=person))
    screen.goto("/portal/passport/")
    expect(screen.get_by_text("you are here")).to_be_visible()
    look(screen, "passport-1-passport", picture=True)
    screen.get_by_role("link", name="Show it to somebody").click()
    screen.get_by_label("What for").fill("求职")
    screen.get_by_role("checkbox").first.check()
    look(screen, "passport-2-share")
    screen.get_by_role("button", name="Make the link").click()
    link = screen.locator("#links a").first
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    look(screen, "passport-3-made")

    stranger = open_page({"width": 360, "height": 780})
    stranger.goto(address)
    expect(stranger.get_by_role("heading", level=1)).to_contain_text(person.name)
    look(stranger, "passport-4-stranger")

    screen.reload()
    screen.get_by_role("button", name="Withdraw the link").click()
    expect(screen.locator("#links").get_by_text("Withdrawn")).to_be_visible()
    look(screen, "passport-5-withdrawn")
    # Asked beside the page, where a refused address is no fault of the page.
    assert stranger.request.get(address).status == 404


def test_a_stranger_verifies_a_certificate_and_compares_the_name(
    screen, person, issued, look
):
    screen.goto(reverse("credentials:verify", args=[issued.public_id]))
    expect(screen.get_by_role("heading", level=1)).to_have_text("Genuine and valid")
    look(screen, "verify-1-valid", picture=True)
    screen.get_by_label("Name on the certificate").fill(person.name)
    screen.get_by_role("button", name="Compare the name").click()
    expect(screen.get_by_text("The name is the one on record")).to_be_visible()
    look(screen, "verify-2-compared")
