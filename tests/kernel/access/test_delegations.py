from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from jiangxin.foundation.actor import Scope
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.operations import subject
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access import operations, queries
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import RoleGrant

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2026, 11, 23)
BACK = date(2026, 12, 1)
SEE = "register.view_people"


@pytest.fixture
def deputy(make_account):
    return make_account("deputy", (Role.TOWN_UNION_CLERK, "330726100"))


@pytest.fixture
def lend(clerk, deputy, acting, now):
    def act(by=clerk, **changed):
        wanted = {
            "grant_id": clerk.grants.get(delegated_from=None).pk,
            "username": "Deputy",
            "valid_to": BACK,
            "actor": acting(by),
            "now": now,
        }
        return operations.delegate_role(**(wanted | changed))

    return act


def reach(account, at):
    return set(queries.actor_for(account, at).scopes(SEE))


OWN = Scope(region_code="330726100")
LENT = Scope(organisation_code="U-1")


def test_a_deputy_may_what_the_holder_may_until_the_day_they_are_back(
    lend, deputy, clerk, now
):
    lend()
    assert reach(deputy, now) == {OWN, LENT}
    assert reach(deputy, now + timedelta(days=7)) == {OWN, LENT}
    assert reach(deputy, now + timedelta(days=8)) == {OWN}
    assert reach(clerk, now) == {LENT}


def test_a_delegation_may_begin_later(lend, deputy, now):
    lend(valid_from=TODAY + timedelta(days=2))
    assert reach(deputy, now) == {OWN}
    assert reach(deputy, now + timedelta(days=2)) == {OWN, LENT}


def test_both_accounts_keep_it_in_their_trail(lend, deputy, clerk, acting, now):
    delegation = lend()
    operations.withdraw_delegation(grant_id=delegation.pk, actor=acting(clerk), now=now)
    for account in (clerk, deputy):
        kinds = [each.kind for each in events_of(subject("account", account.pk))]
        assert set(kinds) == {"access.role_delegated", "access.delegation_withdrawn"}


def test_what_is_withdrawn_ends_today(lend, deputy, clerk, acting, now):
    delegation = lend()
    operations.withdraw_delegation(grant_id=delegation.pk, actor=acting(clerk), now=now)
    assert reach(deputy, now) == {OWN}
    with pytest.raises(operations.GrantEndedAlready):
        operations.withdraw_delegation(
            grant_id=delegation.pk, actor=acting(clerk), now=now
        )


def test_what_was_to_begin_later_never_begins_once_withdrawn(
    lend, deputy, clerk, acting, now
):
    start = TODAY + timedelta(days=2)
    delegation = lend(valid_from=start)
    withdrawn = operations.withdraw_delegation(
        grant_id=delegation.pk, actor=acting(clerk), now=now
    )
    assert withdrawn.valid_to == start
    assert reach(deputy, now + timedelta(days=3)) == {OWN}


@pytest.mark.parametrize("who", ["deputy", "sysadmin"])
def test_nobody_else_lends_or_withdraws_it(request, lend, who, acting, now):
    other = request.getfixturevalue(who)
    with pytest.raises(NotFound):
        lend(by=other)
    delegation = lend()
    with pytest.raises(NotFound):
        operations.withdraw_delegation(
            grant_id=delegation.pk, actor=acting(other), now=now
        )
    assert RoleGrant.objects.delegated().get().valid_to == BACK


def test_what_was_granted_is_not_withdrawn_so(clerk, acting, now):
    for grant_id in (clerk.grants.get().pk, 0):
        with pytest.raises(NotFound):
            operations.withdraw_delegation(
                grant_id=grant_id, actor=acting(clerk), now=now
            )


def test_delegated_powers_are_not_delegated_on(lend, deputy, make_account, acting, now):
    delegation = lend()
    make_account("third")
    with pytest.raises(operations.NotYoursToDelegate):
        lend(grant_id=delegation.pk, username="third", actor=acting(deputy))


@pytest.mark.parametrize(
    "role",
    [
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
        Role.AUDITOR,
        Role.WORKER,
    ],
)
def test_neither_administrators_nor_workers_are_stood_in_for(
    lend, make_account, acting, role
):
    holder = make_account("holder", (role,), person_id=7)
    with pytest.raises(operations.NotYoursToDelegate):
        lend(grant_id=holder.grants.get().pk, actor=acting(holder))
    with pytest.raises(NotFound):
        queries.own_lendable_grants(acting(holder), on=TODAY)


def test_a_role_that_has_ended_is_not_lent(lend, clerk):
    clerk.grants.update(valid_to=TODAY)
    with pytest.raises(operations.NotYoursToDelegate):
        lend()


@pytest.mark.parametrize("username", ["nobody", "clerk", ""])
def test_the_deputy_is_somebody_else_who_is_known(lend, username):
    with pytest.raises(operations.DeputyUnknown):
        lend(username=username)


