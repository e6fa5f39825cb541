"""Giving and withdrawing consent. Nothing is changed: each word is added."""

from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.privacy.declared import notice
from jiangxin.kernel.privacy.enums import ConsentPurpose
from jiangxin.kernel.privacy.events import ConsentGiven, ConsentWithdrawn
from jiangxin.kernel.privacy.models import Consent
from jiangxin.kernel.privacy.queries.consents import has_consent
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.operations.bank_accounts import end_bank_account
from jiangxin.kernel.register.queries.visibility import get_own_person


@opens_transaction
def change_consent(
    *, purpose: str, is_given: bool, actor: Actor, now: datetime
) -> Consent | None:
    """Record that the worker agrees to the notice in force, or takes that back.

    What stands already is not recorded again; then None is returned.
    Raises NotFound for whoever is not a registered person, and for unknown purposes.
    """
    return record_consent(
        get_own_person(actor), purpose=purpose, is_given=is_given, actor=actor, now=now
    )


@needs_transaction
def record_consent(
    person: Person, *, purpose: str, is_given: bool, actor: Actor, now: datetime
) -> Consent | None:
    """The step of `change_consent` that other acts of the worker share.

    A bank account is kept by consent alone: without it, nobody is paid there any more.
    """
    if purpose not in ConsentPurpose:
        raise NotFound
    on = today(now)
    if has_consent(person.pk, purpose, on) == is_given:
        return None
    version = notice(purpose, on=on).version
    consent = Consent.objects.create(
        person=person,
        purpose=purpose,
        version=version,
        is_given=is_given,
        at=now,
        account_id=actor.account_id,
    )
    kind = ConsentGiven if is_given else ConsentWithdrawn
    event = kind(purpose=purpose, version=version)
    record(event, subject=subject("person", person.pk), actor=actor, at=now)
    if purpose == ConsentPurpose.ACCOUNT and not is_given:
        end_bank_account(person, actor=actor, now=now)
    return consent
