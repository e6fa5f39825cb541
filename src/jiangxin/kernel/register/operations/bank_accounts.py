"""Acts on people's bank accounts: record one, end it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ids.bank_account import check_bank_account
from jiangxin.foundation.ids.problems import IdProblem, IdWarning
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.events import BankAccountEnded, BankAccountRecorded
from jiangxin.kernel.register.models import BankAccount, Person
from jiangxin.kernel.register.models.bank_account import bank_account_index
from jiangxin.kernel.register.operations.steps import (
    by_clerk,
    lock_person,
    record_about,
)
from jiangxin.kernel.register.rules.sources import Origin


class BankAccountWrong(Refused):
    code = "register.bank_account_wrong"
    text = _("%(problem)s")


class BankAccountTrusted(Refused):
    code = "register.bank_account_trusted"
    text = _(
        "Your union entered the account that is on record, from papers it saw. Ask for"
        " a correction if it is wrong."
    )


@dataclass(frozen=True)
class RecordedAccount:
    """warning: what to look at again in a number that is kept all the same."""

    account: BankAccount
    warning: IdWarning | None


def open_account(person_id: int) -> BankAccount | None:
    """Return the account a person is paid to, if one is known."""
    return BankAccount.objects.filter(person=person_id, ended_at__isnull=True).first()


@opens_transaction
def record_bank_account(
    *, person_id: int, number: str, actor: Actor, now: datetime
) -> RecordedAccount:
    """Record the account that a clerk saw on a card or passbook; another one ends.

    Raises NotFound, NotPermitted, BankAccountWrong.
    """
    person = lock_person(person_id)
    permissions.check_manage_person(actor, person)
    return keep_bank_account(person, number, origin=by_clerk(now), actor=actor, now=now)


@needs_transaction
def keep_bank_account(
    person: Person, number: str, *, origin: Origin, actor: Actor, now: datetime
) -> RecordedAccount:
    """The step that all acts which record an account share. The same again is no act.

    What people say of themselves replaces nothing that is trusted more.
    Raises BankAccountWrong, BankAccountTrusted.
    """
    try:
        checked = check_bank_account(number)
    except IdProblem as problem:
        raise BankAccountWrong(problem=problem.message) from problem
    index = bank_account_index(checked.number)
    known = open_account(person.pk)
    if known is not None:
        if known.number_index == index:
            return RecordedAccount(known, checked.warning)
        if Source(known.source).rank > origin.source.rank:
            raise BankAccountTrusted
        known.ended_at = now
        known.save(update_fields=["ended_at"])
    account = BankAccount.objects.create(
        person=person,
        number=checked.number,
        number_index=index,
        source=origin.source,
        act=origin.act,
        recorded_at=now,
    )
    event = BankAccountRecorded(account_id=account.pk, source=origin.source.value)
    record_about(person.pk, event, actor=actor, now=now)
    return RecordedAccount(account, checked.warning)


@needs_transaction
def end_bank_account(person: Person, *, actor: Actor, now: datetime) -> None:
    """Say that a person is paid nowhere any more; nothing happens when they were not."""
    known = open_account(person.pk)
    if known is None:
        return
    known.ended_at = now
    known.save(update_fields=["ended_at"])
    event = BankAccountEnded(account_id=known.pk)
    record_about(person.pk, event, actor=actor, now=now)
