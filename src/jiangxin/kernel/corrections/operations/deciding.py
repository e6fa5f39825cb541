"""Deciding about a correction, value by value, and writing what is approved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.kernel.corrections import permissions
from jiangxin.kernel.corrections.enums import (
    CORRECTION_MOVES,
    CorrectedField,
    CorrectionState,
    Verdict,
)
from jiangxin.kernel.corrections.events import CorrectionDecided
from jiangxin.kernel.corrections.models import Correction
from jiangxin.kernel.corrections.operations.asking import CorrectionSettled, settle
from jiangxin.kernel.corrections.queries.present import open_job, stamp
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.operations.bank_accounts import keep_bank_account
from jiangxin.kernel.register.operations.people import PersonFacts, alter_person
from jiangxin.kernel.register.operations.steps import (
    announce_person,
    lock_person,
    record_about,
)
from jiangxin.kernel.register.operations.ties import begin_job
from jiangxin.kernel.register.rules.sources import Origin


class VerdictMissing(Refused):
    code = "corrections.verdict_missing"
    text = _("Decide about every value: approve or refuse it.")


class ReasonMissing(Refused):
    code = "corrections.reason_missing"
    text = _("A refusal needs its reason; the person reads it.")


class RecordChanged(Refused):
    code = "corrections.record_changed"
    text = _(
        "The record was changed since you opened this page. Look at what is on record"
        " now before you decide."
    )


@dataclass(frozen=True)
class Decision:
    """verdicts: by field, "approved" or "refused". reasons: by field.

    seen: `stamp` of the person when whoever decides looked.
    """

    verdicts: Mapping[str, str]
    reasons: Mapping[str, str]
    seen: str


@opens_transaction
def decide_correction(
    *, correction_id: int, decision: Decision, actor: Actor, now: datetime
) -> Correction:
    """Approve or refuse each value. What is approved is on record from today on.

    What was said in words is approved once it is recorded on its own page.
    Raises NotFound, NotPermitted, CorrectionSettled, RecordChanged, VerdictMissing,
    ReasonMissing, and what the register's own acts raise.
    """
    rows = Correction.objects.select_for_update(of=("self",)).select_related("person")
    correction = rows.filter(pk=correction_id).first()
    if correction is None:
        raise NotFound
    permissions.check_decide(actor, correction)
    if (
        CorrectionState.DECIDED
        not in CORRECTION_MOVES[CorrectionState(correction.state)]
    ):
        raise CorrectionSettled(state=correction.get_state_display())
    person = lock_person(Person.every.number_now(correction.person_id))
    if stamp(person) != decision.seen:
        raise RecordChanged
    approved = _keep_verdicts(correction, decision)
    write = Writing(
        person,
        Origin(Source.CLERK, today(now), f"correction:{correction.pk}"),
        actor,
        now,
    )
    write.details(approved)
    write.job(approved)
    write.bank_account(approved)
    correction.decided_by, correction.decided_by_label = actor.account_id, actor.label
    settle(correction, CorrectionState.DECIDED, now)
    refused = tuple(name for name in decision.verdicts if name not in approved)
    event = CorrectionDecided(correction.pk, tuple(approved), refused)
    record_about(person.pk, event, actor=actor, now=now)
    return correction


@needs_transaction
def _keep_verdicts(correction: Correction, decision: Decision) -> dict[str, str]:
    """Write down what was decided; return the approved values by field."""
    approved = {}
    for value in correction.values.order_by("pk"):
        verdict = decision.verdicts.get(value.field, "")
        if verdict not in {Verdict.APPROVED, Verdict.REFUSED}:
            raise VerdictMissing
        value.verdict = verdict
        value.reason = decision.reasons.get(value.field, "").strip()
        if verdict == Verdict.REFUSED and not value.reason:
            raise ReasonMissing
        if verdict == Verdict.APPROVED:
            approved[value.field] = value.new
        value.save()
    return approved


@dataclass(frozen=True)
class Writing:
    """Writes approved values by the register's own steps, each of which records itself."""

    person: Person
    origin: Origin
    actor: Actor
    now: datetime

    @needs_transaction
    def details(self, approved: Mapping[str, str]) -> None:
        person = self.person
        facts = PersonFacts(person.name, person.phone, person.education)
        changes = {name: approved[name] for name in vars(facts) if name in approved}
        if changes:
            alter_person(
                person,
                replace(facts, **changes),
                effective_on=self.origin.on,
                origin=self.origin,
                actor=self.actor,
                now=self.now,
            )

    @needs_transaction
    def job(self, approved: Mapping[str, str]) -> None:
        """Let the job go on with another occupation or post, if it differs still."""
        job = open_job(self.person.pk)
        if job is None:
            return
        occupation = approved.get(CorrectedField.OCCUPATION, job.occupation)
        post = approved.get(CorrectedField.POST, job.post)
        if (occupation, post) == (job.occupation, job.post):
            return
        begin_job(
            self.person,
            job.organisation,
            occupation=occupation,
            post=post,
            valid_from=self.origin.on,
            origin=self.origin,
            actor=self.actor,
            now=self.now,
        )
        announce_person(self.person.pk, "employment", actor=self.actor, now=self.now)

    @needs_transaction
    def bank_account(self, approved: Mapping[str, str]) -> None:
        number = approved.get(CorrectedField.BANK_ACCOUNT)
        if number:
            keep_bank_account(
                self.person, number, origin=self.origin, actor=self.actor, now=self.now
            )
