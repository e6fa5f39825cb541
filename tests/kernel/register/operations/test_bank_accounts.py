import pytest
from django.db import IntegrityError, connection, transaction

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register.models import BankAccount
from jiangxin.kernel.register.operations import bank_accounts
from jiangxin.kernel.register.operations.bank_accounts import (
    BankAccountTrusted,
    BankAccountWrong,
    open_account,
)
from jiangxin.kernel.register.rules.sources import Origin, Source
from tests.kernel.register.cast import CLERK, OFFICER, STRANGER
from tests.unreached import UNREACHED

NUMBER, OTHER = "622202123456", "622202123457"


@pytest.fixture
def person(make_person, firms):
    return make_person(employer=firms.north)


def record(person, now, number=NUMBER, actor=OFFICER):
    return bank_accounts.record_bank_account(
        person_id=person.pk, number=number, actor=actor, now=now
    )


def say(person, now, number=NUMBER):
    origin = Origin(Source.SELF, now.date(), "person")
    with transaction.atomic():
        return bank_accounts.keep_bank_account(
            person, number, origin=origin, actor=OFFICER, now=now
        )


def test_account_lies_sealed_and_is_found_by_its_index(person, now):
    record(person, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM register_bankaccount")
        stored = bytes(cursor.fetchone()[0])
    assert NUMBER.encode() not in stored
    assert open_account(person.pk).number == NUMBER


def test_another_account_ends_the_one_before(person, now):
    record(person, now)
    record(person, now, OTHER)
    first, second = BankAccount.objects.order_by("pk")
    assert (first.ended_at, second.ended_at) == (now, None)
    kinds = [event.kind for event in events_of(f"person:{person.pk}")[:2]]
    assert kinds == ["register.bank_account_recorded"] * 2


def test_the_same_account_again_is_no_act(person, now):
    record(person, now)
    before = events_of(f"person:{person.pk}").count()
    record(person, now, "6222 0212 3456")
    assert BankAccount.objects.count() == 1
    assert events_of(f"person:{person.pk}").count() == before


def test_the_person_replaces_what_they_said_but_not_what_a_clerk_saw(person, now):
    say(person, now)
    say(person, now, OTHER)
    record(person, now)
    with pytest.raises(BankAccountTrusted):
        say(person, now, OTHER)
    assert open_account(person.pk).number == NUMBER


def test_a_card_whose_check_digit_is_odd_is_kept_with_a_warning(person, now):
    assert record(person, now, "6222021234567891").warning is not None
    assert open_account(person.pk).number == "6222021234567891"


def test_what_is_no_account_is_refused(person, now):
    with pytest.raises(BankAccountWrong):
        record(person, now, "1234")
    assert not BankAccount.objects.exists()


@pytest.mark.parametrize("actor", [STRANGER])
def test_strangers_record_no_account(person, now, actor):
    with pytest.raises(NotPermitted):
        record(person, now, actor=actor)
    assert not BankAccount.objects.exists()


def test_nobody_is_nowhere_paid(person, now):
    person.pk = UNREACHED
    with pytest.raises(NotFound):
        record(person, now, actor=CLERK)


def test_a_person_has_one_open_account(person, now):
    record(person, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.create(
            person=person, number="1", number_index="1", source="self", recorded_at=now
        )


def test_ending_what_is_not_there_records_nothing(person, now):
    before = events_of(f"person:{person.pk}").count()
    with transaction.atomic():
        bank_accounts.end_bank_account(person, actor=OFFICER, now=now)
    assert events_of(f"person:{person.pk}").count() == before
