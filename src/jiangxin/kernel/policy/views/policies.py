"""The policies themselves: the list, and each as a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Bar, Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.policy import permissions
from jiangxin.kernel.policy.enums import Subject, Verdict
from jiangxin.kernel.policy.queries import matches, organisations, quotas
from jiangxin.kernel.policy.queries.matches import Reach
from jiangxin.kernel.policy.registry import attribute, policies, policy
from jiangxin.kernel.policy.registry.wording import (
    limit_of,
    limit_value,
    money,
    named,
    say,
    shown,
)
from jiangxin.kernel.policy.rules.tree import Case, Group, Leaf, Parameter, Policy
from jiangxin.kernel.policy.views import answers, terms
from jiangxin.kernel.policy.views.answers import TONES, PolicyText

MOST_REGIONS = 10


@dataclass(frozen=True)
class Line:
    policy: PolicyText
    region: str
    reach: Reach
    people_url: str
    is_about_people: bool


@login_required
@require_safe
def policy_list(request: Request) -> HttpResponse:
    permissions.check_view_policies(request.actor)
    reached = _reach(request)
    lines = [
        Line(
            answers.policy_text(one),
            answers.region_text(one),
            reached.get(one.code, Reach()),
            _people_url(one),
            one.subject is Subject.PERSON,
        )
        for one in policies()
    ]
    sees_drafts = permissions.can_see_drafts(request.actor)
    context = {
        "lines": lines,
        "last_run": matches.last_run(),
        "drafts": reverse("policy:draft-list") if sees_drafts else "",
    }
    return page(request, "policy/policy_list.html", context)


@login_required
@require_safe
def policy_detail(request: Request, code: str) -> HttpResponse:
    permissions.check_view_policies(request.actor)
    chosen = policy(code)
    on = today(request.now)
    is_about_people = chosen.subject is Subject.PERSON
    regions = matches.by_region(request.actor, code, MOST_REGIONS)
    people_url = _people_url(chosen)
    context = {
        "policy": answers.policy_text(chosen),
        "facts": answers.facts(chosen),
        "reach": _reach(request).get(code, Reach()),
        "people_url": people_url,
        "is_about_people": is_about_people,
        "conditions": [_condition(one, on) for one in chosen.conditions],
        "grants": terms.lines(chosen, on),
        "terms": terms.terms(chosen, on, quotas.remaining_of([chosen], on)),
        "parameters": _parameters(chosen),
        "cases": [_case(one) for one in chosen.cases],
        "regions": [
            Bar(name, people, url=f"{people_url}?region={region}")
            for region, name, people in regions
        ],
        "may_change": permissions.can_edit(request.actor, chosen.region),
        "crumbs": [Crumb(_("Policies"), reverse("policy:policy-list"))],
    }
    return page(request, "policy/policy_detail.html", context)


def _reach(request: Request) -> Mapping[str, Reach]:
    return organisations.reach_of_all(request.actor, today(request.now))


def _people_url(chosen: Policy) -> str:
    """Where those it serves are listed."""
    is_about_people = chosen.subject is Subject.PERSON
    name = "policy-people" if is_about_people else "policy-organisations"
    return reverse(f"policy:{name}", args=[chosen.code])


@dataclass(frozen=True)
class ConditionText:
    says: str
    limit: str
    clause: str
    members: list["ConditionText"]


def _condition(condition: Leaf | Group, on: date) -> ConditionText:
    if isinstance(condition, Group):
        members = [_condition(member, on) for member in condition.members]
        limit = str(condition.junction.label)
    else:
        members = []
        limit = named(condition, limit_of(condition, on))
    return ConditionText(say(condition.says), limit, condition.clause, members)


@dataclass(frozen=True)
class ParameterText:
    title: str
    value: str
    start: date
    source: str


def _parameters(chosen: Policy) -> list[ParameterText]:
    leaves = [*chosen.leaves(), *(leaf for row in chosen.rows for leaf in row.leaves())]
    used = {leaf.given: leaf for leaf in leaves if isinstance(leaf.given, Parameter)}
    return [
        ParameterText(
            say(parameter.title),
            limit_value(used[parameter], dated.value)
            if parameter in used
            else terms.figure(parameter, dated),
            dated.start,
            dated.source,
        )
        for parameter in chosen.parameters()
        for dated in reversed(parameter.values)
    ]


@dataclass(frozen=True)
class CaseText:
    says: str
    on: date
    values: list[tuple[Text, str]]
    verdict: Verdict
    tone: str
    gives: str


def _case(case: Case) -> CaseText:
    known = [(attribute(key), value) for key, value in case.profile.items()]
    values = [(one.label, shown(one, value)) for one, value in known]
    gives = "" if case.fen is None else money(case.fen)
    tone = TONES[case.expect]
    return CaseText(say(case.says), case.on, values, case.expect, tone, gives)
