"""Granting or declining by what a policy says of a person, at the desk."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.trail import operations as trail
from jiangxin.kernel.policy.enums import Decision, Subject, Verdict
from jiangxin.kernel.policy.events import PolicyDecided
from jiangxin.kernel.policy.models import FrozenAnswer, QuotaTaken
from jiangxin.kernel.policy.operations.freezing import Decided, freeze_answer
from jiangxin.kernel.policy.permissions import check_decide
from jiangxin.kernel.policy.queries.explanations import get_person
from jiangxin.kernel.policy.queries.frozen import standing_grant
from jiangxin.kernel.policy.queries.quotas import period_of
from jiangxin.kernel.policy.registry import policy_about
from jiangxin.kernel.policy.rules.settling import remaining
from jiangxin.kernel.policy.rules.tree import Policy

# The stored key of why an answer was kept.
AT_THE_DESK = "desk"


class NotServed(Refused):
    code = "policy.not_served"
    text = _(
        "The answer today is “%(verdict)s”, so nothing can be granted. Correct the record "
        "first if it is wrong."
    )


class GrantedAlready(Refused):
    code = "policy.granted_already"
    text = _("This was granted on %(day)s already, and is given once in its period.")


class NothingGranted(Refused):
    code = "policy.nothing_granted"
    text = _("Nothing is granted in this period that could be taken back.")


class QuotaUsedUp(Refused):
    code = "policy.quota_used_up"
    text = _("The quota of this period is used up.")


@opens_transaction
def decide(
    *,
    code: str,
    person_id: int,
    decision: Decision,
    remark: str,
    actor: Actor,
    now: datetime,
) -> FrozenAnswer:
    """Decide about a person, and keep today's answer with the decision.

    What is granted takes a place of the quota; what is taken back gives it back. Raises
    NotPermitted, NotFound, NotServed, GrantedAlready, NothingGranted, QuotaUsedUp.
    """
    chosen = policy_about(Subject.PERSON, code)
    person = get_person(person_id, visible_to=actor)
    check_decide(actor, person.region_code)
    taken = _lock_quota(chosen, now)
    granted = standing_grant(chosen, person.pk, today(now))
    if decision is Decision.GRANTED and granted:
        raise GrantedAlready(day=granted.on.isoformat())
    if decision is Decision.TAKEN_BACK and granted is None:
        raise NothingGranted
    frozen = freeze_answer(
        chosen,
        subject_id=person.pk,
        on=today(now),
        actor=actor,
        now=now,
        reason=AT_THE_DESK,
        decided=Decided(decision, remark),
    )
    if decision is Decision.GRANTED:
        _take(chosen, taken, frozen)
    if decision is Decision.TAKEN_BACK and granted:
        _give_back(chosen, granted)
    trail.record(
        PolicyDecided(policy=code, decision=decision.value, frozen_id=frozen.pk),
        subject=trail.subject("person", person.pk),
        actor=actor,
        at=now,
    )
    return frozen


@needs_transaction
def _lock_quota(chosen: Policy, now: datetime) -> QuotaTaken:
    """Whoever decides by the same policy at the same time waits here."""
    code, begun = chosen.code, period_of(chosen, today(now))
    QuotaTaken.objects.get_or_create(policy_code=code, begins_on=begun)
    rows = QuotaTaken.objects.select_for_update()
    return rows.get(policy_code=code, begins_on=begun)


def _take(chosen: Policy, taken: QuotaTaken, frozen: FrozenAnswer) -> None:
    if frozen.verdict != Verdict.ELIGIBLE:
        raise NotServed(verdict=Verdict(frozen.verdict).label)
    fen = _fen(frozen)
    if chosen.quota:
        left = remaining(chosen.quota, people=taken.people, fen=taken.fen)
        if not left.has_room_for(fen):
            raise QuotaUsedUp
    _count(taken, 1, fen)


def _give_back(chosen: Policy, granted: FrozenAnswer) -> None:
    """To the period in which it was granted, which may be over."""
    begun = period_of(chosen, granted.on)
    taken = QuotaTaken.objects.get(policy_code=chosen.code, begins_on=begun)
    _count(taken, -1, -_fen(granted))


def _count(taken: QuotaTaken, people: int, fen: int) -> None:
    QuotaTaken.objects.filter(pk=taken.pk).update(
        people=F("people") + people, fen=F("fen") + fen
    )


def _fen(frozen: FrozenAnswer) -> int:
    grant = frozen.content["grant"]
    return int(grant["fen"] or 0) if grant else 0
