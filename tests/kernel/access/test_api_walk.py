"""Nobody gets anything from the API they may not: every operation as everyone.

A new operation is walked as soon as it is declared; what it is given is in BODIES.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from ninja import Schema

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.api import describing, door
from jiangxin.kernel.access.enums import Role, ScopeKind
from jiangxin.kernel.access.roles import ROLES
from tests.kernel.access.api_calls import SCOPES, make_token, no_calls_counted
from tests.samples import ELSEWHERE, FIRM, HERE, arguments, make_records

__all__ = ["make_token", "no_calls_counted"]  # fixtures

pytestmark = pytest.mark.django_db

READS = {role for role in Role if "access.use_api" in ROLES[role].permissions}
OPERATIONS = {
    f"{one['operationId']}": (method, path, one["x-scope"])
    for path, methods in door.description()["paths"].items()
    for method, one in methods.items()
}
BODIES = {
    "policies/{code}/match": {},
    "policies/{code}/match-organisations": {},
    "policies/dry-run": {"text": "code: a.b"},
}
# Which name a person or an organisation, so a place.
OF_A_PLACE = [
    name
    for name, (_m, path, _s) in OPERATIONS.items()
    if "person_id" in path or "organisation_id" in path
]

each_operation = pytest.mark.parametrize("name", OPERATIONS)
each_role = pytest.mark.parametrize("role", Role)


@pytest.fixture
def here(now):
    return make_records(now)


@pytest.fixture
def account_with(make_account, here):
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


@pytest.fixture
def call(client, here, make_account, now):
    """Call an operation on records that exist, with a token or without."""
    samples = arguments(here, make_account("any", (Role.UNION_CLERK, "", FIRM)), now)

    def call(name, token=None):
        method, path, _scope = OPERATIONS[name]
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = next((b for p, b in BODIES.items() if path.endswith(p)), None)
        url = path.format(**samples)
        if method == "get":
            return client.get(url, headers=headers)
        return client.post(url, body, content_type="application/json", headers=headers)

    return call


def assert_problem(response, status, code):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["type"] == f"urn:jiangxin:refusal:{code}"
    assert problem["detail"]


@each_operation
def test_without_a_token_nothing_is_answered(call, name):
    response = call(name)
    assert_problem(response, 401, "access.no_token")
    assert response["WWW-Authenticate"].startswith("Bearer")


@each_operation
def test_session_of_a_browser_counts_for_nothing(call, client, account_with, name):
    client.force_login(account_with(Role.FEDERATION_OFFICER))
    assert_problem(call(name), 401, "access.no_token")


@each_operation
def test_made_up_revoked_and_ended_tokens_are_refused(
    call, account_with, make_token, name
):
    account = account_with(Role.FEDERATION_OFFICER)
    now = timezone.now()
    for token in (
        "jx_made_up",
        make_token(account, revoked_at=now),
        make_token(account, valid_to=today(now)),
        make_token(account, valid_to=today(now) - timedelta(days=1)),
    ):
        assert_problem(call(name, token), 401, "access.bad_token")


@each_operation
def test_token_of_a_closed_account_is_refused(call, account_with, make_token, name):
    account = account_with(Role.FEDERATION_OFFICER)
    account.is_active = False
    account.save()
    assert_problem(call(name, make_token(account)), 401, "access.bad_token")


@each_operation
def test_token_without_the_scope_is_refused(call, account_with, make_token, name):
    others = [scope for scope in SCOPES if scope != OPERATIONS[name][2]]
    token = make_token(account_with(Role.FEDERATION_OFFICER), *others)
    assert_problem(call(name, token), 403, "access.scope_missing")


@each_role
def test_role_gets_answers_exactly_if_it_may_use_the_api(
    call, account_with, make_token, role
):
    token = make_token(account_with(role))
    for name in OPERATIONS:
        response = call(name, token)
        if role in READS:
            assert response.status_code in {200, 409}, name
        else:
            assert_problem(response, 403, "access.not_permitted")


@pytest.mark.parametrize("role", sorted(READS))
@pytest.mark.parametrize("name", OF_A_PLACE)
def test_records_of_another_place_are_not_found(
    call, account_with, make_token, role, name
):
    token = make_token(account_with(role, in_place=False))
    assert_problem(call(name, token), 404, "access.not_found")


def test_role_that_ended_opens_nothing(call, make_account, make_token):
    token = make_token(make_account("nobody"))
    for name in OPERATIONS:
        assert_problem(call(name, token), 403, "access.not_permitted")


def test_administrator_without_a_second_factor_has_no_power(
    call, make_account, make_token
):
    account = make_account("officer", (Role.SYSTEM_ADMINISTRATOR,))
    account.authenticator_set.all().delete()
    for name in OPERATIONS:
        assert_problem(call(name, make_token(account)), 403, "access.not_permitted")


def test_every_operation_has_a_scope_that_exists():
    assert {one.scope for one in describing.operations()} <= set(SCOPES)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/policies"])
def test_what_is_not_there_is_a_problem_too(client, db, path):
    assert_problem(client.get(path), 404, "access.not_found")
    assert_problem(client.post(path), 404, "access.not_found")


def test_calls_of_a_token_are_limited(call, account_with, make_token, settings):
    settings.JIANGXIN_API_CALLS_A_MINUTE = 2
    account = account_with(Role.FEDERATION_OFFICER)
    token, other = make_token(account), make_token(account)
    name = next(iter(OPERATIONS))
    statuses = [call(name, token).status_code for _ in range(2)]
    refused = call(name, token)
    # The minute may pass between two calls, but not twice in a test.
    if statuses == [200, 200] and refused.status_code == 200:
        refused = [call(name, token) for _ in range(2)][-1]
    assert_problem(refused, 429, "access.too_many_calls")
    assert 0 < int(refused["Retry-After"]) <= 60
    assert call(name, other).status_code == 200


def test_use_is_noted(call, account_with, make_token):
    account = account_with(Role.FEDERATION_OFFICER)
    call(next(iter(OPERATIONS)), make_token(account))
    assert account.api_tokens.get().last_used_at


def test_description_and_reference_are_open_to_all(client, db):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    html = client.get("/api/", headers={"Accept-Language": "en"}).content.decode()
    for method, path, _scope in OPERATIONS.values():
        assert f"{method.upper()} {path}" in html
    assert '<script src="http' not in html


def test_no_two_parts_call_different_things_by_one_name():
    """The library would keep one of them, and the description would be wrong."""
    names = [
        kind.__name__
        for kind in _below(Schema)
        if kind.__module__.startswith("jiangxin.")
    ]
    assert sorted(names) == sorted(set(names))


def _below(kind):
    for sub in kind.__subclasses__():
        yield sub
        yield from _below(sub)
