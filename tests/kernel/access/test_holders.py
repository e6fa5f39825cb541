from datetime import date

import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.queries.holders import accounts_that_may, holders_of

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 23)
VIEW = "policy.view"


@pytest.fixture
def people(make_account):
    return {
        "county": make_account("county", (Role.FEDERATION_OFFICER, "330726")),
        "town": make_account("town", (Role.TOWN_UNION_CLERK, "330726100")),
        "firm": make_account("firm", (Role.UNION_CLERK, "", "U-1")),
        "auditor": make_account("auditor", (Role.AUDITOR,)),
        "worker": make_account("worker", (Role.WORKER,), person_id=1),
    }


def names(people, numbers):
    by_number = {account.pk: name for name, account in people.items()}
    return {by_number[number] for number in numbers}


def test_holders_are_named_with_their_places(people):
    found = holders_of(VIEW, on=ON)
    assert names(people, found) == {"county", "town", "firm"}
    assert found[people["town"].pk] == (Scope("330726100"),)


def test_only_those_of_the_place_may(people):
    may = {"region_code": "330726101", "on": ON}
    assert names(people, accounts_that_may(VIEW, **may)) == {"county"}
    at_firm = {"region_code": "330726100", "organisation_code": "U-1", "on": ON}
    assert names(people, accounts_that_may(VIEW, **at_firm)) == {
        *("county", "town", "firm")
    }


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_service": True}])
def test_accounts_at_which_nobody_reads_are_left_out(people, change):
    Account.objects.filter(username="town").update(**change)
    assert names(people, holders_of(VIEW, on=ON)) == {"county", "firm"}


def test_grants_that_are_not_in_force_do_not_count(people):
    people["town"].grants.update(valid_to=ON)
    assert names(people, holders_of(VIEW, on=ON)) == {"county", "firm"}
