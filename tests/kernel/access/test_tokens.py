"""Making and revoking API tokens."""

from datetime import date, timedelta

import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access import operations, queries, rules
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import ApiToken
from tests.kernel.access.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(make_account):
    return make_account("officer", (Role.FEDERATION_OFFICER, "3307"))


@pytest.fixture
def service(make_account):
    account = make_account("service", (Role.FEDERATION_OFFICER, "3307"))
    account.is_service = True
    account.save()
    return account


@pytest.fixture
def make(acting, now):
    def make(account, *, by, **values):
        details = {
            "name": "Payroll",
            "scopes": ["policy:read"],
            "valid_to": today(now) + timedelta(days=30),
        }
        return operations.make_token(
            **{**details, **values}, account_id=account.pk, actor=acting(by), now=now
        )

    return make


def test_token_is_kept_as_a_digest_and_begins_with_a_mark(make, officer):
    made = make(officer, by=officer)
    kept = ApiToken.objects.get()
    assert made.plain.startswith("jx_")
    assert len(made.plain) >= 43
    assert kept.digest == rules.token_digest(made.plain)
    assert made.plain not in str(vars(kept))


def test_two_tokens_are_never_the_same(make, officer):
    assert make(officer, by=officer).plain != make(officer, by=officer).plain


def test_making_and_revoking_are_on_the_trail_without_the_token(
    make, officer, acting, now
):
    made = make(officer, by=officer)
    operations.revoke_token(token_id=made.token.pk, actor=acting(officer), now=now)
    events = list(events_of(f"account:{officer.pk}"))
    keys = {each.kind for each in events}
    assert {"access.token_made", "access.token_revoked"} <= keys
    assert made.plain not in str([each.payload for each in events])
    assert made.token.digest not in str([each.payload for each in events])


@pytest.mark.parametrize("name", ["", "  "])
def test_token_without_a_name_is_refused(make, officer, name):
    with pytest.raises(operations.TokenNameEmpty):
        make(officer, by=officer, name=name)


@pytest.mark.parametrize("scopes", [[], ["register:write"], ["policy:read", "other"]])
def test_token_for_nothing_or_for_what_nobody_knows_is_refused(make, officer, scopes):
    with pytest.raises(operations.TokenScopesEmpty):
        make(officer, by=officer, scopes=scopes)


@pytest.mark.parametrize("days", [-1, 0, 401])
def test_token_that_ended_or_lasts_too_long_is_refused(make, officer, now, days):
    with pytest.raises(operations.TokenDatesRefused):
        make(officer, by=officer, valid_to=today(now) + timedelta(days=days))


@pytest.mark.parametrize("days", [1, 400])
def test_token_may_last_from_a_day_to_the_longest_time(make, officer, now, days):
    assert make(officer, by=officer, valid_to=today(now) + timedelta(days=days))


def test_setting_shortens_the_longest_time(make, officer, now, settings):
    settings.JIANGXIN_API_TOKEN_DAYS = 10
    with pytest.raises(operations.TokenDatesRefused):
        make(officer, by=officer, valid_to=today(now) + timedelta(days=11))


def test_nobody_makes_tokens_for_another_person(make, officer, sysadmin, secadmin):
    for other in (sysadmin, secadmin):
        with pytest.raises(NotPermitted):
            make(officer, by=other)


def test_service_account_gets_tokens_from_the_system_administrator_alone(
    make, service, officer, sysadmin, secadmin
):
    for other in (service, officer, secadmin):
        with pytest.raises(NotPermitted):
            make(service, by=other)
    assert make(service, by=sysadmin)


def test_who_may_not_use_the_api_makes_no_token(make, worker, auditor):
    for account in (worker, auditor):
        with pytest.raises(NotPermitted):
            make(account, by=account)


def test_holder_and_system_administrator_revoke_a_token(
    make, officer, sysadmin, acting, now
):
    for by in (officer, sysadmin):
        token = make(officer, by=officer).token
        operations.revoke_token(token_id=token.pk, actor=acting(by), now=now)
        token.refresh_from_db()
        assert token.revoked_at == now


def test_others_do_not_revoke_a_token(make, officer, secadmin, clerk, acting, now):
    token = make(officer, by=officer).token
    with pytest.raises(NotPermitted):
        operations.revoke_token(token_id=token.pk, actor=acting(secadmin), now=now)
    with pytest.raises(NotFound):
        operations.revoke_token(token_id=token.pk, actor=acting(clerk), now=now)


def test_token_is_revoked_once(make, officer, acting, now):
    token = make(officer, by=officer).token
    operations.revoke_token(token_id=token.pk, actor=acting(officer), now=now)
    with pytest.raises(operations.TokenRevokedAlready):
        operations.revoke_token(token_id=token.pk, actor=acting(officer), now=now)


def test_token_opens_no_more_than_its_scopes_and_the_roles(make, officer, now):
    token = make(officer, by=officer).token
    actor = queries.token_actor(token, now)
    assert actor.scopes("policy.view") == (Scope("3307"),)
    assert actor.scopes("register.manage_people") == ()
    assert actor.label == "Officer · Payroll"
    assert actor.account_id == officer.pk


def test_use_is_noted_once_a_minute(make, officer, now):
    token = make(officer, by=officer).token
    for seconds, noted in ((0, 0), (59, 0), (60, 60)):
        operations.note_use(token, now=now + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == now + timedelta(seconds=noted)


def test_service_account_has_no_password_and_is_given_none(sysadmin, acting, now):
    account = operations.create_account(
        username="payroll",
        display_name="Payroll",
        password=PASSWORD,
        is_service=True,
        actor=acting(sysadmin),
        now=now,
    )
    assert not account.has_usable_password()
    with pytest.raises(operations.NobodySignsIn):
        operations.set_password(
            account_id=account.pk, password=PASSWORD, actor=acting(sysadmin), now=now
        )
    with pytest.raises(operations.NobodySignsIn):
        operations.link_identity(
            account_id=account.pk,
            provider="oidc",
            uid="u-9",
            actor=acting(sysadmin),
            now=now,
        )


def test_service_account_stands_for_nobody(sysadmin, acting, now):
    with pytest.raises(operations.ServiceAccountOfPerson):
        operations.create_account(
            username="payroll",
            display_name="Payroll",
            password=PASSWORD,
            person_id=12,
            is_service=True,
            actor=acting(sysadmin),
            now=now,
        )


def test_day_a_token_ends_is_the_first_without_it(make, officer, now):
    made = make(officer, by=officer, valid_to=date(2026, 11, 24))
    assert ApiToken.objects.usable(date(2026, 11, 23)).get() == made.token
    assert not ApiToken.objects.usable(date(2026, 11, 24)).exists()
