import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.corrections.operations.own_account import (
    declare_own_account,
    remove_own_account,
)
from jiangxin.kernel.privacy.operations.consents import change_consent
from jiangxin.kernel.privacy.queries.consents import has_consent
from jiangxin.kernel.register.operations.bank_accounts import (
    BankAccountTrusted,
    open_account,
    record_bank_account,
)
from tests.kernel.register.cast import OFFICER, STRANGER

NUMBER = "622202123456"


def declare(actor, now, number=NUMBER):
    return declare_own_account(number=number, actor=actor, now=now)


def test_saying_where_one_is_paid_agrees_to_keeping_it(worker, person, now):
    declare(worker, now)
    account = open_account(person.pk)
    assert (account.number, account.source) == (NUMBER, "self")
    assert has_consent(person.pk, "account", now.date())


def test_taking_the_consent_back_ends_the_account(worker, person, now):
    declare(worker, now)
    change_consent(purpose="account", is_given=False, actor=worker, now=now)
    assert open_account(person.pk) is None


def test_removing_the_account_takes_the_consent_back(worker, person, now):
    declare(worker, now)
    remove_own_account(actor=worker, now=now)
    assert open_account(person.pk) is None
    assert not has_consent(person.pk, "account", now.date())


def test_what_a_clerk_saw_is_not_replaced_and_nothing_is_agreed(worker, person, now):
    record_bank_account(person_id=person.pk, number=NUMBER, actor=OFFICER, now=now)
    with pytest.raises(BankAccountTrusted):
        declare(worker, now, "622202123457")
    assert open_account(person.pk).number == NUMBER
    assert not has_consent(person.pk, "account", now.date())


def test_only_registered_people_are_paid(now, db):
    with pytest.raises(NotFound):
        declare(STRANGER, now)
    with pytest.raises(NotFound):
        remove_own_account(actor=STRANGER, now=now)
