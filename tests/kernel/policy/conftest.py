"""Who looks at policies in these tests."""

from datetime import date

import pytest

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.roles import ADMINISTRATORS
from jiangxin.kernel.policy.registry import serving
from tests.kernel.access.factors import give_factor
from tests.kernel.policy.making import NOW


@pytest.fixture(autouse=True)
def snapshot_folder(settings, tmp_path):
    settings.JIANGXIN_SNAPSHOT = tmp_path / "snapshot"
    return settings.JIANGXIN_SNAPSHOT


@pytest.fixture(autouse=True)
def files_alone():
    """What one test publishes is served in no other."""
    serving.forget()
    yield
    serving.forget()


@pytest.fixture
def account(db):
    def make(role, *, region_code="", organisation_code="", person_id=None):
        made = Account.objects.create(
            username=f"{role}-{region_code}{organisation_code}",
            display_name=str(role),
            person_id=person_id,
            created_at=NOW,
        )
        RoleGrant.objects.create(
            account=made,
            role=role,
            region_code=region_code,
            organisation_code=organisation_code,
            valid_from=date(2026, 1, 1),
        )
        if role in ADMINISTRATORS:
            give_factor(made)
        return made

    return make


@pytest.fixture
def signed_in(client, account):
    def sign(role, **place):
        client.force_login(account(role, **place))
        return client

    return sign


@pytest.fixture
def officer(signed_in):
    """A federation officer of Tiantai."""
    return signed_in(Role.FEDERATION_OFFICER, region_code="331023")
