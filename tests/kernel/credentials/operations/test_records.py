from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.ids.certificate_number import make_certificate_number
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.enums import CREDENTIAL_MOVES, CredentialStatus
from jiangxin.kernel.credentials.models import Credential, CredentialPast
from jiangxin.kernel.credentials.operations import CredentialFacts
from jiangxin.kernel.register.operations.days import DayInFuture, DayTooEarly
from jiangxin.kernel.register.registry import OnPeopleChanged
from tests.kernel.register.cast import CLERK, NORTHERNER, OFFICER, SINCE, STRANGER
from tests.unreached import UNREACHED

LATER, LATEST = date(2026, 6, 1), date(2026, 9, 1)
NUMBER = make_certificate_number(
    by_employer=True,
    organisation=1,
    province_code="33",
    site=1,
    year=2025,
    rank=3,
    serial=1,
)


@pytest.fixture
def person(make_person, firms):
    return make_person(employer=firms.north, union=firms.north_union)


def facts(kind="skill_certificate", grade=3, **more):
    return CredentialFacts(kind=kind, grade=grade, **more)


def record(now, *, actor=OFFICER, on=SINCE, given=None, **holder):
    return operations.record_credential(
        facts=given or facts(), valid_from=on, actor=actor, now=now, **holder
    )


def move(operation, credential, now, *, actor=OFFICER, on=LATER):
    return operation(
        credential_id=credential.pk, on=on, reason="复核", actor=actor, now=now
    )


def test_credential_is_recorded_with_its_ladder(now, person):
    credential = record(now, person_id=person.pk, given=facts(number=f" {NUMBER} "))
    credential.refresh_from_db()
    assert (credential.ladder, credential.grade) == ("skill", 3)
    assert (credential.number, credential.status) == (NUMBER, "valid")
    assert events_of(f"person:{person.pk}")[0].kind == "credentials.recorded"


def test_a_record_says_of_how_much_it_speaks(now, person):
    given = facts("volunteer_service", None, quantity=Decimal("37.50"))
    credential = record(now, person_id=person.pk, given=given)
    credential.refresh_from_db()
    with translation.override("en"):
        assert credential.quantity_label == "37.5 hours"
    assert record(now, person_id=person.pk).quantity_label == ""


def test_organisation_holds_credentials_too(now, firms, person, monkeypatch):
    heard = []
    monkeypatch.setattr(
        "jiangxin.kernel.register.registry.brought",
        lambda kind: [OnPeopleChanged(heard.append)],
    )
    given = CredentialFacts(kind="enterprise_rating", title="AAA")
    credential = record(now, organisation_id=firms.north.pk, given=given)
    assert (credential.ladder, credential.grade) == ("", None)
    trail = events_of(f"organisation:{firms.north.pk}")
    assert trail[0].kind == "credentials.recorded"
    assert [list(each.person_ids) for each in heard] == [[person.pk]]


@pytest.mark.parametrize(
    ("refusal", "given", "on"),
    [
        (operations.GradeNotOnLadder, facts(grade=None), SINCE),
        (operations.GradeNotOnLadder, facts(grade=9), SINCE),
        (operations.GradeNotOnLadder, facts("honour", 7), SINCE),
        (operations.GradeWithoutLadder, facts("certificate", 1), SINCE),
        (operations.QuantityMissing, facts("volunteer_service", None), SINCE),
        (
            operations.QuantityMissing,
            facts("training_record", None, quantity=Decimal(0)),
            SINCE,
        ),
        (operations.QuantityWithoutUnit, facts(quantity=Decimal(8)), SINCE),
        (operations.NumberWrong, facts(number="Y00013"), SINCE),
        (operations.NumberWrong, facts(grade=4, number=NUMBER), SINCE),
        (operations.EndsBeforeItBegins, facts(valid_to=SINCE), LATER),
        (DayInFuture, facts(), date(2027, 1, 1)),
        (DayInFuture, facts(issued_on=date(2027, 1, 1)), SINCE),
    ],
)
def test_faulty_credential_is_refused(now, person, refusal, given, on):
    if refusal is operations.NumberWrong and given.number == "Y00013":
        given = facts(number=NUMBER[:-2])
    with pytest.raises(refusal) as refused:
        record(now, person_id=person.pk, given=given, on=on)
    assert refused.value.message
    assert not Credential.objects.exists()


