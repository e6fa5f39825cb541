"""Finding people from anywhere, and making two records one, in the browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.register.models import DuplicatePair, Region
from jiangxin.kernel.register.operations import organisations, people
from jiangxin.kernel.register.operations.organisations import OrganisationFacts
from jiangxin.kernel.register.operations.people import PersonFacts
from tests.browser.conftest import DESK, PHONE
from tests.kernel.register.cast import COUNTY, NORTH, id_number

SINCE = date(2026, 1, 5)


@pytest.fixture
def pair(now, settings):
    settings.DEMONSTRATION = True
    Region.objects.create(code=COUNTY, name="浦江县", level=3)
    Region.objects.create(code=NORTH, name="北镇", level=4, parent_id=COUNTY)
    common = {"effective_on": SINCE, "actor": SYSTEM, "now": now}
    firm = organisations.register_organisation(
        kind="employer",
        code="E-NORTH",
        facts=OrganisationFacts("北方机械", NORTH),
        **common,
    )
    for serial, name, phone in ((1, "王小芳", ""), (3, "王晓芳", "13800001234")):
        people.register_person(
            id_number=id_number(serial),
            facts=PersonFacts(name, phone),
            employer_id=firm.pk,
            **common,
        )
    return DuplicatePair.objects.get()


@pytest.fixture
def officer(now, pair):
    account = Account.objects.create(
        username="officer", display_name="Officer", created_at=now
    )
    RoleGrant.objects.create(
        account=account,
        role=Role.FEDERATION_OFFICER,
        region_code=COUNTY,
        valid_from=SINCE,
    )
    return account


@pytest.fixture
def enter(officer, sign_in, live_server, settings):
    """Return a function that lets the officer in, to pages in English."""

    def entered(page):
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en"}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        sign_in(page, officer)

    return entered


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_two_records_are_compared_merged_and_parted(
    open_page, pair, enter, look, width, scripts
):
    page = open_page(width, java_script_enabled=scripts)
    enter(page)
    page.goto("/desk/duplicates/")
    if scripts:
        look(page, "duplicates")
    page.get_by_role("link", name="王小芳").first.click()
    page.get_by_role("heading", name="王小芳 and 王晓芳").wait_for()
    if scripts:
        look(page, "duplicate")
    page.get_by_label("One person: keep 王小芳").check()
    page.get_by_label("王晓芳", exact=True).check()
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("heading", name="王晓芳", level=1).wait_for()
    page.get_by_text("Records that were merged into this one").wait_for()
    if scripts:
        look(page, "merged")
    page.get_by_role("link", name="Undo the merge").click()
    page.get_by_label("Yes, I have looked at both.").check()
    if scripts:
        look(page, "merge-undo")
    page.get_by_role("button", name="Undo the merge").click()
    page.get_by_role("heading", name="王小芳", level=1).wait_for()


def test_the_bar_finds_people_from_any_page_of_the_desk(page, enter, look):
    enter(page)
    page.goto("/desk/organisations/")
    page.locator(".bar-search input").fill("wangx 北方")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/people/?q=wangx*")
    page.get_by_text("2 people").first.wait_for()
    look(page, "found")


def test_a_phone_has_the_way_to_the_search(phone, enter, look):
    enter(phone)
    phone.goto("/desk/")
    expect(phone.locator(".bar-search")).to_be_hidden()
    phone.get_by_role("link", name="Find people").click()
    phone.wait_for_url("**/desk/people/")
    look(phone, "people")


def test_an_organisation_shows_what_would_complete_it(page, enter, look):
    enter(page)
    page.goto("/desk/organisations/")
    page.get_by_role("link", name="北方机械").click()
    page.get_by_text("What would most complete this register").wait_for()
    look(page, "completeness")
    page.get_by_role("link", name="Education").click()
    page.get_by_text("2 people").first.wait_for()
