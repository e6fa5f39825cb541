"""Asking about a service, answering within the days, publishing what many ask."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import SYSTEM, Actor
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.counter import declared, permissions
from jiangxin.kernel.counter.events import QuestionActed
from jiangxin.kernel.counter.models import Hall, Question


class AnsweredAlready(Refused):
    code = "counter.answered_already"
    text = _("%(who)s has answered this question meanwhile.")


class NotAnsweredYet(Refused):
    code = "counter.not_answered_yet"
    text = _(
        "Answer it first; then publish question and answer in words for everybody."
    )


@dataclass(frozen=True)
class Asked:
    hall_id: int
    service: str
    text: str
    name: str = ""
    phone: str = ""


@opens_transaction
def ask_question(asked: Asked, *, now: datetime) -> Question:
    """Keep a question; from the next day on the days to answer it run. Raises NotFound."""
    hall = Hall.objects.filter(pk=asked.hall_id, is_open=True).first()
    if hall is None:
        raise NotFound
    days = declared.term(declared.ANSWER_DAYS, on=today(now)).value
    question = Question.objects.create(
        hall=hall,
        service=asked.service,
        token=token_urlsafe(32),
        text=asked.text.strip(),
        contact_name=asked.name.strip(),
        contact_phone=asked.phone.strip(),
        asked_at=now,
        due_on=calendar().add_working_days(today(now), days).on,
    )
    _record(question, "asked", SYSTEM, now)
    return question


@opens_transaction
def answer_question(
    *, question_id: int, answer: str, actor: Actor, now: datetime
) -> Question:
    """Answer once. Raises NotFound, NotPermitted, AnsweredAlready."""
    question = _lock(question_id, actor)
    if question.answered_at is not None:
        raise AnsweredAlready(who=question.answered_by)
    question.answer = answer.strip()
    question.answered_at, question.answered_by = now, actor.label
    question.save()
    _record(question, "answered", actor, now)
    return question


@opens_transaction
def publish_question(
    *, question_id: int, question: str, answer: str, actor: Actor, now: datetime
) -> Question:
    """Publish it in words of the desk's own, or anew. Raises as above, NotAnsweredYet."""
    found = _lock(question_id, actor)
    if found.answered_at is None:
        raise NotAnsweredYet
    found.public_question, found.public_answer = question.strip(), answer.strip()
    found.published_at = now
    found.save()
    _record(found, "published", actor, now)
    return found


@opens_transaction
def withdraw_question(*, question_id: int, actor: Actor, now: datetime) -> Question:
    """Publish it no longer. Raises NotFound, NotPermitted."""
    found = _lock(question_id, actor)
    if found.published_at is not None:
        found.published_at = None
        found.save(update_fields=["published_at"])
        _record(found, "withdrawn", actor, now)
    return found


def forget_askers(before: datetime) -> int:
    """Empty what names who asked, of questions answered before; return how many."""
    return _to_forget(before).update(
        contact_name="", contact_phone="", text="", forgotten_at=before
    )


def count_askers(before: datetime) -> int:
    return _to_forget(before).count()


def _to_forget(before: datetime) -> QuerySet[Question]:
    return Question.objects.filter(answered_at__lt=before, forgotten_at__isnull=True)


@needs_transaction
def _lock(question_id: int, actor: Actor) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("hall")
    found = rows.filter(pk=question_id).first()
    if found is None:
        raise NotFound
    permissions.check_at_hall(actor, permissions.ANSWER, found.hall)
    return found


@needs_transaction
def _record(question: Question, act: str, actor: Actor, now: datetime) -> None:
    record(
        QuestionActed(act, question.service),
        subject=subject("question", question.pk),
        actor=actor,
        at=now,
    )
