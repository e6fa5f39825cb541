"""Coming in with a second factor, and being kept out, in the browser."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from tests.kernel.access.factors import code_now

PASSWORD = "correct horse battery"


@pytest.fixture
def account(now, db):
    def make(username, role):
        account = Account(username=username, display_name=username, created_at=now)
        account.set_password(PASSWORD)
        account.save()
        RoleGrant.objects.create(
            account=account, role=role, valid_from=date(2026, 1, 1)
        )
        return account

    return make


@pytest.fixture(params=["page", "phone"])
def screen(request, in_english):
    return in_english(request.getfixturevalue(request.param))


@pytest.fixture
def in_english(live_server, settings):
    def set_cookie(page):
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en"}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        return page

    return set_cookie


@pytest.fixture
def phone_in_english(phone, in_english):
    return in_english(phone)


def enter(screen, username, password=PASSWORD):
    screen.goto("/sign-in/")
    screen.get_by_label("Sign-in name").fill(username)
    screen.get_by_label("Password").fill(password)
    screen.get_by_role("button", name="Sign in").click()


def test_an_administrator_sets_up_an_app_and_comes_in_with_it(screen, account, look):
    account("auditor", Role.AUDITOR)
    enter(screen, "auditor")
    screen.wait_for_url("**/account/second-factor/")
    look(screen, "second-factor-needed")
    screen.get_by_role("link", name="Set up an app").click()
    screen.get_by_role("img", name="QR code").wait_for()
    look(screen, "app-add")
    secret = screen.locator("code").inner_text()
    screen.get_by_label("Code").fill(code_now(secret))
    screen.get_by_role("button", name="Confirm the app").click()
    screen.wait_for_url("**/codes/")
    look(screen, "recovery-codes")
    recovery = screen.locator(".codes code").first.inner_text()
    screen.get_by_role("link", name="I have kept them").click()
    screen.wait_for_url("**/desk/")
    for path, name in (
        ("/account/second-factor/", "second-factor"),
        ("/account/second-factor/app/remove/", "app-remove"),
        ("/account/second-factor/codes/new/", "recovery-codes-renew"),
        ("/account/", "account-sessions"),
        ("/account/sign-ins/", "own-sign-ins"),
        ("/desk/sign-ins/", "sign-in-log"),
    ):
        screen.goto(path)
        look(screen, name)
    screen.context.clear_cookies(name="sessionid")
    enter(screen, "auditor")
    screen.wait_for_url("**/sign-in/second-factor/")
    look(screen, "second-factor-ask")
    screen.get_by_label("Code").fill("000000")
    screen.get_by_role("button", name="Sign in").click()
    screen.locator("[aria-invalid=true]").wait_for()
    look(screen, "second-factor-refused")
    screen.get_by_label("Code").fill(recovery)
    screen.get_by_role("button", name="Sign in").click()
    screen.wait_for_url("**/desk/")


def test_a_passkey_is_added_and_used(page, account, look):
    """With an authenticator that Chromium makes up."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    holder = account("auditor", Role.AUDITOR)
    enter_in_chinese(page, "auditor")
    page.goto("/account/second-factor/passkeys/add/")
    look(page, "passkey-add")
    page.locator("#passkey-button").click()
    page.wait_for_url("**/codes/")
    assert Authenticator.objects.filter(user=holder, type="webauthn").count() == 1
    page.goto("/account/second-factor/")
    look(page, "second-factor-passkey")
    page.context.clear_cookies(name="sessionid")
    enter_in_chinese(page, "auditor")
    page.wait_for_url("**/sign-in/second-factor/")
    look(page, "second-factor-ask-passkey")
    page.locator("#passkey-button").click()
    page.wait_for_url("**/desk/")


def enter_in_chinese(page, username):
    page.goto("/sign-in/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url(lambda url: not url.endswith("/sign-in/"))


def test_whoever_fails_five_times_waits(phone_in_english, account, look):
    screen = phone_in_english
    account("clerk", Role.FEDERATION_LEADER)
    for _ in range(5):
        enter(screen, "clerk", "wrong")
        screen.get_by_role("alert").wait_for()
    enter(screen, "clerk")
    screen.get_by_text("Too many").wait_for()
    look(screen, "locked-out")
    screen.goto("/desk/")
    screen.wait_for_url("**/sign-in/?next=/desk/")


def test_a_session_elsewhere_is_signed_out(
    phone_in_english, account, look, sign_in, open_page
):
    screen = phone_in_english
    worker = account("worker", Role.WORKER)
    elsewhere = open_page({"width": 1024, "height": 700})
    sign_in(elsewhere, worker)
    sign_in(screen, worker)
    screen.goto("/account/")
    look(screen, "account-two-sessions")
    screen.get_by_role("button", name="Sign out all others").click()
    screen.get_by_text("You are signed out everywhere else").wait_for()
    elsewhere.goto("/portal/")
    elsewhere.wait_for_url("**/sign-in/?next=/portal/")
