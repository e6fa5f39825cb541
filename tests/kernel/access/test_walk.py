"""Nobody gets anywhere they may not: every address as everyone.

A new address is walked as soon as it is declared. What a stranger may open stands in
PUBLIC; an argument of a kind not seen before needs a line in tests/samples.py. How much
was walked is said at the end of the run (`tests/walk_summary.py`).
"""

import re

import pytest

from jiangxin.foundation.actor import holds
from jiangxin.foundation.parts import MenuItem, brought
from jiangxin.kernel.access import queries
from jiangxin.kernel.access.enums import Role, ScopeKind
from jiangxin.kernel.access.roles import ROLES
from tests.kernel.access.walking import Walker, addresses
from tests.samples import ELSEWHERE, FIRM, HERE, arguments, make_records, make_regions
from tests.walk_summary import STRANGER, WRONG_PLACE

pytestmark = pytest.mark.django_db

PUBLIC = {
    "access:public-home",
    "access:sign-in",
    "access:api-reference",
    "account_login",
    "ratings:rate",
    "ratings:code",
    "matters:guide-list",
    "matters:guide",
    "matters:status",
    "service_window:certificate-check",
    "credentials:verify",
    "credentials:verify-code",
    "credentials:authority",
    "credentials:file-check",
    "credentials:did",
    "credentials:did-below",
    "credentials:keys",
    "credentials:status-list",
    "counter:hall-list",
    "counter:number-take",
    "counter:board",
    "counter:book",
    "counter:questions",
    "counter:number",
    "counter:booking",
    "counter:question",
    "credentials:share-shown",
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
    "issue_id",
    "share_id",
    "union_certificate_id",
    "employment_id",
    "membership_id",
    "request_id",
    "pair_id",
    "merge_id",
    "draft_id",
    "rating_id",
    "matter_id",
    "material_id",
    "window_id",
    "plan_id",
    "booking_id",
    "question_id",
}

# End the session of who asks, or show a new secret each time.
NOT_COMPARED = {
    "access:sign-out",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "counter:hall-list",  # public: the same for everybody
}
# Done by whoever holds an address that nobody can guess.
BY_ADDRESS = {"counter:booking-cancel", "counter:booking-arrive"}
# What differs from one answer to the next.
CHANCE = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*')

PLACED = {ScopeKind.REGION, ScopeKind.ORGANISATION}

ADDRESSES = addresses()
each_address = pytest.mark.parametrize(
    "address", ADDRESSES, ids=lambda address: address.name
)
each_role = pytest.mark.parametrize("role", Role)


@pytest.fixture
def walk(client, record_property):
    """Begin a walk as somebody; what is asked is counted in the closing line."""
    return lambda who: Walker(client, who, record_property)


@pytest.fixture
def here(now):
    return make_records(now)


@pytest.fixture
def samples(here, make_account, now):
    account = make_account("somebody", (Role.UNION_CLERK, "", FIRM))
    return arguments(here, account, now)


@pytest.fixture
def account_with(make_account, request):
    """An account holding one role, in the records' place or in another."""

    def account(role, *, in_place=True):
        place = {
            ScopeKind.EVERYWHERE: (),
            ScopeKind.SELF: (),
            ScopeKind.REGION: (HERE if in_place else ELSEWHERE,),
            ScopeKind.ORGANISATION: ("", FIRM if in_place else "E-2"),
        }[ROLES[role].scope]
        is_worker = role == Role.WORKER
        here = request.getfixturevalue("here") if is_worker else {}
        person_id = here.get("person_id")
        return make_account(f"the-{role}", (role, *place), person_id=person_id)

    return account


@each_address
def test_a_stranger_is_sent_to_the_sign_in(walk, samples, address):
    stranger = walk(STRANGER)
    response = stranger.get(address, samples)
    if address.name in PUBLIC:
        assert response.status_code == 200
    elif address.name in BUILDERS | PROVIDERS:
        assert response.status_code == 404
    elif response.status_code == 302:
        expected = "/sign-in/" if address.name in UNDER_WAY else "/sign-in/?next="
        assert response["Location"].startswith(expected)
    else:
        assert response.status_code == 405
    open_acts = PUBLIC | BY_ADDRESS | {"access:sign-out", "web:preferences"}
    if address.name not in open_acts:
        posted = stranger.post(address, samples)
        assert posted.status_code in {302, 404, 405}
        assert posted.get("Location", "/sign-in/").startswith("/sign-in/")


@each_role
def test_no_address_breaks_for_any_role(walk, client, samples, account_with, role):
    client.force_login(account_with(role))
    walker = walk(role)
    answers = {
        address.name: walker.get(address, samples).status_code for address in ADDRESSES
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
def test_records_of_another_place_are_not_found(
    walk, client, samples, account_with, role
):
    client.force_login(account_with(role, in_place=False))
    walker = walk(WRONG_PLACE)
    for address in ADDRESSES:
        if OF_A_PLACE & set(address.arguments):
            for method in (walker.get, walker.post):
                status = method(address, samples).status_code
                assert status in {403, 404, 405}, address.name


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].scope in PLACED])
def test_lists_and_counts_are_as_if_nothing_were_elsewhere(
    walk, client, make_account, account_with, role, now
):
    """Every page and export without a record in its address, before and after."""
    make_regions()
    client.force_login(account_with(role, in_place=False))
    # Asked once for nothing: the first visit leaves a language and a session behind.
    seen_by(walk(WRONG_PLACE))
    before = seen_by(walk(WRONG_PLACE))
    arguments(make_records(now), make_account("x", (Role.UNION_CLERK, "", FIRM)), now)
    after = seen_by(walk(WRONG_PLACE))
    assert len(before) > len(Role)
    assert {name for name in before if before[name] != after[name]} == set()


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].scope in PLACED])
def test_the_same_lists_show_what_is_here(walk, client, here, account_with, role):
    """Or the test above would prove nothing."""
    client.force_login(account_with(role))
    pages = seen_by(walk(role))
    for name in ("register:person-list", "register:organisation-list"):
        assert "晨光机械" in pages[name, ""], name
        assert "晨光机械" in pages[name, "?export=csv"], name


def seen_by(walker):
    """Return what each address without arguments serves, by address and query."""
    pages = {}
    for address in ADDRESSES:
        if address.arguments or address.name in NOT_COMPARED:
            continue
        for query in ("", "?export=csv"):
            response = walker.get(address, {}, query)
            is_text = response["Content-Type"].startswith("text/")
            if response.status_code == 200 and is_text:
                pages[address.name, query] = text_of(response)
    return pages


def text_of(response):
    return CHANCE.sub("", b"".join(response).decode())


def test_a_missing_page_is_a_page_of_ours(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "<h1" in response.content.decode()