def test_the_deputy_may_sign_in(lend, deputy):
    deputy.is_active = False
    deputy.save()
    with pytest.raises(operations.DeputyUnknown):
        lend()


def test_an_administrator_stands_in_for_nobody(lend, auditor):
    with pytest.raises(operations.RolesKeptApart):
        lend(username="auditor")


@pytest.mark.parametrize(
    ("dates", "refusal"),
    [
        ({"valid_from": TODAY - timedelta(days=1)}, operations.DelegationInThePast),
        ({"valid_to": TODAY}, operations.DatesOutOfOrder),
        ({"valid_from": BACK}, operations.DatesOutOfOrder),
    ],
)
def test_the_dates_are_in_order_and_not_past(lend, dates, refusal):
    with pytest.raises(refusal):
        lend(**dates)
    assert not RoleGrant.objects.delegated().exists()


def test_nothing_is_lent_for_longer_than_it_is_held(lend, clerk):
    clerk.grants.update(valid_to=BACK - timedelta(days=1))
    with pytest.raises(operations.BeyondOwnGrant):
        lend()
    assert lend(valid_to=BACK - timedelta(days=1))


def test_the_same_is_not_lent_twice_for_one_time(lend):
    lend()
    with pytest.raises(operations.GrantExists):
        lend()
    assert lend(valid_from=BACK, valid_to=BACK + timedelta(days=1))


def test_the_deputy_loses_it_when_the_holder_does(
    lend, clerk, deputy, secadmin, acting, now
):
    lend()
    operations.end_grant(
        grant_id=clerk.grants.get().pk, actor=acting(secadmin), now=now
    )
    assert reach(deputy, now) == {OWN}
    assert events_of(subject("account", deputy.pk))[0].kind == "access.grant_ended"


def test_what_a_closed_account_lent_counts_nothing(lend, clerk, deputy, now):
    lend()
    clerk.is_active = False
    clerk.save()
    assert reach(deputy, now) == {OWN}


def test_the_security_administrator_ends_a_delegation_too(
    lend, deputy, secadmin, acting, now
):
    delegation = lend()
    operations.end_grant(grant_id=delegation.pk, actor=acting(secadmin), now=now)
    assert reach(deputy, now) == {OWN}


def test_the_database_refuses_a_delegation_without_an_end(lend, clerk, deputy):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            account=deputy,
            role=Role.UNION_CLERK,
            organisation_code="U-1",
            valid_from=TODAY,
            delegated_from=clerk.grants.get(),
        )


def test_administrators_see_all_delegations_and_others_none(
    lend, secadmin, clerk, acting
):
    delegation = lend()
    assert list(queries.delegations_visible_to(acting(secadmin))) == [delegation]
    with pytest.raises(NotPermitted):
        queries.delegations_visible_to(acting(clerk))


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def show(client, url):
    return client.get(url, headers={"accept-language": "en"}).content.decode()


def test_a_clerk_lends_and_takes_back_at_their_own_account(
    signed_in, clerk, deputy, secadmin, english
):
    client = signed_in(clerk)
    later = {"valid_from": "2031-01-01", "valid_to": "2031-02-01"}
    grant = clerk.grants.get()
    answer = client.post(
        "/account/delegate/", {"grant_id": grant.pk, "username": "deputy", **later}
    )
    assert answer["Location"] == "/account/"
    html = show(client, "/account/")
    assert "Who stands in for me" in html
    assert "Deputy" in html
    lent = RoleGrant.objects.delegated().get()
    assert "Deputy" in show(signed_in(secadmin), "/desk/delegations/")
    page = show(client, f"/desk/accounts/{deputy.pk}/")
    assert "standing in for Clerk" in page
    assert "Delegated to others" in show(client, f"/desk/accounts/{clerk.pk}/")
    signed_in(clerk).post(f"/account/delegations/{lent.pk}/withdraw/")
    lent.refresh_from_db()
    assert lent.valid_to == lent.valid_from


def test_a_deputy_reads_on_their_home_for_whom_they_act(signed_in, clerk, deputy, now):
    RoleGrant.objects.create(
        account=deputy,
        role=Role.UNION_CLERK,
        organisation_code="U-1",
        valid_from=date(2026, 1, 1),
        valid_to=date(2100, 1, 1),
        delegated_from=clerk.grants.get(),
    )
    client = signed_in(deputy)
    assert "you act for Clerk until" in show(client, "/desk/")
    assert "standing in for Clerk" in show(client, "/account/")


def test_a_refusal_stands_on_the_form(signed_in, clerk):
    answer = signed_in(clerk).post(
        "/account/delegate/",
        {
            "grant_id": clerk.grants.get().pk,
            "username": "nobody",
            "valid_to": "2100-01-01",
        },
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 200
    assert "Nobody else who may sign in" in answer.content.decode()


@pytest.mark.parametrize("who", ["sysadmin", "worker"])
def test_who_has_nothing_to_lend_finds_no_form(request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    assert client.get("/account/delegate/").status_code == 404
    assert "/account/delegate/" not in show(client, "/account/")
