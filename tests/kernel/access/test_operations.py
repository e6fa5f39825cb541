from datetime import date, timedelta

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access import operations, queries
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant, SignInFailure
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db

STRONG = "a-rather-long-secret-4711"
TODAY = date(2026, 11, 23)
ADDRESS = "192.0.2.1"


def kinds(account_id):
    return [event.kind for event in events_of(f"account:{account_id}")]


# --- creating ------------------------------------------------------------------------


def create(now, *, actor=SYSTEM, **changes):
    values = {
        "username": "wang",
        "display_name": "Wang Fang",
        "password": STRONG,
        "person_id": None,
        **changes,
    }
    return operations.create_account(**values, actor=actor, now=now)


def test_create_account_stores_no_password_in_the_clear_and_records_it(now):
    account = create(now, username=" Ｗang ")
    assert account.username == "wang"
    assert STRONG not in account.password
    assert account.check_password(STRONG)
    assert kinds(account.pk) == ["access.account_created"]


def test_create_account_needs_the_system_administrator(now, sysadmin, acting):
    assert create(now, actor=acting(sysadmin)).pk


@pytest.mark.parametrize("who", ["secadmin", "auditor", "clerk", "worker"])
def test_create_account_is_not_for(now, who, request, acting):
    actor = acting(request.getfixturevalue(who))
    with pytest.raises(NotPermitted):
        create(now, actor=actor)
    assert not Account.objects.filter(username="wang").exists()


def test_create_account_refuses_a_name_in_use(now):
    create(now)
    with pytest.raises(operations.NameTaken) as refusal:
        create(now, username="WANG")
    assert "wang" in refusal.value.message


@pytest.mark.parametrize("empty", ["username", "display_name"])
def test_create_account_refuses_an_empty(now, empty):
    with pytest.raises(operations.NameEmpty):
        create(now, **{empty: "  "})


def test_create_account_refuses_a_second_account_for_a_person(now):
    create(now, person_id=12)
    with pytest.raises(operations.PersonHasAccount):
        create(now, username="other", person_id=12)


@pytest.mark.parametrize("weak", ["", "short", "password1234", "1234567890123"])
def test_create_account_refuses_a_weak_password(now, weak):
    with pytest.raises(operations.PasswordTooWeak):
        create(now, password=weak)
    assert not Account.objects.exists()


# --- granting ------------------------------------------------------------------------


def grant(account, now, *, actor=SYSTEM, role=Role.UNION_CLERK, **place):
    if not place and role == Role.UNION_CLERK:
        place = {"organisation_code": "U-9"}
    return operations.grant_role(
        account_id=account.pk, role=role, actor=actor, now=now, **place
    )


@pytest.fixture
def plain(make_account):
    return make_account("plain")


def test_grant_role_begins_today_and_is_recorded(plain, now, secadmin, acting):
    given = grant(plain, now, actor=acting(secadmin))
    assert (given.valid_from, given.valid_to) == (TODAY, None)
    assert kinds(plain.pk) == ["access.role_granted"]


@pytest.mark.parametrize("who", ["sysadmin", "auditor", "clerk", "worker"])
def test_grant_role_is_not_for(plain, now, who, request, acting):
    with pytest.raises(NotPermitted):
        grant(plain, now, actor=acting(request.getfixturevalue(who)))
    assert not plain.grants.exists()


def test_grant_role_refuses_oneself(now, secadmin, acting):
    with pytest.raises(operations.OwnGrant):
        grant(secadmin, now, actor=acting(secadmin))


def test_grant_role_says_when_there_is_no_such_account(now):
    with pytest.raises(NotFound):
        operations.grant_role(
            account_id=UNREACHED, role=Role.AUDITOR, actor=SYSTEM, now=now
        )


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.UNION_CLERK, {"region_code": "3307"}),
        (Role.UNION_CLERK, {"region_code": "3307", "organisation_code": "U-1"}),
        (Role.FEDERATION_OFFICER, {"organisation_code": "U-1"}),
        (Role.FEDERATION_OFFICER, {"region_code": " "}),
        (Role.AUDITOR, {"region_code": "3307"}),
        (Role.WORKER, {"organisation_code": "U-1"}),
    ],
)
def test_grant_role_refuses_a_place_that_does_not_fit(plain, now, role, place):
    with pytest.raises(operations.PlaceDoesNotFit):
        grant(plain, now, role=role, **place)
    assert not plain.grants.exists()


