"""Acts on records of credentials: record, replace, suspend, restore, revoke."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.ids.certificate_number import check_certificate_number
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.trail.events import Event
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.enums import (
    CREDENTIAL_MOVES,
    GRADES,
    KIND_LADDERS,
    KIND_UNITS,
    CredentialKind,
    CredentialStatus,
    Ladder,
)
from jiangxin.kernel.credentials.events import CredentialMoved, CredentialRecorded
from jiangxin.kernel.credentials.models import Credential, CredentialPast
from jiangxin.kernel.credentials.operations.moving import follow_record
from jiangxin.kernel.credentials.operations.subjects import subject_of
from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.operations.days import check_day
from jiangxin.kernel.register.operations.organisations import people_of
from jiangxin.kernel.register.registry import PeopleChange, announce_people_changed


class GradeNotOnLadder(Refused):
    code = "credentials.grade_not_on_ladder"
    text = _("A %(kind)s needs a grade of its own ladder. Choose one of the list.")


class GradeWithoutLadder(Refused):
    code = "credentials.grade_without_ladder"
    text = _("A %(kind)s has no grades. Leave the grade empty.")


class QuantityMissing(Refused):
    code = "credentials.quantity_missing"
    text = _("A %(kind)s says how many %(unit)s. Give a number above zero.")


class QuantityWithoutUnit(Refused):
    code = "credentials.quantity_without_unit"
    text = _("A %(kind)s has no quantity. Leave it empty.")


class NumberWrong(Refused):
    code = "credentials.number_wrong"
    text = _("%(problem)s")


class NumberTaken(Refused):
    code = "credentials.number_taken"
    text = _(
        "A valid credential of this kind has the number %(number)s already. Compare it"
        " with the certificate, or revoke the other record first."
    )


class EndsBeforeItBegins(Refused):
    code = "credentials.ends_before_it_begins"
    text = _("The credential would end before it begins. Correct one of the days.")


class HolderDiffers(Refused):
    code = "credentials.holder_differs"
    text = _("A credential is replaced by one of the same holder and kind.")


class MoveNotAllowed(Refused):
    code = "credentials.move_not_allowed"
    text = _("This credential is “%(status)s” now, so that cannot be done.")


@dataclass(frozen=True)
class CredentialFacts:
    """A credential as its issuer stated it.

    grade: a rank of the kind's ladder. quantity: in the kind's unit, two decimals at most.
    """

    kind: str
    title: str = ""
    grade: int | None = None
    quantity: Decimal | None = None
    occupation: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_to: date | None = None
    evidence: str = ""


@opens_transaction
def record_credential(
    *,
    facts: CredentialFacts,
    person_id: int | None = None,
    organisation_id: int | None = None,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Credential:
    """Record what a person or an organisation holds; name exactly one of them.

    Raises NotPermitted, NotFound, GradeNotOnLadder, GradeWithoutLadder,
    QuantityMissing, QuantityWithoutUnit, NumberWrong, NumberTaken, EndsBeforeItBegins, DayInFuture.
    """
    if person_id is not None:
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            raise NotFound
        permissions.check_record_for_person(actor, person)
        holder = Credential(person=person)
    else:
        organisation = Organisation.objects.filter(pk=organisation_id or 0).first()
        if organisation is None:
            raise NotFound
        permissions.check_record_for_organisation(actor, organisation)
        holder = Credential(organisation=organisation)
    return enter_record(holder, facts, valid_from=valid_from, actor=actor, now=now)


@needs_transaction
def enter_record(
    holder: Credential,
    facts: CredentialFacts,
    *,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Credential:
    """The step of `record_credential` that deciding a matter shares.

    holder: a new credential with its person or organisation, not saved yet.
    """
    credential = _record(holder, facts, valid_from=valid_from, actor=actor, now=now)
    _announce(credential, actor=actor, now=now)
    return credential


@opens_transaction
def supersede_credential(
    *,
    credential_id: int,
    facts: CredentialFacts,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Credential:
    """Record a later credential in the place of one; return the later one.

    The earlier one stays as it was until `valid_from`. Its number may be used again.
    Raises what `record_credential` raises, MoveNotAllowed, HolderDiffers (another
    kind), DayTooEarly.
    """
    earlier = _lock(credential_id)
    permissions.check_replace_credential(actor, earlier)
    return replace_record(earlier, facts, valid_from=valid_from, actor=actor, now=now)


@needs_transaction
def replace_record(
    earlier: Credential,
    facts: CredentialFacts,
    *,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Credential:
    """The step of `supersede_credential` that deciding a matter shares."""
    if facts.kind != earlier.kind:
        raise HolderDiffers
    _move(
        earlier,
        CredentialStatus.SUPERSEDED,
        on=valid_from,
        reason="",
        actor=actor,
        now=now,
    )
    holder = Credential(person=earlier.person, organisation=earlier.organisation)
    later = _record(holder, facts, valid_from=valid_from, actor=actor, now=now)
    _announce(later, actor=actor, now=now)
    return later


@opens_transaction
def suspend_credential(
    *, credential_id: int, on: date, reason: str, actor: Actor, now: datetime
) -> Credential:
    """Let a valid credential not count from a day on, until it is restored.

    Raises NotPermitted, MoveNotAllowed, DayInFuture, DayTooEarly.
    """
    return _change_status(
        credential_id, CredentialStatus.SUSPENDED, on, reason, actor, now
    )


@opens_transaction
def restore_credential(
    *, credential_id: int, on: date, reason: str, actor: Actor, now: datetime
) -> Credential:
    """Let a suspended credential count again from a day on.

    Raises NotPermitted, MoveNotAllowed, NumberTaken, DayInFuture, DayTooEarly.
    """
    return _change_status(credential_id, CredentialStatus.VALID, on, reason, actor, now)


@opens_transaction
def revoke_credential(
    *, credential_id: int, on: date, reason: str, actor: Actor, now: datetime
) -> Credential:
    """Take a credential back for good from a day on.

    Raises NotPermitted, MoveNotAllowed, DayInFuture, DayTooEarly.
    """
    return _change_status(
        credential_id, CredentialStatus.REVOKED, on, reason, actor, now
    )


@needs_transaction
def _change_status(
    credential_id: int,
    status: CredentialStatus,
    on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Credential:
    credential = _lock(credential_id)
    permissions.check_revoke_credential(actor, credential)
    return move_record(credential, status, on=on, reason=reason, actor=actor, now=now)


@needs_transaction
def move_record(
    credential: Credential,
    status: CredentialStatus,
    *,
    on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Credential:
    """The step of suspending, restoring and revoking that deciding a matter shares."""
    with _one_valid_a_number(credential.number):
        _move(credential, status, on=on, reason=reason, actor=actor, now=now)
    _announce(credential, actor=actor, now=now)
    return credential


def _move(
    credential: Credential,
    status: CredentialStatus,
    *,
    on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the status so far with its days, and set the new one."""
    present = CredentialStatus(credential.status)
    if status not in CREDENTIAL_MOVES[present]:
        raise MoveNotAllowed(status=present.label)
    last = credential.past_statuses.order_by("valid_to", "pk").last()
    since = last.valid_to if last else credential.valid_from
    check_day(on, now=now, earliest=since)
    CredentialPast.objects.create(
        credential=credential, status=present, valid_from=since, valid_to=on
    )
    credential.status = status
    credential.save(update_fields=["status"])
    event = CredentialMoved(
        credential_id=credential.pk, status=status, effective_on=on, reason=reason
    )
    _note(event, credential, actor, now)
    follow_record(credential, actor=actor, now=now)


