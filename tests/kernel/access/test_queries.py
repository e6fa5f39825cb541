from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from jiangxin.foundation.actor import EVERYWHERE, Scope, holds, may
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.access import queries
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import RoleGrant
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db
SEE = "register.view_people"
OWN = "register.view_own_record"


def test_actor_for_a_stranger_asks_nothing(now, django_assert_num_queries):
    with django_assert_num_queries(0):
        actor = queries.actor_for(AnonymousUser(), now)
    assert actor is queries.ANONYMOUS
    assert actor.scopes(SEE) == ()


def test_actor_for_an_account_asks_once(clerk, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        actor = queries.actor_for(clerk, now)
        assert actor.scopes(SEE) == (Scope(organisation_code="U-1"),)
    assert (actor.account_id, actor.label, actor.person_id) == (clerk.pk, "Clerk", None)


def test_actor_for_a_closed_account_is_a_stranger(clerk, now):
    clerk.is_active = False
    assert queries.actor_for(clerk, now) is queries.ANONYMOUS


def test_an_actor_does_not_change(clerk, now):
    with pytest.raises(FrozenInstanceError):
        queries.actor_for(clerk, now).account_id = 1


def test_scopes_are_those_of_each_grant_once(make_account, now):
    officer = make_account(
        "officer",
        (Role.FEDERATION_OFFICER, "330726"),
        (Role.FEDERATION_LEADER, "330726"),
        (Role.TOWN_UNION_CLERK, "330727100"),
    )
    assert queries.actor_for(officer, now).scopes(SEE) == (
        Scope(region_code="330726"),
        Scope(region_code="330727100"),
    )


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "expected"),
    [
        ("2026-11-23", None, True),
        ("2026-11-24", None, False),
        ("2026-01-01", "2026-11-24", True),
        ("2026-01-01", "2026-11-23", False),
    ],
)
def test_a_grant_counts_between_its_dates(
    make_account, now, valid_from, valid_to, expected
):
    account = make_account("account")
    RoleGrant.objects.create(
        account=account,
        role=Role.FEDERATION_LEADER,
        region_code="33",
        valid_from=date.fromisoformat(valid_from),
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
    )
    assert holds(queries.actor_for(account, now), SEE) is expected


@pytest.mark.parametrize("role", [Role.FEDERATION_OFFICER, Role.UNION_CLERK])
def test_a_grant_without_its_place_counts_nowhere(make_account, now, role):
    assert queries.actor_for(make_account("broken", (role,)), now).scopes(SEE) == ()


def test_a_role_that_is_no_longer_known_allows_nothing(make_account, now):
    account = make_account("old", ("magistrate", "33"))
    assert queries.actor_for(account, now).held == ()
    placed = queries.placed_grants(account.grants.all(), on=date(2026, 11, 23))
    assert placed[0].description == ""


def test_an_administrator_acts_everywhere(sysadmin, now):
    actor = queries.actor_for(sysadmin, now)
    assert actor.scopes("access.manage_accounts") == (EVERYWHERE,)
    assert may(actor, "access.manage_accounts")


def test_what_is_for_the_person_alone_covers_no_place(worker, now):
    actor = queries.actor_for(worker, now)
    assert actor.person_id == 12
    assert holds(actor, OWN)
    assert not may(actor, OWN)
    assert not may(actor, OWN, region_code="33", organisation_code="U-1")


def test_accounts_are_visible_to_administrators_alone(
    sysadmin, secadmin, auditor, clerk, worker, acting
):
    for account in (sysadmin, secadmin, auditor):
        seen = queries.accounts_visible_to(acting(account), on=date(2026, 11, 23))
        assert seen.count() == 5
    for account in (clerk, worker):
        with pytest.raises(NotPermitted):
            queries.accounts_visible_to(acting(account), on=date(2026, 11, 23))


def test_get_account_and_get_grant_say_when_there_is_none(auditor, clerk, acting):
    actor = acting(auditor)
    assert queries.get_account(clerk.pk, visible_to=actor) == clerk
    assert queries.get_grant(clerk.grants.get().pk, visible_to=actor).account == clerk
    for get in (queries.get_account, queries.get_grant):
        with pytest.raises(NotFound):
            get(UNREACHED, visible_to=actor)
        with pytest.raises(NotPermitted):
            get(UNREACHED, visible_to=acting(clerk))


def test_get_own_account_is_for_accounts(clerk, acting):
    assert queries.get_own_account(acting(clerk)) == clerk
    with pytest.raises(NotFound):
        queries.get_own_account(queries.ANONYMOUS)


def test_account_id_of_a_name_says_when_there_is_none(clerk):
    assert queries.account_id_of("Clerk") == clerk.pk
    with pytest.raises(NotFound):
        queries.account_id_of("nobody")


def test_placed_grants_know_places_by_name(make_account, known_places):
    account = make_account(
        "account",
        (Role.UNION_CLERK, "", "U-1"),
        (Role.UNION_CLERK, "", "U-2"),
        (Role.FEDERATION_LEADER, "3307"),
        (Role.AUDITOR,),
    )
    placed = queries.placed_grants(account.grants.order_by("pk"), on=date(2026, 6, 1))
    assert [each.place for each in placed] == ["Union One", "U-2", "Jinhua", ""]
    assert {each.state for each in placed} == {"in_force"}


def test_placed_grants_tell_what_is_to_come_and_what_has_ended(clerk):
    grant = clerk.grants.get()
    grant.valid_to = date(2026, 2, 1)
    states = [
        queries.placed_grants([grant], on=on)[0].state
        for on in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 1))
    ]
    assert states == ["to_come", "in_force", "ended"]
