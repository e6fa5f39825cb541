import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access import operations, queries
from jiangxin.kernel.access.enums import Role, SignInAct
from jiangxin.kernel.access.models import RoleGrant, SignInRecord
from tests.kernel.access.conftest import PASSWORD
from tests.kernel.access.factors import SECRET, code_now, give_factor

pytestmark = pytest.mark.django_db
ASKED = "/sign-in/second-factor/"
OVERVIEW = "/account/second-factor/"


@pytest.fixture(autouse=True)
def no_codes_used(db):
    cache.clear()


@pytest.fixture
def new_admin(make_account):
    """An administrator who never signed in."""
    account = make_account("new-admin", (Role.AUDITOR,))
    Authenticator.objects.all().delete()
    return account


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def give_password(client, username, **more):
    values = {"username": username, "password": PASSWORD, **more}
    return client.post("/sign-in/", values)


def acts(account):
    records = SignInRecord.objects.filter(account=account).order_by("pk")
    return list(records.values_list("act", flat=True))


def kinds(account):
    return [event.kind for event in events_of(f"account:{account.pk}")]


# --- signing in ---------------------------------------------------------------------


def test_the_password_alone_does_not_let_in(client, sysadmin):
    assert give_password(client, "sysadmin")["Location"] == ASKED
    assert "_auth_user_id" not in client.session
    assert client.get("/desk/").status_code == 302
    assert not sysadmin.sessions.exists()


def test_the_code_lets_in_and_leads_where_one_wanted(client, sysadmin):
    give_password(client, "sysadmin", next="/desk/accounts/")
    assert client.get(ASKED).status_code == 200
    response = client.post(ASKED, {"code": code_now()})
    assert response["Location"] == "/desk/accounts/"
    assert client.get("/desk/accounts/").status_code == 200
    assert acts(sysadmin) == [SignInAct.FACTOR_PASSED, SignInAct.SIGNED_IN]


