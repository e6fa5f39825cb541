"""A worker says what is wrong; a clerk looks at the paper and decides; the worker reads it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.privacy.models import PersonalDataView
from jiangxin.kernel.register.models import Person
from tests.kernel.register.cast import COUNTY
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)

__all__ = ["firms", "made_up_people", "make_organisation", "make_person", "regions"]

ACCOUNT = "6222021234567891"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"


@pytest.fixture
def person(transactional_db, make_person, firms):
    return make_person(employer=firms.north, phone="13800138000")


@pytest.fixture
def account(now):
    def make(username, role, *, person=None, region_code=""):
        made = Account.objects.create(
            username=username,
            display_name=username.title(),
            person_id=person.pk if person else None,
            created_at=now,
        )
        RoleGrant.objects.create(
            account=made,
            role=role,
            region_code=region_code,
            valid_from=date(2026, 1, 1),
        )
        return made

    return make


@pytest.fixture(params=["page", "phone"])
def screen(request, live_server, settings):
    """A desk's and a phone's screen, in English, so that labels can be named here."""
    page = request.getfixturevalue(request.param)
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en"}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    return page


def test_worker_asks_clerk_decides_and_worker_reads(
    screen, account, person, sign_in, look, tmp_path
):
    worker = account("worker", "worker", person=person)
    picture = tmp_path / "card.png"
    screen.goto("/")
    screen.screenshot(path=picture)
    sign_in(screen, worker)
    screen.goto("/portal/record/")
    expect(screen.get_by_text("Source: Clerk").first).to_be_visible()
    look(screen, "correction-1-record")
    screen.get_by_role("link", name="Ask to correct").click()
    screen.get_by_label("Mobile phone").fill("12")
    screen.get_by_role("button", name="Send").click()
    screen.get_by_role("alert").first.wait_for()
    look(screen, "correction-2-refused")
    screen.get_by_label("Mobile phone").fill("13800138001")
    screen.get_by_label("Name").first.fill("王方")
    screen.get_by_label("Papers that show what is right").set_input_files(picture)
    screen.get_by_role("button", name="Send").click()
    screen.get_by_role("button", name="Withdraw this request").wait_for()
    look(screen, "correction-3-waiting")

    sign_in(screen, account("officer", "federation_officer", region_code=COUNTY))
    screen.goto("/desk/")
    screen.get_by_role("link", name="Corrections waiting for your decision").click()
    screen.get_by_role("link", name="王芳").click()
    screen.get_by_role("button", name="Open paper 1").wait_for()
    look(screen, "correction-4-desk")
    with screen.expect_popup() as opened:
        screen.get_by_role("button", name="Open paper 1").click()
    opened.value.close()
    assert PersonalDataView.objects.get().value == "evidence"
    screen.get_by_label("Approve: it is written to the record").first.check()
    screen.get_by_label("Refuse", exact=True).last.check()
    screen.get_by_role("button", name="Record the verdicts").click()
    screen.get_by_role("alert").first.wait_for()
    look(screen, "correction-5-without-reason")
    screen.get_by_label("Reason, which the person reads").last.fill("Not in use")
    screen.get_by_role("button", name="Record the verdicts").click()
    screen.get_by_text("Nothing waits for a decision").wait_for()
    assert Person.objects.get().name == "王方"

    sign_in(screen, worker)
    screen.goto("/portal/corrections/")
    screen.get_by_text("Not in use").wait_for()
    look(screen, "correction-6-answered")


def test_worker_enters_and_removes_a_bank_account(
    screen, account, person, sign_in, look
):
    sign_in(screen, account("worker", "worker", person=person))
    screen.goto("/portal/record/")
    screen.get_by_role("link", name="My bank account").click()
    screen.get_by_label("Bank account").fill(ACCOUNT)
    screen.get_by_label("I agree that my union").check()
    screen.get_by_role("button", name="Save").click()
    screen.get_by_text("************7891").wait_for()
    expect(screen.get_by_text(ACCOUNT)).to_have_count(0)
    look(screen, "own-account")
    screen.get_by_role("button", name="Use it no more").click()
    screen.get_by_text("Your bank account is used no more.").wait_for()