def test_number_is_valid_once(now, person, make_person, firms):
    first = record(now, person_id=person.pk, given=facts(number=NUMBER))
    other = make_person(2, employer=firms.north)
    with pytest.raises(operations.NumberTaken):
        record(now, person_id=other.pk, given=facts(number=NUMBER))
    move(operations.suspend_credential, first, now)
    record(now, person_id=other.pk, given=facts(number=NUMBER))
    with pytest.raises(operations.NumberTaken):
        move(operations.restore_credential, first, now, on=LATEST)


@pytest.mark.parametrize("actor", [STRANGER, NORTHERNER, CLERK])
def test_credential_is_recorded_where_one_may(now, firms, make_person, actor):
    southerner = make_person(9, employer=firms.south)
    with pytest.raises(NotPermitted):
        record(now, actor=actor, person_id=southerner.pk)
    with pytest.raises(NotPermitted):
        record(now, actor=actor, organisation_id=firms.south.pk)
    with pytest.raises(NotFound):
        record(now, actor=actor, person_id=UNREACHED)
    with pytest.raises(NotFound):
        record(now, actor=actor)


def test_every_change_of_status_is_kept_with_its_days(now, person):
    credential = record(now, person_id=person.pk)
    move(operations.suspend_credential, credential, now)
    move(operations.restore_credential, credential, now, on=LATEST)
    move(operations.revoke_credential, credential, now, on=LATEST)
    past = CredentialPast.objects.order_by("pk")
    assert list(past.values_list("status", "valid_from", "valid_to")) == [
        ("valid", SINCE, LATER),
        ("suspended", LATER, LATEST),
        ("valid", LATEST, LATEST),
    ]
    credential.refresh_from_db()
    assert credential.status == "revoked"
    event = events_of(f"person:{person.pk}")[0]
    assert event.kind == "credentials.moved"
    assert "复核" in event.payload


OPERATIONS = {
    CredentialStatus.SUSPENDED: operations.suspend_credential,
    CredentialStatus.VALID: operations.restore_credential,
    CredentialStatus.REVOKED: operations.revoke_credential,
}


@pytest.mark.parametrize("present", list(CredentialStatus))
@pytest.mark.parametrize("wanted", list(OPERATIONS))
def test_status_moves_as_its_table_says(now, person, present, wanted):
    credential = record(now, person_id=person.pk)
    Credential.objects.update(status=present)
    if wanted in CREDENTIAL_MOVES[present]:
        assert move(OPERATIONS[wanted], credential, now).status == wanted
    else:
        with pytest.raises(operations.MoveNotAllowed):
            move(OPERATIONS[wanted], credential, now)
        assert not CredentialPast.objects.exists()


def test_status_changes_in_its_time_and_place(now, person, firms, make_person):
    credential = record(now, person_id=person.pk)
    with pytest.raises(DayTooEarly):
        move(operations.revoke_credential, credential, now, on=date(2025, 1, 1))
    with pytest.raises(DayInFuture):
        move(operations.revoke_credential, credential, now, on=date(2027, 1, 1))
    with pytest.raises(NotPermitted):
        move(operations.revoke_credential, credential, now, actor=STRANGER)
    with pytest.raises(NotFound):
        move(operations.revoke_credential, Credential(pk=UNREACHED), now)


def test_later_record_takes_the_place_of_an_earlier_one(now, person):
    earlier = record(now, person_id=person.pk, given=facts(number=NUMBER))

    def supersede(given, *, actor=OFFICER, on=LATER, credential=earlier):
        return operations.supersede_credential(
            credential_id=credential.pk,
            facts=given,
            valid_from=on,
            actor=actor,
            now=now,
        )

    with pytest.raises(operations.HolderDiffers):
        supersede(facts("honour"))
    with pytest.raises(NotPermitted):
        supersede(facts(), actor=STRANGER)
    later = supersede(facts(number=NUMBER, issuer="人社局"))
    earlier.refresh_from_db()
    assert (earlier.status, later.status) == ("superseded", "valid")
    assert later.person == person
    with pytest.raises(operations.MoveNotAllowed):
        supersede(facts())


def test_database_holds_one_holder_and_days_in_order(now, person, firms):
    rest = {"kind": "honour", "valid_from": LATER, "recorded_at": now}
    for faulty in (
        {},
        {"person": person, "organisation": firms.north},
        {"person": person, "valid_to": SINCE},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Credential.objects.create(**rest, **faulty)
    Credential.objects.create(person=person, number="1", **rest)
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(organisation=firms.north, number="1", **rest)
