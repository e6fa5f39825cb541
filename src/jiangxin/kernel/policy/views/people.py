"""Whom a policy serves, and why it does or does not serve one person."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.ui.components import Crumb, Empty, Moment
from jiangxin.foundation.web import Request, page
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
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import OrganisationMatch, PolicyMatch
from jiangxin.kernel.policy.queries import (
    explanations,
    frozen,
    matches,
    quotas,
    refusals,
    timelines,
)
from jiangxin.kernel.policy.registry import policy_about
from jiangxin.kernel.policy.registry.because import because
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.views import answers, terms


def person_url(match: PolicyMatch) -> str:
    return reverse("policy:policy-person", args=[match.policy_code, match.person_id])


def person_number(match: PolicyMatch) -> str:
    """As people quote it: a text, since a number would be shown with separators."""
    return str(match.person_id)


def because_of(match: PolicyMatch) -> str:
    return because(match.gained_because)


def _code(request: HttpRequest) -> str:
    """The policy of the page, for parts of a listing that are handed the request."""
    return str(request.resolver_match.kwargs["code"]) if request.resolver_match else ""


def _regions(request: HttpRequest) -> list[tuple[str, str]]:
    actor = cast("Request", request).actor
    return matches.regions_served(actor, _code(request))


# Shown only of those who refuse, in what staff may have to heed before they call.
REFUSING = Column(
    "refusing",
    gettext_lazy("Telling them"),
    "is_refusing",
    template="policy/_refusing.html",
    export=lambda match: (
        gettext("Does not wish to be told") if match.is_refusing else ""
    ),
)

PEOPLE = Listing(
    key="policy-people",
    columns=[
        Column(
            "name",
            gettext_lazy("Name"),
            value="person.name",
            sort=("person__name_pinyin",),
            link=person_url,
        ),
        Column("person", gettext_lazy("Person number"), value=person_number),
        Column("employer", gettext_lazy("Employer"), sort=("employer",)),
        Column("region", gettext_lazy("Region"), sort=("region_code",)),
        Column("valid_from", gettext_lazy("Since"), sort=("valid_from",), align="end"),
        Column("because", gettext_lazy("Because"), value=because_of),
        REFUSING,
    ],
    filters=[
        Search(("person__name__contains", "person__name_pinyin__startswith")),
        Search(("employer__contains",), label=gettext_lazy("Employer"), key="employer"),
        ChoiceFilter("region", gettext_lazy("Region"), _regions, lookup="region_code"),
        DateRangeFilter("since", gettext_lazy("Since"), field="valid_from"),
    ],
    sort="-valid_from",
    export=True,
    noun=gettext_lazy("people"),
    is_personal=True,
)


@login_required
@answers_personal_list
def policy_people(request: Request, code: str) -> HttpResponseBase:
    permissions.check_view_policies(request.actor)
    chosen = policy_about(Subject.PERSON, code)
    text = answers.policy_text(chosen)
    return listing_page(
        request,
        PEOPLE,
        queryset=matches.open_matches(request.actor, code),
        title=_("Served by: %(policy)s") % {"policy": text.title},
        purpose=text.summary,
        empty=Empty(
            _("This policy serves nobody here yet"),
            _("As soon as somebody's record meets all its conditions, they appear."),
            icon="users",
        ),
        crumbs=crumbs_of(chosen),
        context={"policy": text},
        template="policy/policy_people.html",
    )


@login_required
@require_safe
def policy_person(request: Request, code: str, person_id: int) -> HttpResponse:
    """The answer for anybody the actor may see, served or not, as of any day."""
    permissions.check_view_policies(request.actor)
    chosen = policy_about(Subject.PERSON, code)
    person = explanations.get_person(person_id, visible_to=request.actor)
    on = day_of(request)
    explanation = explanations.explanations_of(person.pk, on=on, policies=[chosen])[0]
    turn = timelines.turns_of(person.pk, [chosen], on).get(code)
    context = {
        "person": person,
        "answer": answers.answer(explanation, turn=turn, person_id=person.pk),
        "facts": answers.facts(chosen),
        "on": on,
        "history": moments_of(matches.history(person.pk, code)),
        "refuses": refusals.refuses(person.pk, code),
        "may_decide": permissions.can_decide(request.actor, person.region_code),
        "left": terms.left_of(
            chosen, quotas.remaining_of([chosen], today(request.now))
        ),
        "kept": frozen.frozen_answers_of(person.pk, code),
        "crumbs": [
            *crumbs_of(chosen),
            Crumb(_("Who is served"), reverse("policy:policy-people", args=[code])),
        ],
    }
    return page(request, "policy/policy_person.html", context)


def crumbs_of(chosen: Policy) -> list[Crumb]:
    text = answers.policy_text(chosen)
    return [
        Crumb(_("Policies"), reverse("policy:policy-list")),
        Crumb(text.title, text.url),
    ]


def day_of(request: Request) -> date:
    """The day asked about; today when none, or none that can be read, is given."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today(request.now)


def moments_of(
    history: Iterable[PolicyMatch | OrganisationMatch],
) -> list[Moment]:
    """Return since when and until when somebody was served, and because of what."""
    moments = []
    for match in history:
        if match.valid_to:
            why = because(match.lost_because)
            ended = Moment(match.valid_to, _("No longer served"), text=why, tone="off")
            moments.append(ended)
        version = _("version %(version)s") % {"version": match.policy_version}
        why = " · ".join(filter(None, (version, because(match.gained_because))))
        moments.append(
            Moment(match.valid_from, _("Served from this day"), text=why, tone="ok")
        )
    return moments
