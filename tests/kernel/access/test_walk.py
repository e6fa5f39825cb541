"""Nobody gets anywhere they may not: every address as everyone.

A new address is walked as soon as it is declared. What a stranger may open stands in
PUBLIC; an argument of a kind not seen before needs a line in tests/samples.py.
"""

import re

import pytest

from jiangxin.foundation.actor import holds
from jiangxin.foundation.parts import MenuItem, brought
from jiangxin.kernel.access import queries
from jiangxin.kernel.access.enums import Role, ScopeKind
from jiangxin.kernel.access.roles import ROLES
from tests.kernel.access.walking import addresses
from tests.samples import ELSEWHERE, FIRM, HERE, arguments, make_records

pytestmark = pytest.mark.django_db

PUBLIC = {
    "access:public-home",
    "access:sign-in",
    "access:api-reference",
    "account_login",
}
# Lead back to the sign-in page when no sign-in is under way.
UNDER_WAY = {"mfa_authenticate"}
# Shown to builders only: in a demonstration and while debugging.
BUILDERS = {"web:styleguide"}
# There once an identity provider is set up.
PROVIDERS = {"openid_connect_login", "openid_connect_callback"}
# Arguments that name a record of the register, so of a place.
OF_A_PLACE = {
    "roster_id",
    "person_id",
    "organisation_id",
    "site_id",
    "credential_id",
    "employment_id",
    "membership_id",
    "request_id",
    "pair_id",
    "merge_id",
}

PLACED = {ScopeKind.REGION, ScopeKind.ORGANISATION}

ADDRESSES = addresses()
each_address = pytest.mark.parametrize(
    "address", ADDRESSES, ids=lambda address: address.name
)
each_role = pytest.mark.parametrize("role", Role)


@pytest.fixture
def here(now):
    return make_records(now)


@pytest.fixture
def samples(here, make_account, now):
    account = make_account("somebody", (Role.UNION_CLERK, "", FIRM))
    return arguments(here, account, now)


@pytest.fixture
def account_with(make_account, here):
    """An account holding one role, in the records' place or in another."""

    def account(role, *, in_place=True):
        place = {
            ScopeKind.EVERYWHERE: (),
            ScopeKind.SELF: (),
            ScopeKind.REGION: (HERE if in_place else ELSEWHERE,),
            ScopeKind.ORGANISATION: ("", FIRM if in_place else "E-2"),
        }[ROLES[role].scope]
        person_id = here["person_id"] if role == Role.WORKER else None
        return make_account(f"the-{role}", (role, *place), person_id=person_id)

    return account


@each_address
def test_a_stranger_is_sent_to_the_sign_in(client, samples, address):
    url = address.url(samples)
    response = client.get(url)
    if address.name in PUBLIC:
        assert response.status_code == 200
    elif address.name in BUILDERS | PROVIDERS:
        assert response.status_code == 404
    elif response.status_code == 302:
        expected = "/sign-in/" if address.name in UNDER_WAY else "/sign-in/?next="
        assert response["Location"].startswith(expected)
    else:
        assert response.status_code == 405
    if address.name not in PUBLIC | {"access:sign-out", "web:preferences"}:
        posted = client.post(url)
        assert posted.status_code in {302, 404, 405}
        assert posted.get("Location", "/sign-in/").startswith("/sign-in/")


@each_role
def test_no_address_breaks_for_any_role(client, samples, account_with, role):
    client.force_login(account_with(role))
    answers = {
        address.name: client.get(address.url(samples)).status_code
        for address in ADDRESSES
    }
    strange = {
        name: status
        for name, status in answers.items()
        if status not in {200, 302, 403, 404, 405, 409}
    }
    assert strange == {}


@each_role
def test_a_menu_shows_what_may_be_used_and_nothing_else(
    client, samples, account_with, role, now
):
    account = account_with(role)
    actor = queries.actor_for(account, now)
    client.force_login(account)
    door = "portal" if role == Role.WORKER else "desk"
    html = client.get(f"/{door}/").content.decode()
    shown = set(re.findall(r'href="(/[^"#?]*)"', html))
    for item in brought(MenuItem):
        url = next((a.url({}) for a in ADDRESSES if a.name == item.url_name), "")
        if item.door == door and url:
            may_use = not item.permission or holds(actor, item.permission)
            assert (url in shown) is may_use, item.url_name
    for url in shown:
        if url.startswith(f"/{door}/"):
            assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].scope in PLACED])
def test_records_of_another_place_are_not_found(client, samples, account_with, role):
    client.force_login(account_with(role, in_place=False))
    for address in ADDRESSES:
        if OF_A_PLACE & set(address.arguments):
            for method in (client.get, client.post):
                status = method(address.url(samples)).status_code
                assert status in {403, 404, 405}, address.name


def test_a_missing_page_is_a_page_of_ours(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "<h1" in response.content.decode()
