"""What policies add to the pages of other parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jiangxin.foundation.actor import Actor, holds
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.enums import Subject, Verdict
from jiangxin.kernel.policy.permissions import VIEW, can_view_own
from jiangxin.kernel.policy.queries import explanations, matches, organisations
from jiangxin.kernel.policy.registry import policies_about
from jiangxin.kernel.policy.views import answers
from jiangxin.kernel.policy.views.answers import Answer, PolicyText
from jiangxin.kernel.register.models import Organisation, RosterImport
from jiangxin.kernel.register.registry import PanelFor


@dataclass(frozen=True)
class Served:
    """Of the people of a roster, how many a policy serves, and who they are."""

    policy: PolicyText
    eligible: int
    gained: int
    lost: int
    people_url: str


def roster_panel(roster_id: int, actor: Actor) -> list[Served]:
    """Whom of a roster's people the policies serve, as its import found them."""
    run = matches.last_run_for(f"roster:{roster_id}")
    if run is None or not holds(actor, VIEW):
        return []
    employer = _employer(roster_id)
    served = []
    for policy in policies_about(Subject.PERSON):
        counts = run.counts.get(policy.code)
        if counts:
            url = reverse("policy:policy-people", args=[policy.code])
            narrowed = f"{url}?{urlencode({'employer': employer.name})}"
            served.append(
                Served(answers.policy_text(policy), **counts, people_url=narrowed)
            )
    return served


def _employer(roster_id: int) -> Organisation:
    """A union's roster lists the people of the employer it belongs to."""
    roster = RosterImport.objects.select_related("organisation__employer").get(
        pk=roster_id
    )
    return roster.organisation.employer or roster.organisation


def person_panel(panel: PanelFor) -> Mapping[str, Any] | None:
    """What each policy says about a person, on their page at the desk."""
    try:
        explanations.get_person(panel.id, visible_to=panel.actor)
    except NotFound:
        return None
    found = explanations.explanations_of(panel.id, on=panel.on)
    shown = [answers.answer(one) for one in found]
    return {
        "person_id": panel.id,
        "answers": [one for one in shown if not one.is_folded],
    }


def organisation_panel(panel: PanelFor) -> Mapping[str, Any] | None:
    """What each policy says about an organisation, on its page at the desk."""
    try:
        organisations.get_organisation(panel.id, visible_to=panel.actor)
    except NotFound:
        return None
    found = explanations.explanations_of_organisation(panel.id, on=panel.on)
    shown = [answers.answer(one) for one in found]
    return {
        "organisation_id": panel.id,
        "answers": [one for one in shown if not one.is_folded],
    }


def portal_panel(actor: Actor, now: datetime) -> Mapping[str, object] | None:
    """What the worker is entitled to, on their home page."""
    if not can_view_own(actor):
        return None
    try:
        own = explanations.own_explanations(actor, on=today(now))
    except NotFound:
        return None
    shown = [answers.answer(one) for one in own]
    return {
        "eligible": _with(shown, Verdict.ELIGIBLE),
        "undecided": _with(shown, Verdict.NEED_INFORMATION),
    }


def _with(shown: list[Answer], verdict: Verdict) -> list[Answer]:
    return [one for one in shown if one.verdict is verdict]


# What a step on a ladder is told by, in the profile.
_LADDER_ATTRIBUTES = ("skill_grade", "credential_grade__craftsman_title")
_STEPS_SHOWN = 3


def passport_panel(panel: PanelFor) -> Mapping[str, Any] | None:
    """The nearest steps that policies open to skills, and what is short of each."""
    if not can_view_own(panel.actor):
        return None
    steps = [
        answers.answer(one)
        for one in explanations.explanations_of(panel.id, on=panel.on)
        if one.verdict in {Verdict.NOT_ELIGIBLE, Verdict.NEED_INFORMATION}
        and any(key.startswith(_LADDER_ATTRIBUTES) for key in one.policy.attributes())
    ]
    nearest = sorted(steps, key=answers.nearness)[:_STEPS_SHOWN]
    return {"steps": nearest} if nearest else None
