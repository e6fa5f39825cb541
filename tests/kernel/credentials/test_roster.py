from datetime import date

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.register.models import Person
from tests.kernel.register.roster.making import (
    NOW,
    TODAY,
    World,
    certificate,
    counted,
    row,
    with_certificate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"


@pytest.fixture
def world():
    return World()


def problems(roster):
    return {(k["column"], k["code"], k["is_warning"]) for k in roster.counts["kinds"]}


def grades():
    return list(Credential.objects.order_by("id").values_list("grade", flat=True))


def revoke(credential):
    operations.revoke_credential(
        credential_id=credential.pk, on=TODAY, reason="", actor=SYSTEM, now=NOW
    )


def test_a_certificate_is_recorded_with_all_that_the_row_says(world):
    world.write(
        with_certificate(1, certificate_issuer="某中心", occupation="6-18-01-01")
    )
    found = Credential.objects.get()
    assert (found.person, found.kind, found.ladder, found.grade, found.status) == (
        Person.objects.get(),
        "skill_certificate",
        "skill",
        3,
        "valid",
    )
    assert (found.number, found.issuer) == (certificate(1), "某中心")
    assert found.occupation == "6-18-01-01"
    assert found.issued_on == found.valid_from == date(2021, 6, 1)
    assert (found.valid_to, found.recorded_at) == (None, NOW)


def test_a_grade_without_number_or_date_holds_from_the_rosters_day(world):
    world.write(row(1, skill_grade="技师"))
    found = Credential.objects.get()
    assert (found.grade, found.number, found.issued_on) == (4, "", None)
    assert found.valid_from == TODAY


@pytest.mark.parametrize(
    "cells", [{}, {"certificate_number": None, "certificate_issued_on": None}]
)
def test_a_certificate_that_is_known_is_recorded_once(world, cells):
    known = {**with_certificate(1), **cells}
    world.write(known)
    assert counted(world.write(known)) == (0, 0, 1, 0)
    assert grades() == [3]


def test_a_grade_alone_is_that_of_the_certificate_that_is_known(world):
    world.write(with_certificate(1))
    assert counted(world.write(row(1, skill_grade="高级工"))) == (0, 0, 1, 0)


def test_a_second_certificate_is_held_beside_the_first(world):
    world.write(with_certificate(1, rank=3))
    again = world.write(with_certificate(1, rank=4, serial=7))
    assert counted(again) == (0, 1, 0, 0)
    assert grades() == [3, 4]
    assert set(Credential.objects.values_list("status", flat=True)) == {"valid"}


def test_a_certificate_of_another_is_refused(world):
    world.write(with_certificate(1))
    again = world.write(with_certificate(2, serial=1), with_certificate(3))
    assert counted(again) == (1, 0, 0, 1)
    expected = {("certificate_number", "certificate_of_another", False)}
    assert problems(again) == expected
    assert Person.objects.count() == 2


def test_a_certificate_of_an_organisation_is_no_persons(world):
    number = certificate(1)
    Credential.objects.create(
        organisation=world.employers[0],
        kind="skill_certificate",
        number=number,
        valid_from=TODAY,
        recorded_at=NOW,
    )
    again = world.write(with_certificate(1))
    assert problems(again) == {("certificate_number", "certificate_of_another", False)}


def test_another_grade_of_a_known_certificate_is_refused(world):
    # A number of another family says nothing of its grade, so the check lets it pass.
    other = {"certificate_number": "33-2001-7", "certificate_issued_on": "2001-01-01"}
    world.write(row(1, skill_grade="技师", **other), row(2))
    again = world.write(row(1, skill_grade="高级工", **other), row(2))
    assert problems(again) == {("skill_grade", "certificate_differs", False)}
    assert counted(again) == (0, 0, 1, 1)
    assert grades() == [4]


@pytest.mark.parametrize("is_numbered", [True, False])
def test_what_was_revoked_does_not_come_back_with_the_next_roster(world, is_numbered):
    known = with_certificate(1) if is_numbered else row(1, skill_grade="高级工")
    world.write(known, with_certificate(2))
    revoke(Credential.objects.order_by("id").first())
    again = world.write(known, with_certificate(2))
    assert counted(again) == (0, 0, 2, 0)
    assert problems(again) == {("skill_grade", "certificate_not_valid", True)}
    assert again.counts["warned"] == 1
    assert Credential.objects.count() == 2


def test_a_number_that_was_revoked_from_one_may_be_anothers(world):
    world.write(with_certificate(1))
    revoke(Credential.objects.get())
    again = world.write(with_certificate(2, serial=1))
    assert counted(again) == (1, 0, 0, 0)
    assert Credential.objects.get(status="valid").person.name == "测试三"


def test_a_number_that_was_recorded_anew_is_the_valid_one(world):
    world.write(with_certificate(1))
    earlier = Credential.objects.get()
    operations.supersede_credential(
        credential_id=earlier.pk,
        facts=operations.CredentialFacts(
            kind="skill_certificate", grade=3, number=earlier.number
        ),
        valid_from=TODAY,
        actor=SYSTEM,
        now=NOW,
    )
    again = world.write(with_certificate(1))
    assert (counted(again), problems(again)) == ((0, 0, 1, 0), set())
    assert Credential.objects.count() == 2
