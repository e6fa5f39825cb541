"""Who looks at the desk: an officer of the county, a union's clerk, an outsider."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.roles import ADMINISTRATORS
from tests.kernel.access.factors import give_factor
from tests.kernel.register.cast import COUNTY


@pytest.fixture
def now():
    """The clock that requests read: what is recorded must not come after them."""
    return timezone.now()


@pytest.fixture
def signed_in(client, db, now):
    def sign_in(role, region_code="", organisation_code=""):
        account = Account.objects.create(
            username=f"{role}-{region_code}{organisation_code}",
            display_name="经办人",
            created_at=now,
        )
        RoleGrant.objects.create(
            account=account,
            role=role,
            region_code=region_code,
            organisation_code=organisation_code,
            valid_from=date(2026, 1, 1),
        )
        if role in ADMINISTRATORS:
            give_factor(account)
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def officer(signed_in):
    return signed_in(Role.FEDERATION_OFFICER, COUNTY)


@pytest.fixture
def clerk(signed_in):
    return signed_in(Role.UNION_CLERK, organisation_code="U-NORTH")


@pytest.fixture
def outsider(signed_in):
    return signed_in(Role.FEDERATION_OFFICER, "330727")


@pytest.fixture
def auditor(signed_in):
    return signed_in(Role.AUDITOR)


@pytest.fixture
def url():
    def make(name, *args):
        return reverse(name if ":" in name else f"register:{name}", args=args)

    return make
