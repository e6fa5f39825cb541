"""Giving and withdrawing consent. Nothing is changed: each word is added."""

from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.privacy.declared import notice
from jiangxin.kernel.privacy.enums import ConsentPurpose
from jiangxin.kernel.privacy.events import ConsentGiven, ConsentWithdrawn
from jiangxin.kernel.privacy.models import Consent
from jiangxin.kernel.privacy.queries.consents import has_consent
from jiangxin.kernel.register.queries.visibility import get_own_person


@opens_transaction
def change_consent(
    *, purpose: str, is_given: bool, actor: Actor, now: datetime
) -> Consent | None:
    """Record that the worker agrees to the notice in force, or takes that back.

    What stands already is not recorded again; then None is returned.
    Raises NotFound for whoever is not a registered person, and for unknown purposes.
    """
    person = get_own_person(actor)
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
    return consent
