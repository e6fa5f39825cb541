"""Somebody of the northern town, and the accounts that deal with their data."""

from datetime import date

import pytest

from jiangxin.kernel.access.models import Account, RoleGrant
from tests.kernel.access.factors import give_factor
from tests.kernel.register.cast import COUNTY
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)

__all__ = ["firms", "made_up_people", "make_organisation", "make_person", "regions"]


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def person(make_person, firms):
    return make_person(employer=firms.north, phone="13800138000")


@pytest.fixture
def make_account(db, now):
    def make(username, role, *, region_code="", organisation_code="", person=None):
        account = Account.objects.create(
            username=username,
            display_name=username.title(),
            person_id=person.pk if person else None,
            created_at=now,
        )
        RoleGrant.objects.create(
            account=account,
            role=role,
            region_code=region_code,
            organisation_code=organisation_code,
            valid_from=date(2020, 1, 1),
        )
        return account

    return make


@pytest.fixture
def as_officer(client, make_account):
    client.force_login(
        make_account("officer", "federation_officer", region_code=COUNTY)
    )
    return client


@pytest.fixture
def as_worker(client, make_account, person):
    client.force_login(make_account("worker", "worker", person=person))
    return client


@pytest.fixture
def as_auditor(client, make_account):
    account = make_account("auditor", "auditor")
    give_factor(account)
    client.force_login(account)
    return client
