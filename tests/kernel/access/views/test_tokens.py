"""Pages about API tokens."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access import rules
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, ApiToken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def officer(make_account):
    return make_account("officer", (Role.FEDERATION_OFFICER, "3307"))


@pytest.fixture
def typed():
    last = today(timezone.now()) + timedelta(days=30)
    return {
        "name": "Payroll",
        "scopes": ["policy:read", "policy:explain"],
        "valid_to": last.isoformat(),
    }


def shown_token(response):
    found = re.search(r"jx_[\w-]{40,}", response.content.decode())
    assert found
    return found[0]


def test_own_token_is_made_shown_once_and_listed(signed_in, officer, typed):
    client = signed_in(officer)
    response = client.post("/account/tokens/new/", typed)
    assert response["Cache-Control"] == "no-store"
    kept = ApiToken.objects.get()
    assert kept.digest == rules.token_digest(shown_token(response))
    assert kept.scopes == ["policy:read", "policy:explain"]
    listed = client.get("/account/tokens/").content.decode()
    assert "Payroll" in listed
    assert "jx_" not in listed


def test_own_account_leads_to_the_tokens_of_those_who_may_have_some(
    signed_in, officer, worker
):
    assert "/account/tokens/" in signed_in(officer).get("/account/").content.decode()
    page = signed_in(worker).get("/account/").content.decode()
    assert "/account/tokens/" not in page


def test_what_is_refused_is_said_in_the_form(signed_in, officer, typed):
    later = today(timezone.now()) + timedelta(days=401)
    client = signed_in(officer)
    response = client.post(
        "/account/tokens/new/", {**typed, "valid_to": later.isoformat()}
    )
    assert "at most 400 days" in response.content.decode()
    assert not ApiToken.objects.exists()


def test_worker_makes_no_token(signed_in, worker, typed):
    client = signed_in(worker)
    assert client.get("/account/tokens/new/").status_code == 403
    assert client.post("/account/tokens/new/", typed).status_code == 403


def test_system_administrator_makes_a_service_account_and_its_token(
    signed_in, sysadmin, typed
):
    client = signed_in(sysadmin)
    made = client.post(
        "/desk/accounts/new/",
        {"username": "payroll", "display_name": "Payroll", "is_service": "on"},
    )
    account = Account.objects.get(username="payroll")
    assert made["Location"] == f"/desk/accounts/{account.pk}/"
    response = client.post(f"/desk/accounts/{account.pk}/token/", typed)
    assert shown_token(response)
    page = client.get(f"/desk/accounts/{account.pk}/").content.decode()
    assert "Service account" in page
    assert "/password/" not in page
    assert account.api_tokens.get().name in page


def test_system_administrator_makes_no_token_for_a_person(
    signed_in, sysadmin, officer, typed
):
    client = signed_in(sysadmin)
    assert client.post(f"/desk/accounts/{officer.pk}/token/", typed).status_code == 403


def test_token_is_revoked_by_its_holder(signed_in, officer, typed):
    client = signed_in(officer)
    client.post("/account/tokens/new/", typed)
    token = ApiToken.objects.get()
    url = f"/account/tokens/{token.pk}/revoke/"
    assert "Revoke the token" in client.get(url).content.decode()
    assert client.post(url)["Location"] == "/account/tokens/"
    assert "Revoke the token" not in client.get(url).content.decode()
    assert client.post(url).status_code == 409


@pytest.mark.parametrize("state", ["usable", "ended", "revoked"])
def test_all_tokens_are_listed_by_their_state(signed_in, officer, auditor, state):
    now = timezone.now()
    day = timedelta(days=1)
    for name, valid_to, revoked_at in (
        ("usable", today(now) + day, None),
        ("ended", today(now), None),
        ("revoked", today(now) + day, now),
    ):
        ApiToken.objects.create(
            account=officer,
            name=f"is-{name}",
            scopes=["policy:read"],
            digest=name,
            made_at=now,
            valid_to=valid_to,
            revoked_at=revoked_at,
        )
    page = signed_in(auditor).get("/desk/tokens/", {"state": state}).content.decode()
    assert re.findall(r"is-(\w+)", page)
    assert set(re.findall(r"is-(usable|ended|revoked)\b", page)) == {state}


def test_officer_sees_no_list_of_all_tokens(signed_in, officer):
    assert signed_in(officer).get("/desk/tokens/").status_code == 403