def test_grant_role_refuses_a_place_that_nobody_knows(plain, now, known_places):
    grant(plain, now, organisation_code="U-1")
    with pytest.raises(operations.PlaceUnknown) as refusal:
        grant(plain, now, organisation_code="U-2")
    assert "U-2" in refusal.value.message


def test_grant_role_takes_any_code_where_no_part_knows_places(plain, now, knowing):
    knowing()
    assert grant(plain, now, organisation_code="U-2").organisation_code == "U-2"


def test_grant_role_of_a_worker_needs_a_person(plain, worker, now):
    with pytest.raises(operations.PersonMissing):
        grant(plain, now, role=Role.WORKER)


def test_grant_role_refuses_an_end_before_the_beginning(plain, now):
    with pytest.raises(operations.DatesOutOfOrder):
        grant(plain, now, organisation_code="U-1", valid_to=TODAY)


def test_grant_role_refuses_the_same_twice_and_allows_another_place(plain, now):
    grant(plain, now, organisation_code="U-1")
    grant(plain, now, organisation_code="U-2")
    with pytest.raises(operations.GrantExists):
        grant(plain, now, organisation_code="U-1")


def test_grant_role_may_follow_one_that_ends(plain, now):
    until = TODAY + timedelta(days=30)
    grant(plain, now, organisation_code="U-1", valid_to=until)
    grant(plain, now, organisation_code="U-1", valid_from=until)
    assert plain.grants.count() == 2


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR),
        (Role.SECURITY_ADMINISTRATOR, Role.AUDITOR),
        (Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR),
    ],
)
def test_grant_role_keeps_administrators_apart(plain, now, held, wanted):
    grant(plain, now, role=held)
    with pytest.raises(operations.RolesKeptApart):
        grant(plain, now, role=wanted)


def test_grant_role_keeps_administrators_away_from_the_register(plain, now):
    grant(plain, now)
    with pytest.raises(operations.RolesKeptApart):
        grant(plain, now, role=Role.SYSTEM_ADMINISTRATOR)


def test_an_administrator_may_be_a_worker_too(make_account, now):
    both = make_account("both", person_id=77)
    grant(both, now, role=Role.AUDITOR)
    grant(both, now, role=Role.WORKER)
    assert both.grants.count() == 2


# --- ending --------------------------------------------------------------------------


def end(given, now, *, actor=SYSTEM, valid_to=None):
    return operations.end_grant(
        grant_id=given.pk, actor=actor, now=now, valid_to=valid_to
    )


def test_end_grant_takes_the_role_away_at_once(plain, now, secadmin, acting):
    given = grant(plain, now)
    assert queries.actor_for(plain, now).scopes("register.view_people")
    end(given, now, actor=acting(secadmin))
    assert queries.actor_for(plain, now).scopes("register.view_people") == ()
    assert kinds(plain.pk)[0] == "access.grant_ended"


def test_end_grant_of_one_that_has_not_begun_leaves_no_day_of_it(plain, now):
    begins = TODAY + timedelta(days=10)
    given = grant(plain, now, organisation_code="U-1", valid_from=begins)
    assert end(given, now).valid_to == begins


def test_end_grant_may_name_a_later_day(plain, now):
    later = TODAY + timedelta(days=3)
    assert end(grant(plain, now), now, valid_to=later).valid_to == later


def test_end_grant_refuses_the_past(plain, now):
    given = grant(plain, now)
    with pytest.raises(operations.DatesOutOfOrder):
        end(given, now, valid_to=TODAY - timedelta(days=1))


