"""A worker's own bank account: said by themselves, kept by their consent alone.

Nobody knows it better, whoever errs is not paid, and no right hangs on it: so nobody
has to approve it. PIPL articles 28 and 29 ask for a consent of its own.
"""

from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.kernel.privacy.enums import ConsentPurpose
from jiangxin.kernel.privacy.operations.consents import record_consent
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.operations.bank_accounts import (
    RecordedAccount,
    end_bank_account,
    keep_bank_account,
)
from jiangxin.kernel.register.operations.steps import lock_person
from jiangxin.kernel.register.queries.visibility import get_own_person
from jiangxin.kernel.register.rules.sources import Origin


@opens_transaction
def declare_own_account(*, number: str, actor: Actor, now: datetime) -> RecordedAccount:
    """Say where one is paid, and agree that it is kept.

    Raises NotFound, BankAccountWrong, BankAccountTrusted.
    """
    person = lock_person(get_own_person(actor).pk)
    origin = Origin(Source.SELF, today(now), "person")
    recorded = keep_bank_account(person, number, origin=origin, actor=actor, now=now)
    record_consent(
        person, purpose=ConsentPurpose.ACCOUNT, is_given=True, actor=actor, now=now
    )
    return recorded


@opens_transaction
def remove_own_account(*, actor: Actor, now: datetime) -> None:
    """Let one's account be used no more, which takes the consent back. Raises NotFound."""
    person = lock_person(get_own_person(actor).pk)
    record_consent(
        person, purpose=ConsentPurpose.ACCOUNT, is_given=False, actor=actor, now=now
    )
    end_bank_account(person, actor=actor, now=now)
