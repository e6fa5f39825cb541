"""What people ask about their own data, and answering it.

A simple list, and no matter (ADR 0029): a request waits, then is granted or
refused with the ground, which PIPL articles 45 to 47 and 50 require.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import Event, subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.privacy import permissions
from jiangxin.kernel.privacy.enums import RequestKind, RequestState
from jiangxin.kernel.privacy.events import DataRequestAnswered, DataRequestMade
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.register.queries.visibility import get_own_person


class RequestWaiting(Refused):
    code = "privacy.request_waiting"
    text = _("You asked for this already, and it waits for an answer.")


class RequestAnswered(Refused):
    code = "privacy.request_answered"
    text = _("This request was answered on %(on)s. The person may ask anew.")


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
    asked = DataRequest.objects.filter(person=person, kind=kind)
    if asked.filter(state=RequestState.WAITING).exists():
        raise RequestWaiting
    made = DataRequest.objects.create(
        person=person, kind=kind, text=text.strip(), asked_at=now
    )
    _record(made, DataRequestMade(made.pk, kind), actor, now)
    return made


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
    if asked.state != RequestState.WAITING:
        on = asked.answered_at.date() if asked.answered_at else ""
        raise RequestAnswered(on=on)
    if not is_granted and not answer.strip():
        raise GroundMissing
    asked.state = RequestState.GRANTED if is_granted else RequestState.REFUSED
    asked.answer = answer.strip()
    asked.answered_by, asked.answered_by_label = actor.account_id, actor.label
    asked.answered_at = now
    asked.save()
    _record(asked, DataRequestAnswered(asked.pk, asked.state), actor, now)
    return asked


@needs_transaction
def _record(request: DataRequest, event: Event, actor: Actor, now: datetime) -> None:
    record(event, subject=subject("person", request.person_id), actor=actor, at=now)
