"""The cast of these tests: one account for each administrator, and two others."""

from datetime import date

import pytest

from jiangxin.foundation.parts import brought
from jiangxin.kernel.access import operations, queries
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.registry import NamesPlaces
from jiangxin.kernel.access.roles import ADMINISTRATORS
from tests.kernel.access.factors import give_factor

PASSWORD = "correct horse battery"


@pytest.fixture
def make_account(db, now):
    def make(username, *held, person_id=None):
        """held: (role, region_code, organisation_code), shorter where not needed."""
        account = Account(
            username=username,
            display_name=username.title(),
            person_id=person_id,
            created_at=now,
        )
        account.set_password(PASSWORD)
        account.save()
        for role, *place in held:
            region_code, organisation_code = [*place, "", ""][:2]
            RoleGrant.objects.create(
                account=account,
                role=role,
                region_code=region_code,
                organisation_code=organisation_code,
                valid_from=date(2026, 1, 1),
            )
        if ADMINISTRATORS & {role for role, *_place in held}:
            give_factor(account)
        return account

    return make


@pytest.fixture
def sysadmin(make_account):
    return make_account("sysadmin", (Role.SYSTEM_ADMINISTRATOR,))


@pytest.fixture
def secadmin(make_account):
    return make_account("secadmin", (Role.SECURITY_ADMINISTRATOR,))


@pytest.fixture
def auditor(make_account):
    return make_account("auditor", (Role.AUDITOR,))


@pytest.fixture
def clerk(make_account):
    return make_account("clerk", (Role.UNION_CLERK, "", "U-1"))


@pytest.fixture
def worker(make_account):
    return make_account("worker", (Role.WORKER,), person_id=12)


@pytest.fixture
def acting(now):
    return lambda account: queries.actor_for(account, now)


@pytest.fixture
def signed_in(client):
    def sign(account):
        client.force_login(account)
        return client

    return sign


@pytest.fixture
def knowing(monkeypatch):
    """Let these, and no register, say which places exist."""

    def know(*knowers):
        def known(kind):
            return list(knowers) if kind is NamesPlaces else brought(kind)

        for module in (queries, operations.grants):
            monkeypatch.setattr(module, "brought", known)

    return know


@pytest.fixture(autouse=True)
def all_places(knowing):
    knowing(
        NamesPlaces(
            regions=lambda codes: {code: code for code in codes},
            organisations=lambda codes: {code: code for code in codes},
        )
    )


@pytest.fixture
def known_places(all_places, knowing):
    """As if a register knew one region and one organisation."""
    knowing(
        NamesPlaces(
            regions=lambda codes: {"3307": "Jinhua"} if "3307" in codes else {},
            organisations=lambda codes: {"U-1": "Union One"} if "U-1" in codes else {},
        )
    )
