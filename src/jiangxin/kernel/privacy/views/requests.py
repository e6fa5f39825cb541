"""At the desk: what people ask about their own data."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.privacy import permissions
from jiangxin.kernel.privacy.enums import RequestKind, RequestState
from jiangxin.kernel.privacy.forms import RequestAnswer, RequestRecord
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.privacy.operations.requests import (
    AtCounter,
    answer_request,
    record_request,
)
from jiangxin.kernel.privacy.queries.requests import (
    get_request,
    requests_visible_to,
    with_overdue,
)
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.queries.visibility import people_visible_to
from jiangxin.kernel.register.views.acts import ActPage, act_page


def _url(asked: DataRequest) -> str:
    return reverse("privacy:request-answer", args=[asked.pk])


REQUESTS = Listing(
    key="data-requests",
    columns=[
        Column("asked_at", gettext_lazy("Asked at"), sort=("asked_at",), link=_url),
        Column("person", gettext_lazy("Person"), "person.name"),
        Column(
            "number", gettext_lazy("Person number"), lambda asked: str(asked.person_id)
        ),
        Column("kind", gettext_lazy("Request"), "get_kind_display"),
        Column(
            "state",
            gettext_lazy("State"),
            "get_state_display",
            sort=("state",),
            template="privacy/_request_state.html",
        ),
        Column("due_on", gettext_lazy("Answer due"), sort=("due_on",)),
        Column("recorded_by", gettext_lazy("Recorded by"), "recorded_by_label"),
        Column("answered_by", gettext_lazy("Answered by"), "answered_by_label"),
        Column("answered_at", gettext_lazy("Answered at"), sort=("answered_at",)),
    ],
    filters=[
        ChoiceFilter("state", gettext_lazy("State"), RequestState.choices),
        ChoiceFilter("kind", gettext_lazy("Request"), RequestKind.choices),
        DateRangeFilter("asked", gettext_lazy("Asked at"), field="asked_at__date"),
        DateRangeFilter("due", gettext_lazy("Answer due"), field="due_on"),
    ],
    sort="-asked_at",
    export=True,
    is_personal=True,
    noun=gettext_lazy("requests"),
)


def _crumb() -> Crumb:
    return Crumb(_("Requests about data"), reverse("privacy:request-list"))


@login_required
@answers_personal_list
def request_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.ANSWER_REQUESTS)
    return listing_page(
        request,
        REQUESTS,
        queryset=with_overdue(requests_visible_to(request.actor), today(request.now)),
        title=_("Requests about data"),
        purpose=_("What people ask about their own data, and what they were told."),
        crumbs=[_crumb()],
        empty=Empty(_("Nobody asked for anything yet"), icon="inbox"),
    )


@login_required
def request_record(request: Request) -> HttpResponse:
    check_anywhere(request.actor, permissions.RECORD_REQUESTS)
    form = RequestRecord(request.POST or None, people=people_visible_to(request.actor))

    def act(given: dict[str, Any]) -> DataRequest:
        person = given.pop("person")
        at_counter = AtCounter(person_id=person.pk, **given)
        return record_request(at_counter, actor=request.actor, now=request.now)

    shown = ActPage(
        title=_("Record a request about data"),
        purpose=_(
            "For somebody who has come to the counter: a copy, a correction or a deletion of"
            " their own data. Whoever looks after personal data answers; you see no answer."
        ),
        submit=_("Record the request"),
        done=_("Recorded. The person sees it in the portal, with the day it is due."),
        back_url=reverse("access:desk-home"),
        crumbs=[Crumb(_("Record a request about data"))],
        fields={
            "privacy.agent_nameless": "agent",
            "privacy.identity_not_seen": "has_seen",
        },
    )
    return act_page(request, form, act, shown)


@login_required
def request_answer(request: Request, request_id: int) -> HttpResponse:
    asked = get_request(request_id, visible_to=request.actor)
    form = RequestAnswer(request.POST or None)

    def act(given: dict[str, Any]) -> DataRequest:
        return answer_request(
            request_id=asked.pk,
            is_granted=given["is_granted"] == "yes",
            answer=given["answer"],
            actor=request.actor,
            now=request.now,
        )

    shown = ActPage(
        title=f"{asked.get_kind_display()}: {asked.person.name}",
        purpose=asked.text,
        submit=pgettext("request", "Answer"),
        done=_("The person sees the answer in the portal."),
        back_url=reverse("privacy:request-list"),
        crumbs=[_crumb(), Crumb(asked.person.name)],
        fields={"privacy.ground_missing": "answer"},
    )
    return act_page(request, form, act, shown)
