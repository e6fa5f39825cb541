"""Answers that were kept, and the policies as they stood."""

import json

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.models import FrozenAnswer
from jiangxin.kernel.policy.permissions import check_view_policies
from jiangxin.kernel.policy.queries.explanations import get_person


def frozen_answers_of(person_id: int, policy_code: str) -> QuerySet[FrozenAnswer]:
    """Return the answers of one policy kept about a person, the latest first."""
    kept = FrozenAnswer.objects.filter(person=person_id, text__code=policy_code)
    return kept.select_related("text").order_by("-at", "-pk")


def get_frozen_answer(frozen_id: int, *, visible_to: Actor) -> FrozenAnswer:
    """Return a kept answer about somebody the actor may see. Raises NotFound."""
    check_view_policies(visible_to)
    kept = FrozenAnswer.objects.select_related("text", "organisation")
    found = kept.filter(pk=frozen_id).first()
    if found is None:
        raise NotFound
    if found.person_id is not None:
        get_person(found.person_id, visible_to=visible_to)
    return found


def frozen_of_person(person_id: int) -> list[dict[str, object]]:
    """Return what was kept about a person, for the copy of their data."""
    kept = FrozenAnswer.objects.filter(person=person_id).order_by("at", "pk")
    names = ("text__code", "text__version", "on", "at", "verdict", "content")
    return [
        {**row, "content": json.dumps(row["content"], ensure_ascii=False)}
        for row in kept.values(*names)
    ]
