"""What workers see and say about their own data."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.parts import brought
from jiangxin.foundation.ui.components import Crumb, Empty, Moment, Tone
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import Column, Listing, listing_page
from jiangxin.kernel.privacy.enums import RequestKind, RequestState
from jiangxin.kernel.privacy.forms import RequestMake
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.privacy.operations.consents import change_consent
from jiangxin.kernel.privacy.operations.requests import (
    make_request,
    withdraw_request,
)
from jiangxin.kernel.privacy.queries.consents import standings
from jiangxin.kernel.privacy.queries.own import requests_of
from jiangxin.kernel.privacy.queries.uses import views_of_person
from jiangxin.kernel.privacy.registry import AsksCorrections
from jiangxin.kernel.privacy.views.panels import MOST_SHOWN, moments
from jiangxin.kernel.register.queries.visibility import get_own_person

TONES: dict[str, Tone] = {
    RequestState.WAITING: "wait",
    RequestState.GRANTED: "ok",
    RequestState.REFUSED: "bad",
    RequestState.WITHDRAWN: "off",
}

VIEWS = Listing(
    key="my-data-views",
    columns=[
        Column("seen_at", gettext_lazy("Seen at"), sort=("seen_at",)),
        Column("seen_by", gettext_lazy("Seen by"), "seen_by_label"),
        Column("value", gettext_lazy("What"), "get_value_display"),
        Column("purpose", gettext_lazy("Purpose"), "get_purpose_display"),
        Column("note", gettext_lazy("In their words")),
    ],
    sort="-seen_at",
    noun=gettext_lazy("showings"),
)


def crumbs(*more: Crumb) -> list[Crumb]:
    record = Crumb(_("My record"), reverse("register:portal-record"))
    return [record, Crumb(_("My data"), reverse("privacy:own-data")), *more]


@login_required
@require_safe
def own_data(request: Request) -> HttpResponse:
    person = get_own_person(request.actor)
    views = views_of_person(person.pk)
    context = {
        "views": moments(views[:MOST_SHOWN]),
        "count": views.count(),
        "requests": [_moment(each) for each in requests_of(person.pk)],
        "waiting": requests_of(person.pk).filter(state=RequestState.WAITING),
        "places": brought(AsksCorrections),
        "standings": standings(person.pk, request.now),
        "crumbs": crumbs(),
    }
    return page(request, "privacy/own_data.html", context)


def _moment(asked: DataRequest) -> Moment:
    return Moment(
        at=asked.asked_at,
        title=f"{asked.get_kind_display()} – {asked.get_state_display()}",
        by=asked.answered_by_label or asked.recorded_by_label,
        text=asked.answer or asked.text,
        tone=TONES[asked.state],
    )


@login_required
@require_safe
def own_views(request: Request) -> HttpResponseBase:
    person = get_own_person(request.actor)
    return listing_page(
        request,
        VIEWS,
        queryset=views_of_person(person.pk),
        title=_("Who saw my data"),
        purpose=_(
            "Who was shown what is masked of you, or a paper you handed in, when and why."
        ),
        template="privacy/own_views.html",
        crumbs=crumbs(Crumb(_("Who saw my data"))),
        empty=Empty(_("Nobody was shown what is masked of you."), icon="eye-off"),
    )


@login_required
@require_POST
def consent_change(request: Request) -> HttpResponse:
    is_given = request.POST.get("is_given") == "yes"
    change_consent(
        purpose=request.POST.get("purpose", ""),
        is_given=is_given,
        actor=request.actor,
        now=request.now,
    )
    messages.success(
        request,
        _("Your consent is recorded.") if is_given else _("Your consent is withdrawn."),
    )
    return redirect("privacy:own-data")


@login_required
def request_make(request: Request) -> HttpResponse:
    get_own_person(request.actor)
    form = RequestMake(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            make_request(
                kind=RequestKind.DELETION,
                **form.cleaned_data,
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Your request waits for an answer."))
            return redirect("privacy:own-data")
    context = {"form": form, "crumbs": crumbs(Crumb(_("Ask to delete")))}
    return page(request, "privacy/request_make.html", context)


@login_required
@require_POST
def request_withdraw(request: Request, request_id: int) -> HttpResponse:
    try:
        withdraw_request(request_id=request_id, actor=request.actor, now=request.now)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("privacy:own-data")
