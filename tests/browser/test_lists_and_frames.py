"""Lists, menus and forms as people use them, with and without JavaScript."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE


@pytest.fixture(autouse=True)
def house(settings):
    settings.DEMONSTRATION = True
    settings.ROOT_URLCONF = "tests.foundation.web.addresses"
    settings.JIANGXIN_ACTOR_FACTORY = "tests.foundation.web.conftest.the_system"
    # Whatever the browser asks for.
    settings.LANGUAGE_CODE = "en"
    settings.LANGUAGES = [("en", "English")]


@pytest.fixture
def accounts(django_user_model, now):
    django_user_model.objects.bulk_create(
        django_user_model(
            username=f"u{number:03}",
            display_name=f"Name {number:03}",
            created_at=now + timedelta(days=number),
        )
        for number in range(60)
    )


def test_list_narrows_while_one_types_and_says_what_it_holds(page, accounts):
    page.goto("/accounts/")
    page.keyboard.press("/")
    page.keyboard.type("Name 04")
    page.wait_for_url("**/accounts/?q=Name+04")
    page.get_by_text("11 accounts").first.wait_for()
    expect(page.locator("input[type=search]")).to_have_value("Name 04")
    expect(page.locator("#announcer")).to_contain_text("11 accounts")


def test_list_sorts_and_turns_pages_and_the_browser_goes_back(page, accounts):
    page.goto("/accounts/")
    page.get_by_role("link", name="Sign-in name").click()
    page.wait_for_url("**/accounts/?sort=username")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**/accounts/?sort=username&page=2")
    page.get_by_role("link", name="u025", exact=True).wait_for()
    page.go_back()
    page.get_by_role("link", name="u000", exact=True).wait_for()
    expect(page.locator("main")).to_have_count(1)


def test_list_is_narrowed_by_choice_without_losing_the_words(page, accounts):
    page.goto("/accounts/?q=Name")
    page.get_by_label("Active").select_option("yes")
    page.wait_for_url("**/accounts/?q=Name&active=yes")
    page.get_by_role("link", name="Active: yes").click()
    page.wait_for_url("**/accounts/?q=Name")
    expect(page.get_by_label("Active")).to_have_value("")


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_list_works_without_javascript(open_page, accounts, width):
    page = open_page(width, java_script_enabled=False)
    page.goto("/accounts/")
    page.get_by_label("Search").fill("u01")
    page.get_by_role("button", name="Apply").first.click()
    expect(page.locator("main")).to_contain_text("10 accounts")
    page.get_by_role("link", name="Search: u01").click()
    expect(page.locator("main")).to_contain_text("60 accounts")


def test_rows_become_cards_that_say_what_each_value_is(phone, accounts, look):
    phone.goto("/accounts/")
    look(phone, "list")
    cell = phone.locator("tbody tr").first.locator("td").nth(1)
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Sign-in name"'


def test_phone_menu_opens_and_closes_without_javascript(open_page):
    phone = open_page(PHONE, java_script_enabled=False)
    phone.goto("/styleguide/")
    menu = phone.get_by_role("navigation", name="Main menu")
    expect(menu).to_be_hidden()
    phone.get_by_role("link", name="Menu", exact=True).click()
    menu.wait_for(state="visible")
    phone.get_by_role("link", name="Close the menu").click()
    menu.wait_for(state="hidden")


def test_large_print_is_chosen_without_javascript_and_stays(open_page):
    phone = open_page(PHONE, java_script_enabled=False)
    phone.expect_problem("404")
    phone.goto("/portal/nowhere/")
    phone.get_by_role("button", name="Large print").click()
    expect(phone.locator("html.large-print")).to_have_count(1)
    expect(phone).to_have_url(re.compile("/portal/nowhere/$"))


def test_form_is_sent_once_however_often_it_is_pressed(page):
    page.goto("/styleguide/")
    sent = page.evaluate(
        """() => {
          const form = document.querySelector("form[data-guard]");
          let count = 0;
          document.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) count += 1;
            event.preventDefault();
          });
          form.requestSubmit();
          form.requestSubmit();
          return count;
        }"""
    )
    assert sent == 1


@pytest.mark.parametrize("address", ["/accounts/", "/portal/nowhere/"])
def test_on_paper_stands_whom_it_comes_from_and_nothing_to_press(
    page, accounts, settings, address
):
    settings.JIANGXIN_FEDERATION_NAME = "Federation of Pujiang"
    page.expect_problem("404")
    page.goto(address)
    page.emulate_media(media="print")
    expect(page.get_by_text("Federation of Pujiang", exact=True)).to_be_visible()
    expect(page.locator(".brand-name")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main menu")).to_be_hidden()
    expect(page.locator("button:visible, input:visible, select:visible")).to_have_count(
        0
    )


def test_a_list_wider_than_the_paper_is_not_cut_off(page, accounts):
    page.set_viewport_size({"width": 300, "height": 900})
    page.goto("/accounts/")
    page.emulate_media(media="print")
    assert page.locator(".list-frame").evaluate(
        "frame => frame.scrollWidth > frame.clientWidth"
        " && getComputedStyle(frame).overflowX === 'visible'"
    )
