from datetime import date

import pytest

from jiangxin.foundation.sealing import blind_index
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Person,
    Region,
)

pytestmark = pytest.mark.django_db
ID_NUMBER = "330726202001010016"
PHONE = "13800001234"
URL = "/portal/record/"


def make_person(name, id_number, now):
    return Person.objects.create(
        name=name,
        sex="2",
        birth_on=date(1990, 1, 1),
        phone=PHONE,
        phone_index=blind_index(PHONE, purpose="register.phone"),
        valid_from=date(2026, 1, 1),
        id_number=id_number,
        id_index=blind_index(id_number, purpose="register.id_number"),
        registered_at=now,
    )


@pytest.fixture
def worker(now):
    person = make_person("王芳", ID_NUMBER, now)
    account = Account.objects.create(
        username="worker", display_name="王芳", person_id=person.pk, created_at=now
    )
    RoleGrant.objects.create(
        account=account, role=Role.WORKER, valid_from=date(2026, 1, 1)
    )
    return account


@pytest.fixture
def ties(worker, now):
    region = Region.objects.create(code="330726", name="浦江县", level=3)
    firm, union = (
        Organisation.objects.create(
            name=name, region=region, code=code, kind=kind, valid_from=date(2020, 1, 1)
        )
        for name, code, kind in (
            ("晨光机械", "E-1", "employer"),
            ("晨光机械工会", "U-1", "grassroots_union"),
        )
    )
    since = {"person_id": worker.person_id, "valid_from": date(2024, 3, 1)}
    Employment.objects.create(organisation=firm, post="钳工", **since)
    Membership.objects.create(union=union, **since)
    Credential.objects.create(
        kind="skill_certificate",
        title="钳工高级工",
        ladder="skill",
        grade=3,
        issuer="晨光机械",
        recorded_at=now,
        **since,
    )


def test_portal_record_shows_all_that_is_on_record(client, worker, ties):
    client.force_login(worker)
    html = client.get(URL).content.decode()
    for text in ("王芳", "晨光机械", "晨光机械工会", "钳工高级工"):
        assert text in html


def test_portal_record_masks_number_and_phone(client, worker, ties):
    client.force_login(worker)
    html = client.get(URL).content.decode()
    assert ID_NUMBER not in html
    assert PHONE not in html
    assert "3307**********0016" in html


def test_portal_record_says_what_is_missing(client, worker):
    client.force_login(worker)
    assert client.get(URL).content.decode().count("empty-state") == 3


def test_portal_record_is_not_for_staff(client, now):
    clerk = Account.objects.create(
        username="clerk", display_name="Clerk", created_at=now
    )
    RoleGrant.objects.create(
        account=clerk,
        role=Role.UNION_CLERK,
        organisation_code="U-1",
        valid_from=date(2026, 1, 1),
    )
    client.force_login(clerk)
    assert client.get(URL).status_code == 404


def test_portal_record_shows_nothing_of_others(client, worker, ties, now):
    make_person("李四", "330726202001010032", now)
    client.force_login(worker)
    assert "李四" not in client.get(URL).content.decode()


def test_portal_record_is_asked_for_with_few_queries(
    client, worker, ties, django_assert_num_queries
):
    client.force_login(worker)
    # session, account, grants; person, bank account, jobs, memberships, earlier
    # versions; corrections, views of personal data, credentials
    with django_assert_num_queries(13):
        client.get(URL)