def test_a_code_counts_once(client, sysadmin):
    give_password(client, "sysadmin")
    code = code_now()
    client.post(ASKED, {"code": code})
    client.post("/sign-out/")
    give_password(client, "sysadmin")
    assert client.post(ASKED, {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_five_wrong_codes_lock_out_even_the_right_one(client, sysadmin):
    give_password(client, "sysadmin")
    for _ in range(5):
        assert client.post(ASKED, {"code": "000000"}).status_code == 200
    response = client.post(ASKED, {"code": code_now()})
    error = response.context["form"].errors.as_data()["code"][0]
    assert error.code == operations.TooManyAttempts.code
    assert "_auth_user_id" not in client.session
    assert acts(sysadmin) == [*[SignInAct.FACTOR_FAILED] * 5, SignInAct.LOCKED_OUT]
    assert kinds(sysadmin) == ["access.sign_in_blocked"]


def test_wrong_codes_do_not_lock_the_password_nor_other_accounts(
    client, sysadmin, secadmin
):
    give_password(client, "sysadmin")
    for _ in range(5):
        client.post(ASKED, {"code": "000000"})
    assert give_password(client, "sysadmin")["Location"] == ASKED
    give_password(client, "secadmin")
    assert client.post(ASKED, {"code": code_now()}).status_code == 302


def test_a_code_without_a_password_before_it_is_sent_back(client, sysadmin):
    assert client.get(ASKED)["Location"] == "/sign-in/"
    assert client.post(ASKED, {"code": code_now()})["Location"] == "/sign-in/"


def test_an_account_without_a_factor_comes_in_by_password(client, clerk):
    assert give_password(client, "clerk")["Location"] == "/start/"


def test_an_account_closed_between_the_steps_does_not_come_in(client, sysadmin):
    give_password(client, "sysadmin")
    sysadmin.is_active = False
    sysadmin.save()
    client.post(ASKED, {"code": code_now()})
    assert client.get("/desk/").status_code == 302


# --- administrators -----------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/accounts/", "/account/", "/start/", "/"]
)
def test_an_administrator_without_a_factor_is_led_to_set_one_up(
    signed_in, new_admin, path
):
    client = signed_in(new_admin)
    assert client.get(path)["Location"] == OVERVIEW
    assert client.post(path)["Location"] == OVERVIEW
    assert client.get(OVERVIEW).status_code == 200
    assert client.get(f"{OVERVIEW}app/").status_code == 200


def test_an_administrator_without_a_factor_may_still_sign_out(signed_in, new_admin):
    assert signed_in(new_admin).post("/sign-out/")["Location"] == "/"


def test_roles_do_not_count_before_the_second_factor(acting, new_admin):
    assert not acting(new_admin).scopes("access.view_accounts")
    give_factor(new_admin)
    assert acting(new_admin).scopes("access.view_accounts")


def test_recovery_codes_alone_are_no_second_factor(new_admin):
    Authenticator.objects.create(
        user=new_admin, type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    assert not queries.has_second_factor(new_admin)


def test_others_are_not_led_anywhere(signed_in, clerk):
    assert signed_in(clerk).get("/desk/").status_code == 200


def test_whoever_becomes_an_administrator_is_led_at_once(signed_in, worker, now):
    client = signed_in(worker)
    RoleGrant.objects.create(
        account=worker, role=Role.AUDITOR, valid_from=now.date().replace(year=2025)
    )
    assert client.get("/portal/")["Location"] == OVERVIEW


# --- setting up and removing --------------------------------------------------------


def set_up(client, committed):
    html = client.get(f"{OVERVIEW}app/").content.decode()
    secret = re.search(r"<code[^>]*>(\w+)</code>", html)[1]
    with committed():
        response = client.post(f"{OVERVIEW}app/", {"code": code_now(secret)})
    assert response["Location"] == f"{OVERVIEW}codes/"
    return secret


def test_setting_up_an_app_opens_the_desk_and_shows_codes_once(
    signed_in, new_admin, committed
):
    client = signed_in(new_admin)
    set_up(client, committed)
    codes = client.get(f"{OVERVIEW}codes/").context["unused_codes"]
    assert len(set(codes)) == 10
    assert codes[0] not in client.get(f"{OVERVIEW}codes/").content.decode()
    assert client.get("/desk/accounts/").status_code == 200
    assert kinds(new_admin).count("access.factor_added") == 2


def test_a_wrong_code_sets_nothing_up(signed_in, clerk):
    client = signed_in(clerk)
    client.get(f"{OVERVIEW}app/")
    response = client.post(f"{OVERVIEW}app/", {"code": "000000"})
    assert response.context["form"].errors["code"]
    assert not queries.has_second_factor(clerk)


def test_the_picture_is_data_and_the_page_is_not_cached(signed_in, clerk):
    response = signed_in(clerk).get(f"{OVERVIEW}app/")
    assert 'src="data:image/svg+xml;base64,' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_secrets_are_sealed_in_the_database(signed_in, clerk, committed):
    secret = set_up(signed_in(clerk), committed)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept


def test_a_recovery_code_lets_in_once(client, signed_in, clerk, committed):
    here = signed_in(clerk)
    set_up(here, committed)
    code = here.get(f"{OVERVIEW}codes/").context["unused_codes"][0]
    for status in (302, 200):
        here.post("/sign-out/")
        give_password(here, "clerk")
        assert here.post(ASKED, {"code": code}).status_code == status


def test_new_recovery_codes_replace_the_old(signed_in, clerk, committed):
    client = signed_in(clerk)
    set_up(client, committed)
    old = client.get(f"{OVERVIEW}codes/").context["unused_codes"]
    assert client.get(f"{OVERVIEW}codes/new/").status_code == 200
    with committed():
        client.post(f"{OVERVIEW}codes/new/")
    new = client.get(f"{OVERVIEW}codes/").context["unused_codes"]
    assert not set(old) & set(new)


def test_whoever_need_not_have_a_factor_may_remove_it(signed_in, clerk, committed):
    client = signed_in(clerk)
    set_up(client, committed)
    assert client.get(OVERVIEW).status_code == 200
    assert client.get(f"{OVERVIEW}app/remove/").status_code == 200
    client.post(f"{OVERVIEW}app/remove/")
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert "access.factor_removed" in kinds(clerk)


def test_an_administrator_keeps_the_last_factor(signed_in, sysadmin):
    client = signed_in(sysadmin)
    html = client.get(f"{OVERVIEW}app/remove/").content.decode()
    assert 'class="btn btn-danger"' not in html
    client.post(f"{OVERVIEW}app/remove/")
    assert queries.has_second_factor(sysadmin)


def test_an_administrator_keeps_the_last_passkey(signed_in, new_admin):
    passkey = Authenticator.objects.create(
        user=new_admin, type=Authenticator.Type.WEBAUTHN, data={"name": "key"}
    )
    client = signed_in(new_admin)
    url = f"{OVERVIEW}passkeys/{passkey.pk}/remove/"
    assert client.post(url).status_code == 403
    give_factor(new_admin)
    assert client.post(url).status_code == 302
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()


def test_nobody_removes_the_passkey_of_another(signed_in, clerk, worker):
    passkey = Authenticator.objects.create(
        user=worker, type=Authenticator.Type.WEBAUTHN, data={"name": "key"}
    )
    url = f"{OVERVIEW}passkeys/{passkey.pk}/remove/"
    assert signed_in(clerk).post(url).status_code == 404


# --- a lost device ------------------------------------------------------------------


def test_the_system_administrator_resets_a_lost_factor(signed_in, sysadmin, auditor):
    client = signed_in(sysadmin)
    url = f"/desk/accounts/{auditor.pk}/second-factor/"
    assert url in client.get(f"/desk/accounts/{auditor.pk}/").content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert not queries.has_second_factor(auditor)
    assert kinds(auditor) == ["access.factors_reset"]


@pytest.mark.parametrize("who", ["secadmin", "auditor", "clerk"])
def test_nobody_else_resets_a_factor(signed_in, request, sysadmin, who):
    client = signed_in(request.getfixturevalue(who))
    url = f"/desk/accounts/{sysadmin.pk}/second-factor/"
    assert client.post(url).status_code == 403
    assert queries.has_second_factor(sysadmin)


def test_nobody_resets_their_own_factor(signed_in, sysadmin):
    url = f"/desk/accounts/{sysadmin.pk}/second-factor/"
    assert signed_in(sysadmin).post(url).status_code == 403
    assert queries.has_second_factor(sysadmin)


def test_the_secret_of_tests_is_what_the_library_reads(sysadmin):
    factor = Authenticator.objects.get(user=sysadmin).wrap()
    assert factor.validate_code(code_now(SECRET))
