"""Coming in and looking round, in the browser."""

from datetime import date

import pytest

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.roles import ADMINISTRATORS
from jiangxin.kernel.register.models import Region
from tests.kernel.access.factors import give_factor

PASSWORD = "correct horse battery"


@pytest.fixture
def account(now):
    Region.objects.create(code="330726", name="浦江县", level=3)

    def make(username, role, **place):
        account = Account(
            username=username, display_name=username.title(), created_at=now
        )
        account.set_password(PASSWORD)
        account.save()
        RoleGrant.objects.create(
            account=account, role=role, valid_from=date(2026, 1, 1), **place
        )
        if role in ADMINISTRATORS:
            give_factor(account)
        return account

    return make


@pytest.fixture(params=["page", "phone"])
def screen(request, live_server, settings):
    """A desk's and a phone's screen, in English, so that labels can be named here."""
    page = request.getfixturevalue(request.param)
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en"}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    return page


def sign_in_by_form(screen, username, password):
    screen.get_by_label("Sign-in name").fill(username)
    screen.get_by_label("Password").fill(password)
    screen.get_by_role("button", name="Sign in").click()


def test_signing_in_goes_where_one_wanted_to_go(screen, account, look):
    account("leader", Role.FEDERATION_LEADER, region_code="330726")
    screen.goto("/account/")
    look(screen, "sign-in")
    sign_in_by_form(screen, "leader", "wrong")
    screen.get_by_role("alert").wait_for()
    look(screen, "sign-in-refused")
    sign_in_by_form(screen, "Leader", PASSWORD)
    screen.wait_for_url("**/account/")
    screen.get_by_text("Federation leader").first.wait_for()
    screen.get_by_text("浦江县").first.wait_for()
    look(screen, "account")


def test_homes_and_own_pages_are_sound(screen, account, look, sign_in):
    screen.goto("/")
    look(screen, "public-home")
    sign_in(screen, account("officer", Role.FEDERATION_OFFICER, region_code="330726"))
    for path, name in (("/desk/", "desk-home"), ("/account/password/", "password")):
        screen.goto(path)
        look(screen, name)


def test_portal_home_is_sound(screen, account, look, sign_in):
    sign_in(screen, account("worker", Role.WORKER))
    screen.goto("/portal/")
    screen.get_by_role("link", name="My record").first.wait_for()
    look(screen, "portal-home")


def test_accounts_are_created_and_given_roles(screen, account, look, sign_in):
    clerk = account("clerk", Role.UNION_CLERK, organisation_code="U-1")
    sign_in(screen, account("secadmin", Role.SECURITY_ADMINISTRATOR))
    screen.goto("/desk/accounts/")
    look(screen, "accounts")
    screen.goto(f"/desk/accounts/{clerk.pk}/grant/")
    screen.get_by_label("Role").select_option("federation_leader")
    screen.get_by_role("button", name="Grant the role").click()
    screen.get_by_role("alert").wait_for()
    look(screen, "grant-refused")
    screen.get_by_label("Region code").fill("330726")
    screen.get_by_role("button", name="Grant the role").click()
    screen.wait_for_url(f"**/desk/accounts/{clerk.pk}/")
    look(screen, "account-detail")
    sign_in(screen, account("sysadmin", Role.SYSTEM_ADMINISTRATOR))
    screen.goto("/desk/accounts/new/")
    screen.get_by_label("Sign-in name").fill("wang")
    screen.get_by_label("Name", exact=True).fill("王芳")
    look(screen, "account-create")
    screen.get_by_role("button", name="Create the account").click()
    screen.get_by_text("Pass this password on").wait_for()
    look(screen, "password-shown")
