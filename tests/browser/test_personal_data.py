"""An officer is shown a number once; the person reads it; lists leave with a reason."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Error, expect

from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.privacy.models import DataRequest, PersonalDataView
from tests.kernel.access.factors import give_factor
from tests.kernel.register.cast import COUNTY
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)

__all__ = ["firms", "made_up_people", "make_organisation", "make_person", "regions"]

PHONE = "13800138000"


@pytest.fixture
def person(transactional_db, make_person, firms):
    return make_person(employer=firms.north, phone=PHONE)


@pytest.fixture
def account(now):
    def make(username, role, *, region_code="", person=None):
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


def test_number_is_shown_once_and_the_person_reads_it(
    screen, account, person, sign_in, look
):
    sign_in(screen, account("officer", "federation_officer", region_code=COUNTY))
    screen.goto(f"/desk/people/{person.pk}/")
    expect(screen.get_by_text(PHONE)).to_have_count(0)
    screen.get_by_role("link", name="Show: Mobile phone").click()
    screen.get_by_role("button", name="Show it").click()
    screen.get_by_role("alert").first.wait_for()
    look(screen, "value-show-refused")
    screen.get_by_label("Purpose").select_option("contact")
    screen.get_by_label("In your words").fill("The payment came back")
    screen.get_by_role("button", name="Show it").click()
    screen.get_by_text(PHONE).wait_for()
    look(screen, "value-shown")
    screen.get_by_role("link", name="Back to the person").click()
    screen.wait_for_url(f"**/desk/people/{person.pk}/")
    screen.expect_problem("ERR_CACHE_MISS")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # nothing kept it
        screen.go_back()
    expect(screen.get_by_text(PHONE)).to_have_count(0)
    sign_in(screen, account("worker", "worker", person=person))
    screen.goto("/portal/record/")
    screen.get_by_text("The payment came back").wait_for()
    screen.get_by_role("link", name="All about my data").click()
    screen.get_by_text("Version 1").first.wait_for()
    look(screen, "own-data")
    screen.get_by_role("link", name="Show all").click()
    screen.get_by_text("The payment came back").wait_for()


def test_worker_agrees_asks_and_takes_a_copy(screen, account, person, sign_in, look):
    sign_in(screen, account("worker", "worker", person=person))
    screen.goto("/portal/privacy/")
    screen.get_by_role("button", name="I agree").nth(1).click()
    screen.get_by_text("Your consent is recorded.").wait_for()
    screen.get_by_role("button", name="Withdraw my consent").click()
    screen.get_by_text("Your consent is withdrawn.").wait_for()
    screen.get_by_role("link", name="Ask to delete").click()
    screen.get_by_label("What should go, and why?").fill("I moved away")
    look(screen, "request-make")
    screen.get_by_role("button", name="Send").click()
    screen.get_by_text("I moved away").wait_for()
    with screen.expect_download() as taken:
        screen.get_by_role("button", name="Excel, to read").click()
    book = load_workbook(BytesIO(taken.value.path().read_bytes()))
    assert book["Me"].max_row == 2


def test_large_list_leaves_with_its_reason(
    screen, account, person, sign_in, look, monkeypatch
):
    monkeypatch.setattr(
        "jiangxin.kernel.privacy.operations.exports.limit", lambda key, on: 0
    )
    sign_in(screen, account("officer", "federation_officer", region_code=COUNTY))
    screen.goto("/desk/people/?export=xlsx")
    look(screen, "export-reason")
    screen.get_by_label("What the list is needed for").fill("Check-up in December")
    with screen.expect_download() as taken:
        screen.get_by_role("button", name="Export").click()
    book = load_workbook(BytesIO(taken.value.path().read_bytes()))
    assert len(book.worksheets) == 2


def test_auditor_and_desk_lists_are_sound(screen, account, person, sign_in, look, now):
    PersonalDataView.objects.create(
        person=person,
        value="phone",
        purpose="contact",
        note="The payment came back",
        seen_by_label="Officer",
        seen_at=now,
    )
    asked = DataRequest.objects.create(
        person=person, kind="deletion", text="I moved away", asked_at=now
    )
    auditor = account("auditor", "auditor")
    give_factor(auditor)
    sign_in(screen, auditor)
    screen.goto("/desk/privacy/views/")
    look(screen, "view-list")
    screen.goto("/desk/privacy/exports/")
    look(screen, "privacy-export-list")
    sign_in(screen, account("officer", "federation_officer", region_code=COUNTY))
    screen.goto("/desk/privacy/requests/")
    look(screen, "request-list")
    screen.goto(f"/desk/privacy/requests/{asked.pk}/")
    screen.get_by_label("Refused").check()
    screen.get_by_role("button", name="Answer").click()
    screen.get_by_role("alert").first.wait_for()
    look(screen, "request-answer-refused")
