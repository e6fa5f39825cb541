"""What holds without PostgreSQL; the wall itself: tests/kernel/access."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from jiangxin.foundation.actor import EVERYWHERE, SYSTEM, Scope
from jiangxin.foundation.wall.building import raise_wall
from jiangxin.foundation.wall.checks import check_wall
from jiangxin.foundation.wall.visits import (
    Reach,
    admit,
    behind_the_wall,
    for_the_platform,
    kept,
    reach_of,
)


class Clerk:
    person_id = 7

    def __init__(self, **held):
        self.held = held

    def scopes(self, permission):
        return self.held.get(permission.replace(".", "_"), ())


def test_an_actor_reaches_the_places_of_all_that_opens_people():
    clerk = Clerk(
        register_view_people=(Scope("3307"), Scope(organisation_code="U-1")),
        credentials_view=(Scope("3310"), Scope("3307")),
    )
    assert reach_of(clerk) == Reach(("3307", "3310"), ("U-1",), 7)


def test_what_opens_no_people_widens_nobodys_reach():
    clerk = Clerk(access_view_accounts=(EVERYWHERE,))
    assert reach_of(clerk) == Reach(person_id=7)


def test_everywhere_is_no_reach_at_all():
    assert reach_of(SYSTEM) is None
    assert reach_of(Clerk(policy_view=(Scope("3307"), EVERYWHERE))) is None


def test_nothing_happens_without_a_request():
    assert admit(SYSTEM) is SYSTEM
    with for_the_platform():
        pass
    assert list(kept([1, 2])) == [1, 2]


def test_what_is_streamed_comes_whole_and_ends_with_its_fault():
    def pieces():
        yield 1
        raise ValueError

    with behind_the_wall():
        streamed = kept(pieces())
    assert next(streamed) == 1
    with pytest.raises(ValueError):
        next(streamed)


@pytest.mark.sqlite_only
@pytest.mark.django_db
def test_sqlite_has_no_wall_and_nobody_is_warned_of_it():
    assert not raise_wall(connection)
    assert check_wall(databases=["default"]) == []
    with pytest.raises(CommandError, match="no row-level security"):
        call_command("wall_raise")
