"""What people ask about their own data, and answering it.

No matter (ADR 0029): a request waits, then is granted, or refused with the ground, which
PIPL articles 45 to 47 and 50 require, by the day it is due; or the person withdraws it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import Event, subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.privacy import permissions
from jiangxin.kernel.privacy.declared import REQUEST_DAYS, limit
from jiangxin.kernel.privacy.enums import RequestKind, RequestState
from jiangxin.kernel.privacy.events import (
    DataRequestAnswered,
    DataRequestMade,
    DataRequestRecorded,
    DataRequestWithdrawn,
)
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.queries.visibility import (
    get_own_person,
    people_visible_to,
)


class RequestWaiting(Refused):
    code = "privacy.request_waiting"
    text = _("You asked for this already, and it waits for an answer.")


class RequestAnswered(Refused):
    code = "privacy.request_answered"
    text = _("This request was answered on %(on)s. The person may ask anew.")


class IdentityNotSeen(Refused):
    code = "privacy.identity_not_seen"
    text = _("Look at the identity document first, and say that you have seen it.")


class AgentNameless(Refused):
    code = "privacy.agent_nameless"
    text = _("Say who came for the person, by the name on their identity document.")


class GroundMissing(Refused):
    code = "privacy.ground_missing"
    text = _("A refusal needs its ground: say which rule asks to keep the data.")


@opens_transaction
def make_request(*, kind: str, text: str, actor: Actor, now: datetime) -> DataRequest:
    """Ask for the deletion of one's own data; a correction is asked for value by value.

    Raises NotFound, RequestWaiting.
    """
    person = get_own_person(actor)
    if kind != RequestKind.DELETION:
        raise NotFound
    made = _ask(DataRequest(person=person, kind=kind, text=text.strip()), now)
    _record(made, DataRequestMade(made.pk, kind), actor, now)
    return made


@dataclass(frozen=True)
class AtCounter:
    """What a clerk records for somebody who has come, or has sent somebody.

    agent: the name of whoever came with the person's written word; "" when it was the
    person. has_seen: the identity document, and that written word, were looked at.
    """

    person_id: int
    kind: str
    text: str
    has_seen: bool
    by_agent: bool = False
    agent: str = ""


@opens_transaction
def record_request(given: AtCounter, *, actor: Actor, now: datetime) -> DataRequest:
    """Record what is asked at the counter, a copy or a correction on paper as well.

    Raises NotFound, NotPermitted, IdentityNotSeen, AgentNameless, RequestWaiting.
    """
    person = people_visible_to(actor).filter(pk=given.person_id).first()
    if person is None or given.kind not in RequestKind:
        raise NotFound
    permissions.check_record_request(actor, person)
    if not given.has_seen:
        raise IdentityNotSeen
    agent = given.agent.strip() if given.by_agent else ""
    if given.by_agent and not agent:
        raise AgentNameless
    asked = DataRequest(
        person=person,
        kind=given.kind,
        text=given.text.strip(),
        recorded_by=actor.account_id,
        recorded_by_label=actor.label,
        agent=agent,
    )
    made = _ask(asked, now)
    event = DataRequestRecorded(made.pk, made.kind, by_agent=given.by_agent)
    _record(made, event, actor, now)
    return made


@needs_transaction
def _ask(asked: DataRequest, now: datetime) -> DataRequest:
    """Raises RequestWaiting."""
    # One at a time a person: two requests sent at once are one.
    Person.objects.select_for_update(of=("self",)).get(pk=asked.person_id)
    same = DataRequest.objects.filter(person=asked.person_id, kind=asked.kind)
    if same.filter(state=RequestState.WAITING).exists():
        raise RequestWaiting
    days = limit(REQUEST_DAYS, on=today(now))
    asked.asked_at = now
    asked.due_on = calendar().add_working_days(today(now), days).on
    asked.save()
    return asked


@opens_transaction
def withdraw_request(*, request_id: int, actor: Actor, now: datetime) -> DataRequest:
    """Take back what one asked oneself. Raises NotFound, RequestAnswered."""
    own = DataRequest.objects.filter(person=get_own_person(actor))
    asked = own.select_for_update(of=("self",)).filter(pk=request_id).first()
    if asked is None:
        raise NotFound
    _check_waiting(asked)
    asked.state, asked.answered_at = RequestState.WITHDRAWN, now
    asked.save(update_fields=["state", "answered_at"])
    _record(asked, DataRequestWithdrawn(asked.pk), actor, now)
    return asked


@opens_transaction
def take_copy(*, actor: Actor, now: datetime) -> DataRequest:
    """Record that a person took a copy of their data, which is granted at once.

    Raises NotFound for whoever is not a registered person.
    """
    person = get_own_person(actor)
    made = DataRequest.objects.create(
        person=person,
        kind=RequestKind.COPY,
        state=RequestState.GRANTED,
        asked_at=now,
        answered_at=now,
    )
    _record(made, DataRequestMade(made.pk, RequestKind.COPY), actor, now)
    return made


@opens_transaction
def answer_request(
    *, request_id: int, is_granted: bool, answer: str, actor: Actor, now: datetime
) -> DataRequest:
    """Grant a request that was met, or refuse it with the ground.

    Raises NotFound, NotPermitted, RequestAnswered, GroundMissing.
    """
    rows = DataRequest.objects.select_for_update(of=("self",))
    asked = rows.select_related("person").filter(pk=request_id).first()
    if asked is None:
        raise NotFound
    permissions.check_answer_request(actor, asked)
    _check_waiting(asked)
    if not is_granted and not answer.strip():
        raise GroundMissing
    asked.state = RequestState.GRANTED if is_granted else RequestState.REFUSED
    asked.answer = answer.strip()
    asked.answered_by, asked.answered_by_label = actor.account_id, actor.label
    asked.answered_at = now
    asked.save()
    _record(asked, DataRequestAnswered(asked.pk, asked.state), actor, now)
    return asked


def _check_waiting(asked: DataRequest) -> None:
    if asked.state != RequestState.WAITING:
        on = today(asked.answered_at) if asked.answered_at else ""
        raise RequestAnswered(on=on)


@needs_transaction
def _record(request: DataRequest, event: Event, actor: Actor, now: datetime) -> None:
    record(event, subject=subject("person", request.person_id), actor=actor, at=now)
