"""Enterprise sign-in. The provider's answer is made up; the steps after it are real."""

import json

import pytest
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access import operations
from jiangxin.kernel.access.models import Account, SignInRecord
from jiangxin.project import env
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings, monkeypatch):
    values = {
        "JIANGXIN_OIDC_SERVER": "https://identity.example",
        "JIANGXIN_OIDC_NAME": "County identity",
        "JIANGXIN_OIDC_CLIENT_ID": "jiangxin",
        "JIANGXIN_OIDC_CLIENT_SECRET": "secret",
        "JIANGXIN_DINGTALK_CLIENT_ID": "ding",
        "JIANGXIN_DINGTALK_CLIENT_SECRET": "secret",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": env.identity_providers()["openid_connect"]
    }
    return "oidc"


@pytest.fixture
def vouch(provider):
    """Return a function that comes back from the provider as somebody."""

    def back(uid, process="login"):
        request = RequestFactory().get("/sign-in/with/oidc/back/")
        request.session = SessionStore()
        request._messages = FallbackStorage(request)
        request.user = AnonymousUser()
        request.now = timezone.now()
        with context.request_context(request):
            data = {"userinfo": {"sub": uid, "name": "王芳", "email": "w@example.org"}}
            login = (
                get_adapter()
                .get_provider(request, provider)
                .sociallogin_from_response(request, data)
            )
            login.state = {"process": process}
            return request, complete_login(request, login)

    return back


def link(account, now, uid="wang", actor=SYSTEM):
    return operations.link_identity(
        account_id=account.pk, provider="oidc", uid=uid, actor=actor, now=now
    )


def test_a_linked_identity_signs_in(vouch, clerk, now):
    link(clerk, now)
    request, response = vouch("wang")
    assert response["Location"] == "/start/"
    assert request.session["_auth_user_id"] == str(clerk.pk)
    assert clerk.sessions.count() == 1


def test_a_linked_identity_is_asked_for_the_second_factor_too(vouch, sysadmin, now):
    link(sysadmin, now)
    request, response = vouch("wang")
    assert response["Location"] == "/sign-in/second-factor/"
    assert "_auth_user_id" not in request.session


@pytest.mark.parametrize("process", ["login", "connect", "redirect"])
def test_an_unlinked_identity_opens_no_account_and_is_told_its_name(
    vouch, clerk, process
):
    request, response = vouch("stranger", process=process)
    assert response["Location"] == "/sign-in/"
    assert "stranger" in str(next(iter(request._messages)))
    assert "_auth_user_id" not in request.session
    assert Account.objects.count() == 1
    assert not SocialAccount.objects.exists()
    assert SignInRecord.objects.get().act == "identity_refused"


def test_the_identity_of_a_closed_account_does_not_sign_in(vouch, clerk, now):
    link(clerk, now)
    clerk.is_active = False
    clerk.save()
    request, response = vouch("wang")
    assert response["Location"] == "/sign-in/"
    assert "_auth_user_id" not in request.session


def test_what_the_provider_tells_of_the_person_is_not_kept(vouch, clerk, now):
    link(clerk, now)
    vouch("wang")
    assert "example.org" not in json.dumps(SocialAccount.objects.get().extra_data)


def test_the_sign_in_page_leads_to_the_provider_when_there_is_one(client, provider):
    html = client.get("/sign-in/").content.decode()
    assert 'href="/sign-in/with/oidc/' in html
    assert "County identity" in html


def test_the_sign_in_page_leads_nowhere_else_without_a_provider(client, db):
    assert "/sign-in/with/" not in client.get("/sign-in/").content.decode()
    assert client.get("/sign-in/with/oidc/").status_code == 404


def test_no_address_opens_an_account(client, db):
    for path in ("/sign-up/", "/signup/", "/accounts/signup/", "/sign-in/signup/"):
        assert client.get(path).status_code == 404


# --- linking ------------------------------------------------------------------------


def test_the_system_administrator_links_and_unlinks(
    signed_in, provider, sysadmin, clerk
):
    client = signed_in(sysadmin)
    page = f"/desk/accounts/{clerk.pk}/"
    assert f"{page}identity/" in client.get(page).content.decode()
    assert client.get(f"{page}identity/").status_code == 200
    values = {"provider": "oidc", "uid": " wang "}
    assert client.post(f"{page}identity/", values)["Location"] == page
    linked = SocialAccount.objects.get(user=clerk, provider="oidc", uid="wang")
    assert "wang" in client.get(page).content.decode()
    unlink = f"/desk/identities/{linked.pk}/unlink/"
    assert client.get(unlink).status_code == 200
    assert client.post(unlink)["Location"] == page
    assert not SocialAccount.objects.exists()
    assert [event.kind for event in events_of(f"account:{clerk.pk}")] == [
        "access.identity_unlinked",
        "access.identity_linked",
    ]


def test_linking_says_why_not(signed_in, provider, sysadmin, clerk, worker, now):
    link(worker, now)
    client = signed_in(sysadmin)
    url = f"/desk/accounts/{clerk.pk}/identity/"
    taken = client.post(url, {"provider": "oidc", "uid": "wang"})
    assert taken.context["form"].non_field_errors()
    unknown = client.post(url, {"provider": "other", "uid": "li"})
    assert unknown.context["form"].errors["provider"]
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("uid", ["", "  "])
def test_an_empty_identity_is_refused(clerk, now, uid):
    with pytest.raises(operations.IdentityIncomplete):
        link(clerk, now, uid=uid)


@pytest.mark.parametrize("who", ["secadmin", "auditor", "clerk", "worker"])
def test_nobody_else_links_or_unlinks(signed_in, request, make_account, now, who):
    other = make_account("other")
    linked = link(other, now)
    client = signed_in(request.getfixturevalue(who))
    assert client.post(f"/desk/accounts/{other.pk}/identity/").status_code == 403
    assert client.post(f"/desk/identities/{linked.pk}/unlink/").status_code == 403
    assert SocialAccount.objects.count() == 1


def test_nobody_links_an_identity_to_their_own_account(acting, sysadmin, now):
    with pytest.raises(NotPermitted):
        link(sysadmin, now, actor=acting(sysadmin))


def test_unlinking_what_is_not_linked_is_not_found(now):
    with pytest.raises(NotFound):
        operations.unlink_identity(identity_id=UNREACHED, actor=SYSTEM, now=now)


# --- settings -----------------------------------------------------------------------


def test_no_provider_is_set_up_unless_named():
    assert env.identity_providers() == {}


def test_both_providers_are_read_from_the_environment(provider):
    providers = env.identity_providers()
    assert set(providers) == {"openid_connect", "dingtalk"}
    assert providers["dingtalk"]["APPS"][0]["client_id"] == "ding"


@pytest.mark.parametrize(
    "missing", ["JIANGXIN_OIDC_CLIENT_ID", "JIANGXIN_DINGTALK_CLIENT_SECRET"]
)
def test_a_provider_set_up_by_half_is_refused_loudly(provider, monkeypatch, missing):
    monkeypatch.delenv(missing)
    with pytest.raises(ImproperlyConfigured, match=missing):
        env.identity_providers()


@pytest.mark.parametrize("given", ["0", "-5", "half", "²"])
def test_a_number_that_is_none_is_refused_loudly(monkeypatch, given):
    monkeypatch.setenv("JIANGXIN_IDLE_MINUTES", given)
    with pytest.raises(ImproperlyConfigured, match="JIANGXIN_IDLE_MINUTES"):
        env.number("JIANGXIN_IDLE_MINUTES", 30)
