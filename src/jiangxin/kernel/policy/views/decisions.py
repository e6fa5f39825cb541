"""Decisions by what a policy says of a person: deciding, and the list of them."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.policy import permissions
from jiangxin.kernel.policy.enums import Decision, Subject
from jiangxin.kernel.policy.forms.decisions import DecisionForm
from jiangxin.kernel.policy.models import FrozenAnswer
from jiangxin.kernel.policy.operations import deciding
from jiangxin.kernel.policy.queries import explanations, frozen, quotas
from jiangxin.kernel.policy.registry import policies, policies_about, policy_about
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.views import answers, terms
from jiangxin.kernel.policy.views.people import crumbs_of
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.views.acts import ActPage, act_page


@login_required
def policy_decide(request: Request, code: str, person_id: int) -> HttpResponse:
    """Decide by today's answer, which is shown above the form."""
    permissions.check_view_policies(request.actor)
    chosen = policy_about(Subject.PERSON, code)
    person = explanations.get_person(person_id, visible_to=request.actor)
    permissions.check_decide(request.actor, person.region_code)

    def act(given: dict[str, Any]) -> FrozenAnswer:
        return deciding.decide(
            code=code,
            person_id=person.pk,
            decision=Decision(given["decision"]),
            remark=given["remark"],
            actor=request.actor,
            now=request.now,
        )

    return act_page(
        request,
        DecisionForm(request.POST or None),
        act,
        _shown(chosen, person),
        url_after=lambda kept: reverse("policy:frozen-answer", args=[kept.pk]),
        template="policy/policy_decide.html",
        extra=_rests_on(chosen, person, today(request.now)),
    )


def _shown(chosen: Policy, person: Person) -> ActPage:
    back = reverse("policy:policy-person", args=[chosen.code, person.pk])
    title = answers.policy_text(chosen).title
    return ActPage(
        title=_("Decide: %(person)s, %(policy)s")
        % {"person": person.name, "policy": title},
        submit=_("Decide and keep the answer"),
        done=_("The decision was made and the answer kept."),
        back_url=back,
        purpose=_("The answer is kept as it is today, with all it rests on."),
        crumbs=[*crumbs_of(chosen), Crumb(person.name, back)],
    )


def _rests_on(chosen: Policy, person: Person, on: date) -> dict[str, object]:
    (answer,) = explanations.explanations_of(person.pk, on=on, policies=[chosen])
    return {
        "answer": answers.answer(answer, person_id=person.pk),
        "left": terms.left_of(chosen, quotas.remaining_of([chosen], on)),
        "granted": frozen.standing_grant(chosen, person.pk, on),
    }


def _title(kept: FrozenAnswer) -> str:
    titles = {one.code: one.title for one in policies()}
    title = titles.get(kept.text.code)
    return say(title) if title else kept.text.code


def _policies(_request: HttpRequest) -> list[tuple[str, Text]]:
    return [(one.code, say(one.title)) for one in policies_about(Subject.PERSON)]


DECISIONS = Listing(
    key="policy-decisions",
    columns=[
        Column(
            "name",
            gettext_lazy("Name"),
            value="person.name",
            sort=("person__name_pinyin",),
            link=lambda kept: reverse("policy:frozen-answer", args=[kept.pk]),
        ),
        Column("policy", gettext_lazy("Policy"), _title, sort=("text__code",)),
        Column("decision", gettext_lazy("Decision"), value="get_decision_display"),
        Column("verdict", gettext_lazy("Answer"), value="get_verdict_display"),
        Column("remark", gettext_lazy("Reason")),
        Column("decided_by", gettext_lazy("Officer who decided")),
        Column("at", gettext_lazy("Date of the decision"), sort=("at",), align="end"),
    ],
    filters=[
        Search(("person__name__contains", "person__name_pinyin__startswith")),
        ChoiceFilter("policy", gettext_lazy("Policy"), _policies, lookup="text__code"),
        ChoiceFilter("decision", gettext_lazy("Decision"), Decision.choices),
        DateRangeFilter("at", gettext_lazy("Date of the decision"), field="at__date"),
    ],
    sort="-at",
    export=True,
    noun=gettext_lazy("decisions"),
    is_personal=True,
)


@login_required
@answers_personal_list
def decision_list(request: Request) -> HttpResponseBase:
    return listing_page(
        request,
        DECISIONS,
        queryset=frozen.decisions_visible_to(request.actor),
        title=_("Decisions by policies"),
        purpose=_("What was granted or declined at the desk, each with its answer."),
        empty=Empty(
            _("Nothing decided yet"),
            _("Open a person's answer to a policy and press Decide."),
            icon="clipboard-check",
        ),
        crumbs=[Crumb(_("Policies"), reverse("policy:policy-list"))],
    )
