"""Questions as the public and the desk see them."""

from datetime import datetime

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.counter.models import Hall, Question
from jiangxin.kernel.counter.permissions import ANSWER
from jiangxin.kernel.counter.queries.halls import halls_visible_to


def published(hall: Hall) -> QuerySet[Question]:
    rows = hall.questions.filter(published_at__isnull=False)
    return rows.order_by("service", "-published_at")


def questions_visible_to(actor: Actor) -> QuerySet[Question]:
    halls = halls_visible_to(actor, ANSWER)
    return Question.objects.select_related("hall").filter(hall__in=halls.values("pk"))


def get_question(question_id: int, *, visible_to: Actor) -> Question:
    """Raises NotFound, also for questions of other places."""
    found = questions_visible_to(visible_to).filter(pk=question_id).first()
    if found is None:
        raise NotFound
    return found


def question_of(token: str) -> Question:
    """Return the question of an address that only its asker has. Raises NotFound."""
    found = Question.objects.select_related("hall").filter(token=token).first()
    if found is None:
        raise NotFound
    return found


def count_open(actor: Actor, now: datetime) -> int:
    del now  # waiting has no time of its own
    return questions_visible_to(actor).filter(answered_at__isnull=True).count()
