"""Answers that were kept, and the policies as they stood."""

import json
from datetime import date

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.enums import Decision, Period
from jiangxin.kernel.policy.models import FrozenAnswer
from jiangxin.kernel.policy.permissions import VIEW, check_view_policies
from jiangxin.kernel.policy.queries.explanations import get_person
from jiangxin.kernel.policy.rules.periods import begins_on
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.queries.visibility import people_visible_to


def frozen_answers_of(person_id: int, policy_code: str) -> QuerySet[FrozenAnswer]:
    """Return the answers of one policy kept about a person, the latest first."""
    kept = FrozenAnswer.objects.filter(person=person_id, text__code=policy_code)
    return kept.select_related("text").order_by("-at", "-pk")


def get_frozen_answer(frozen_id: int, *, visible_to: Actor) -> FrozenAnswer:
    """Return a kept answer about somebody the actor may see. Raises NotFound."""
    check_view_policies(visible_to)
    kept = FrozenAnswer.objects.select_related("text", "organisation", "person")
    kept = kept.defer("person__phone", "person__id_number")
    found = kept.filter(pk=frozen_id).first()
    if found is None:
        raise NotFound
    if found.person_id is not None:
        get_person(found.person_id, visible_to=visible_to)
    return found


def standing_grant(policy: Policy, person_id: int, on: date) -> FrozenAnswer | None:
    """Return what was granted in the period of a day and not taken back since."""
    kept = frozen_answers_of(person_id, policy.code).exclude(decision="")
    of_period = kept.filter(on__gte=grant_period(policy, on)).exclude(
        decision=Decision.DECLINED
    )
    last = of_period.first()
    return last if last and last.decision == Decision.GRANTED else None


def grant_period(policy: Policy, on: date) -> date:
    """Return since when something may have been granted only once."""
    period = policy.grants.period if policy.grants else Period.ONCE
    return begins_on(period, on, first=date.min)


def decisions_visible_to(actor: Actor) -> QuerySet[FrozenAnswer]:
    """Return what was decided about people the actor may see."""
    check_view_policies(actor)
    decided = FrozenAnswer.objects.exclude(decision="").select_related("text", "person")
    people = people_visible_to(actor, VIEW).values("pk")
    found = decided.filter(person__in=people)
    return found.defer("content", "text__text", "person__phone", "person__id_number")


def frozen_of_person(person_id: int) -> list[dict[str, object]]:
    """Return what was kept about a person, for the copy of their data."""
    kept = FrozenAnswer.objects.filter(person=person_id).order_by("at", "pk")
    names = (
        *("text__code", "text__version", "on", "at", "verdict"),
        *("decision", "remark", "content"),
    )
    return [
        {**row, "content": json.dumps(row["content"], ensure_ascii=False)}
        for row in kept.values(*names)
    ]
