"""Asking for corrections, and taking that back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import after_commit, needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.i18n import listed
from jiangxin.foundation.ids.bank_account import check_bank_account
from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.kernel.corrections.enums import (
    CORRECTION_MOVES,
    AskedBy,
    CorrectedField,
    CorrectionState,
)
from jiangxin.kernel.corrections.events import CorrectionAsked, CorrectionWithdrawn
from jiangxin.kernel.corrections.models import Correction, CorrectionValue
from jiangxin.kernel.corrections.operations.papers import delete_files, keep_papers
from jiangxin.kernel.corrections.queries.corrections import corrections_of, waiting_on
from jiangxin.kernel.corrections.queries.present import open_job, present_values
from jiangxin.kernel.register.operations.bank_accounts import BankAccountWrong
from jiangxin.kernel.register.operations.people import PhoneWrong
from jiangxin.kernel.register.operations.steps import lock_person, record_about
from jiangxin.kernel.register.queries.visibility import get_own_person
from jiangxin.kernel.register.registry import RosterConflict

# Names what a roster says of one value, so that writing it again asks nothing twice.
_ROSTERS = UUID("6f1f7a52-6c0e-4d0b-9d51-0d9c4a5c1b7e")


class NothingAsked(Refused):
    code = "corrections.nothing_asked"
    text = _("Fill in at least one value that differs from what is on record.")


class AskedAlready(Refused):
    code = "corrections.asked_already"
    text = _(
        "You asked about this already and it waits for an answer: %(fields)s. Withdraw"
        " that request first if you want to say something else."
    )


class NoJobToCorrect(Refused):
    code = "corrections.no_job_to_correct"
    text = _(
        "No employer is on record, so there is no occupation or post to correct. Say"
        " where you work instead."
    )


class CorrectionSettled(Refused):
    code = "corrections.correction_settled"
    text = _("This request is settled already: %(state)s. Load the page again.")


@dataclass(frozen=True)
class Asked:
    """What somebody asks for. values: by field, as they should be; blank ones are left.

    token: the form's own number. papers: the content of files.
    """

    values: Mapping[str, str]
    token: UUID
    note: str = ""
    papers: Sequence[bytes] = field(default_factory=tuple)


@opens_transaction
def ask_correction(asked: Asked, *, actor: Actor, now: datetime) -> Correction:
    """Ask to correct one's own record. The same form sent again gives the same request.

    Raises NotFound for whoever is not a registered person; NothingAsked, AskedAlready,
    NoJobToCorrect, PhoneWrong, BankAccountWrong, TooManyPapers, PaperTooLarge,
    PaperUnreadable.
    """
    person = lock_person(get_own_person(actor).pk)
    known = corrections_of(person.pk).filter(token=asked.token).first()
    if known is not None:
        return known
    present = present_values(person)
    values = {}
    for name, text in asked.values.items():
        checked = _checked(CorrectedField(name), text.strip())
        if checked and (name not in present or checked != present[name].value):
            values[name] = checked
    if not values:
        raise NothingAsked
    _check_new(person.pk, values)
    made = Correction.objects.create(
        person=person,
        asked_by=AskedBy.PERSON,
        token=asked.token,
        note=asked.note.strip(),
        asked_at=now,
    )
    for name, text in values.items():
        old = present[name].value if name in present else ""
        CorrectionValue.objects.create(correction=made, field=name, old=old, new=text)
    event = CorrectionAsked(made.pk, tuple(values), len(asked.papers))
    record_about(person.pk, event, actor=actor, now=now)
    keep_papers(made, asked.papers)
    return made


def _check_new(person_id: int, values: Mapping[str, str]) -> None:
    waiting = waiting_on(person_id).filter(asked_by=AskedBy.PERSON)
    open_values = CorrectionValue.objects.filter(
        correction__in=waiting.values("pk"), field__in=values
    )
    twice = [each.get_field_display() for each in open_values]
    if twice:
        raise AskedAlready(fields=listed(twice))
    of_job = {CorrectedField.OCCUPATION, CorrectedField.POST} & set(values)
    if of_job and open_job(person_id) is None:
        raise NoJobToCorrect


def _checked(name: CorrectedField, text: str) -> str:
    """Return a value as the register would write it. Occupations come as codes."""
    try:
        if text and name == CorrectedField.PHONE:
            return check_phone(text).number
    except IdProblem as problem:
        raise PhoneWrong(problem=problem.message) from problem
    try:
        if text and name == CorrectedField.BANK_ACCOUNT:
            return check_bank_account(text).number
    except IdProblem as problem:
        raise BankAccountWrong(problem=problem.message) from problem
    return text


@opens_transaction
def withdraw_correction(
    *, correction_id: int, actor: Actor, now: datetime
) -> Correction:
    """Take back a request that waits; its papers are deleted.

    Raises NotFound for what others asked, CorrectionSettled.
    """
    person = lock_person(get_own_person(actor).pk)
    mine = corrections_of(person.pk).filter(pk=correction_id).first()
    if mine is None:
        raise NotFound
    settle(mine, CorrectionState.WITHDRAWN, now)
    papers = mine.papers.all()
    papers.update(deleted_at=now)
    record_about(person.pk, CorrectionWithdrawn(mine.pk), actor=actor, now=now)
    after_commit(lambda: delete_files(mine))
    return mine


@needs_transaction
def settle(correction: Correction, state: CorrectionState, now: datetime) -> None:
    """Raises CorrectionSettled."""
    if state not in CORRECTION_MOVES[CorrectionState(correction.state)]:
        raise CorrectionSettled(state=correction.get_state_display())
    correction.state, correction.settled_at = state, now
    correction.save()


@needs_transaction
def keep_conflicts(
    conflicts: Sequence[RosterConflict], roster_id: int, now: datetime
) -> None:
    """Ask about what a roster says otherwise than somebody who is trusted more.

    One request a value; the same said again by another roster waits once.
    """
    tokens = {
        uuid5(_ROSTERS, f"{each.person_id} {each.field} {each.value}"): each
        for each in conflicts
    }
    known = Correction.objects.filter(token__in=tokens).values_list("token", flat=True)
    new = {token: each for token, each in tokens.items() if token not in set(known)}
    made = Correction.objects.bulk_create(
        Correction(
            person_id=each.person_id,
            asked_by=AskedBy.ROSTER,
            token=token,
            roster_id=roster_id,
            asked_at=now,
        )
        for token, each in new.items()
    )
    CorrectionValue.objects.bulk_create(
        CorrectionValue(
            correction=one, field=new[one.token].field, new=new[one.token].value
        )
        for one in made
    )
