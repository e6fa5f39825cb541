"""People by pages, each beginning after the last number of the one before.

So a page costs the same wherever it lies, and nobody is missed or met twice when
somebody else comes or goes meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.policy.permissions import VIEW
from jiangxin.kernel.policy.queries.matches import open_matches
from jiangxin.kernel.policy.queries.profiles import attributes_of, profiles
from jiangxin.kernel.policy.rules.explaining import Explanation, explain
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.queries.visibility import people_visible_to


class NotAboutPeople(Refused):
    code = "policy.not_about_people"
    text = _("This policy is about organisations: it cannot be asked about people.")


@dataclass(frozen=True)
class ServedPeople:
    """next: the number to go on after; None on the last page."""

    matches: list[PolicyMatch]
    next: int | None


@dataclass(frozen=True)
class AskedPeople:
    """answers: by person number, in its order. next: as above."""

    answers: dict[int, Explanation]
    next: int | None


def served_people(
    actor: Actor, policy_code: str, *, after: int, limit: int
) -> ServedPeople:
    """Return whom a policy serves, of those the actor may see, in order of number."""
    found = open_matches(actor, policy_code).filter(person_id__gt=after)
    matches = list(found.order_by("person_id")[: limit + 1])
    page = matches[:limit]
    is_last = len(matches) <= limit
    return ServedPeople(page, None if is_last else page[-1].person_id)


def asked_people(
    actor: Actor, policy: Policy, *, on: date, after: int, limit: int
) -> AskedPeople:
    """Ask a policy about everybody the actor may see, in order of number.

    Raises NotAboutPeople.
    """
    visible = people_visible_to(actor, VIEW).filter(pk__gt=after)
    ids = list(visible.order_by("pk").values_list("pk", flat=True)[: limit + 1])
    page = ids[:limit]
    is_last = len(ids) <= limit
    return AskedPeople(_answers(page, policy, on), None if is_last else page[-1])


def asked_of(
    actor: Actor, policy: Policy, person_ids: Sequence[int], *, on: date
) -> AskedPeople:
    """Ask a policy about these people, as far as the actor may see them.

    Raises NotAboutPeople.
    """
    visible = people_visible_to(actor, VIEW).filter(pk__in=person_ids)
    ids = list(visible.values_list("pk", flat=True))
    return AskedPeople(_answers(ids, policy, on), None)


def _answers(
    person_ids: Sequence[int], policy: Policy, on: date
) -> dict[int, Explanation]:
    if policy.subject is not Subject.PERSON:
        raise NotAboutPeople
    read = attributes_of([policy])
    people = Person.objects.filter(pk__in=person_ids)
    rows = {person_id: values for person_id, *values in profiles(people, read, on)}
    keys = [one.key for one in read]
    return {
        person_id: explain(policy, dict(zip(keys, rows[person_id], strict=True)), on)
        for person_id in sorted(rows)
    }
