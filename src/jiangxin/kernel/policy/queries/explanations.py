"""What every policy says about one person, and why."""

from collections.abc import Sequence
from datetime import date

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.enums import Subject, Verdict
from jiangxin.kernel.policy.permissions import VIEW, check_view_own
from jiangxin.kernel.policy.queries.one_profile import profile_of
from jiangxin.kernel.policy.queries.timelines import turns_of
from jiangxin.kernel.policy.registry import policies_about
from jiangxin.kernel.policy.rules.explaining import Explanation, explain
from jiangxin.kernel.policy.rules.settling import Claim, Settled, settle
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.queries.visibility import people_visible_to

# What serves a person comes first, then what they could do something about.
ORDER = (
    Verdict.ELIGIBLE,
    Verdict.NEED_INFORMATION,
    Verdict.NOT_ELIGIBLE,
    Verdict.NOT_APPLICABLE,
)


def get_person(person_id: int, *, visible_to: Actor) -> Person:
    """Return a person whose answers the actor may see. Raises NotFound."""
    visible = people_visible_to(visible_to, VIEW).defer("phone", "id_number")
    person = visible.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def explanations_of(
    person_id: int, *, on: date, policies: Sequence[Policy] | None = None
) -> list[Explanation]:
    """Return an answer from each policy, in the order of `ORDER`; one query.

    policies: None for all. Raises NotFound.
    """
    chosen = policies_about(Subject.PERSON) if policies is None else policies
    profile = profile_of(person_id, chosen, on)
    answers = [explain(policy, profile, on) for policy in chosen]
    return sorted(answers, key=lambda answer: ORDER.index(answer.verdict))


def explanations_of_organisation(
    organisation_id: int, *, on: date, policies: Sequence[Policy] | None = None
) -> list[Explanation]:
    """Return an answer from each policy about organisations. Raises NotFound.

    policies: None for all.
    """
    chosen = policies_about(Subject.ORGANISATION) if policies is None else policies
    profile = profile_of(organisation_id, chosen, on, Subject.ORGANISATION)
    answers = [explain(policy, profile, on) for policy in chosen]
    return sorted(answers, key=lambda answer: ORDER.index(answer.verdict))


def own_explanations(actor: Actor, *, on: date) -> list[Explanation]:
    """Return what the policies say about the actor. Raises NotPermitted, NotFound."""
    check_view_own(actor)
    if actor.person_id is None:
        raise NotFound
    return explanations_of(actor.person_id, on=on)


def own_turns(actor: Actor, *, on: date) -> dict[str, Explanation]:
    """Return by code the actor's next answers that differ. Raises as above."""
    check_view_own(actor)
    if actor.person_id is None:
        raise NotFound
    return turns_of(actor.person_id, policies_about(Subject.PERSON), on)


def settled(answers: Sequence[Explanation], *, on: date) -> dict[str, Settled]:
    """Return by code what becomes of the policies that one person is eligible for."""
    claims = [
        Claim(answer.policy, answer.grant.fen if answer.grant else None)
        for answer in answers
        if answer.verdict is Verdict.ELIGIBLE
    ]
    return {one.claim.policy.code: one for one in settle(claims, on)}