def test_end_grant_refuses_what_ended(plain, now):
    given = grant(plain, now)
    end(given, now)
    with pytest.raises(operations.GrantEndedAlready):
        end(given, now)


def test_end_grant_refuses_ones_own(now, secadmin, acting):
    with pytest.raises(operations.OwnGrant):
        end(secadmin.grants.get(), now, actor=acting(secadmin))


def test_end_grant_says_when_there_is_none(now):
    with pytest.raises(NotFound):
        end(RoleGrant(pk=UNREACHED), now)


def test_end_grant_is_not_for_others(plain, now, sysadmin, acting):
    given = grant(plain, now)
    with pytest.raises(NotPermitted):
        end(given, now, actor=acting(sysadmin))
    given.refresh_from_db()
    assert given.valid_to is None


# --- closing, opening, passwords -----------------------------------------------------


def test_deactivate_and_reactivate_account_are_recorded_once_each(
    plain, now, sysadmin, acting
):
    actor = acting(sysadmin)
    for _ in range(2):
        closed = operations.deactivate_account(
            account_id=plain.pk, actor=actor, now=now
        )
        assert not closed.is_active
    for _ in range(2):
        opened = operations.reactivate_account(
            account_id=plain.pk, actor=actor, now=now
        )
        assert opened.is_active
    assert kinds(plain.pk) == [
        "access.account_reactivated",
        "access.account_deactivated",
    ]


def test_deactivate_account_refuses_ones_own(now, sysadmin, acting):
    with pytest.raises(operations.OwnAccount):
        operations.deactivate_account(
            account_id=sysadmin.pk, actor=acting(sysadmin), now=now
        )


@pytest.mark.parametrize("what", ["deactivate_account", "reactivate_account"])
def test_closing_and_opening_are_not_for_others(plain, now, secadmin, acting, what):
    with pytest.raises(NotPermitted):
        getattr(operations, what)(account_id=plain.pk, actor=acting(secadmin), now=now)


def test_set_password_replaces_the_old_one(plain, now, sysadmin, acting):
    operations.set_password(
        account_id=plain.pk, password=STRONG, actor=acting(sysadmin), now=now
    )
    plain.refresh_from_db()
    assert plain.check_password(STRONG)
    assert kinds(plain.pk) == ["access.password_set"]


def test_set_password_is_not_for_ones_own_nor_for_others(
    plain, now, sysadmin, secadmin, acting
):
    for account_id, who in ((sysadmin.pk, sysadmin), (plain.pk, secadmin)):
        with pytest.raises(NotPermitted):
            operations.set_password(
                account_id=account_id, password=STRONG, actor=acting(who), now=now
            )


def test_set_password_refuses_a_weak_one(plain, now):
    with pytest.raises(operations.PasswordTooWeak):
        operations.set_password(
            account_id=plain.pk, password="weak", actor=SYSTEM, now=now
        )


def change(account, now, acting, *, present="correct horse battery", password=STRONG):
    return operations.change_own_password(
        present=present,
        password=password,
        address=ADDRESS,
        actor=acting(account),
        now=now,
    )


def test_change_own_password_forgets_wrong_attempts(plain, now, acting):
    with pytest.raises(operations.PasswordWrong):
        change(plain, now, acting, present="wrong")
    assert change(plain, now, acting).check_password(STRONG)
    assert not SignInFailure.objects.exists()


def test_change_own_password_refuses_a_weak_one(plain, now, acting):
    with pytest.raises(operations.PasswordTooWeak):
        change(plain, now, acting, password="weak")


def test_change_own_password_waits_after_five_wrong_ones(plain, now, acting):
    for _ in range(5):
        with pytest.raises(operations.PasswordWrong):
            change(plain, now, acting, present="wrong")
    with pytest.raises(operations.TooManyAttempts):
        change(plain, now, acting)


def test_change_own_password_is_not_for_the_platform(now):
    with pytest.raises(NotFound):
        operations.change_own_password(
            present="", password=STRONG, address="", actor=SYSTEM, now=now
        )