def _record(
    holder: Credential,
    facts: CredentialFacts,
    *,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Credential:
    check_day(valid_from, now=now)
    if facts.issued_on is not None:
        check_day(facts.issued_on, now=now)
    if facts.valid_to is not None and facts.valid_to < valid_from:
        raise EndsBeforeItBegins
    kind = CredentialKind(facts.kind)
    ladder = _checked_ladder(kind, facts.grade)
    _check_quantity(kind, facts.quantity)
    number = _checked_number(kind, facts)
    credential = holder
    for name, value in vars(facts).items():
        setattr(credential, name, value)
    credential.ladder = ladder
    credential.number = number
    credential.valid_from = valid_from
    credential.recorded_at = now
    with _one_valid_a_number(number):
        credential.save(force_insert=True)
    event = CredentialRecorded(
        credential_id=credential.pk, kind=kind, valid_from=valid_from
    )
    _note(event, credential, actor, now)
    return credential


def _checked_ladder(kind: CredentialKind, grade: int | None) -> str:
    ladder = KIND_LADDERS.get(kind, Ladder.NONE)
    if ladder is Ladder.NONE:
        if grade is not None:
            raise GradeWithoutLadder(kind=kind.label)
    elif grade not in GRADES[ladder].values:
        raise GradeNotOnLadder(kind=kind.label)
    return ladder


def _check_quantity(kind: CredentialKind, quantity: Decimal | None) -> None:
    unit = KIND_UNITS.get(kind)
    if unit is None and quantity is not None:
        raise QuantityWithoutUnit(kind=kind.label)
    if unit is not None and (quantity is None or quantity <= 0):
        raise QuantityMissing(kind=kind.label, unit=unit.label)


def _checked_number(kind: CredentialKind, facts: CredentialFacts) -> str:
    """Check a skill certificate's number; the numbers of other kinds follow no rule."""
    number = facts.number.strip()
    if not number or kind is not CredentialKind.SKILL_CERTIFICATE:
        return number
    try:
        return check_certificate_number(
            number, rank=facts.grade, issued_on=facts.issued_on
        ).number
    except IdProblem as problem:
        raise NumberWrong(problem=problem.message) from problem


@contextmanager
def _one_valid_a_number(number: str) -> Iterator[None]:
    """Leave it to the index: it holds valid numbers alone, and SQLite would not ask it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        # PostgreSQL names the index, SQLite its columns.
        if "one_valid_a_number" in str(problem) or ".number" in str(problem):
            raise NumberTaken(number=number) from problem
        raise


def _lock(credential_id: int) -> Credential:
    credential = Credential.objects.select_for_update().filter(pk=credential_id).first()
    if credential is None:
        raise NotFound
    return credential


def _note(event: Event, credential: Credential, actor: Actor, now: datetime) -> None:
    record(event, subject=subject_of(credential), actor=actor, at=now)


def _announce(credential: Credential, *, actor: Actor, now: datetime) -> None:
    """What an organisation holds is true of its people too: its rating, say."""
    if credential.person_id is not None:
        people = [credential.person_id]
    else:
        people = people_of(credential.organisation_id or 0)
    announce_people_changed(
        PeopleChange(
            person_ids=people, on=today(now), at=now, actor=actor, reason="credential"
        )
    )
