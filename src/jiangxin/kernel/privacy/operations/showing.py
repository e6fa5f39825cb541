"""Showing one masked value to one member of staff, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.privacy.declared import VIEWS_A_DAY, limit
from jiangxin.kernel.privacy.enums import SealedValue, ViewPurpose
from jiangxin.kernel.privacy.events import PersonalDataShown
from jiangxin.kernel.privacy.models import PersonalDataView
from jiangxin.kernel.privacy.queries.uses import day_of
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.operations.bank_accounts import open_account
from jiangxin.kernel.register.permissions import check_unmask_person
from jiangxin.kernel.register.queries.visibility import get_person

LONGEST_NOTE = 200


class NoPurpose(Refused):
    code = "privacy.no_purpose"
    text = _("Say what it is needed for: choose a purpose and add a few words.")


class TooManyViews(Refused):
    code = "privacy.too_many_views"
    text = _(
        "You were shown %(count)s values in full today, which is as many as one person "
        "may see in a day. Go on tomorrow; your federation may raise the number."
    )


class NothingToShow(Refused):
    code = "privacy.nothing_to_show"
    text = _("Nothing is on record here, so there is nothing to show.")


@dataclass(frozen=True)
class Shown:
    """plain: for the answer to this request only; it is kept nowhere."""

    view: PersonalDataView
    plain: str


@opens_transaction
def show_value(
    *,
    person_id: int,
    value: str,
    purpose: str,
    note: str,
    actor: Actor,
    now: datetime,
) -> Shown:
    """Return an identity number, phone or account in full, and record who saw it and what for.

    Raises NotFound (also for people of other places), NotPermitted, NoPurpose,
    TooManyViews, NothingToShow.
    """
    person = get_person(person_id, visible_to=actor)
    check_unmask_person(actor, person)
    if value not in SealedValue or value == SealedValue.EVIDENCE:
        raise NotFound
    words = note.strip()[:LONGEST_NOTE]
    if purpose not in ViewPurpose or not words:
        raise NoPurpose
    plain = _read(person, SealedValue(value))
    if not plain:
        raise NothingToShow
    view = keep_view(
        person, value=value, purpose=purpose, note=words, actor=actor, now=now
    )
    return Shown(view, plain)


@needs_transaction
def keep_view(
    person: Person, *, value: str, purpose: str, note: str, actor: Actor, now: datetime
) -> PersonalDataView:
    """Record that somebody is shown something in full, which whoever shows it calls.

    Raises TooManyViews.
    """
    _check_rate(actor, now)
    view = PersonalDataView.objects.create(
        person=person,
        value=value,
        purpose=purpose,
        note=note[:LONGEST_NOTE],
        seen_by=actor.account_id,
        seen_by_label=actor.label,
        seen_at=now,
    )
    event = PersonalDataShown(value=value, purpose=purpose, view_id=view.pk)
    record(event, subject=subject("person", person.pk), actor=actor, at=now)
    return view


def _check_rate(actor: Actor, now: datetime) -> None:
    start = day_of(now)
    count = PersonalDataView.objects.filter(
        seen_by=actor.account_id,
        seen_at__gte=start,
        seen_at__lt=start + timedelta(days=1),
    ).count()
    if count >= limit(VIEWS_A_DAY, on=today(now)):
        raise TooManyViews(count=count)


def _read(person: Person, value: SealedValue) -> str:
    if value == SealedValue.BANK_ACCOUNT:
        account = open_account(person.pk)
        return account.number if account else ""
    return person.id_number if value == SealedValue.ID_NUMBER else person.phone
