"""At the desk: what people and rosters say is wrong on record, and deciding about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import answers_personal_list, listing_page
from jiangxin.kernel.corrections import permissions
from jiangxin.kernel.corrections.enums import CorrectionState
from jiangxin.kernel.corrections.forms import AccountRecord, CorrectionDecide
from jiangxin.kernel.corrections.models import Correction
from jiangxin.kernel.corrections.operations.deciding import Decision, decide_correction
from jiangxin.kernel.corrections.operations.papers import open_paper
from jiangxin.kernel.corrections.queries.corrections import (
    corrections_visible_to,
    get_correction,
)
from jiangxin.kernel.corrections.queries.present import present_values, stamp
from jiangxin.kernel.corrections.views.listing import CORRECTIONS
from jiangxin.kernel.corrections.views.showing import TONES, line_of
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.operations.bank_accounts import (
    RecordedAccount,
    record_bank_account,
)
from jiangxin.kernel.register.permissions import check_anywhere, check_manage_person
from jiangxin.kernel.register.queries.visibility import get_person
from jiangxin.kernel.register.views.acts import ActPage, act_page

LIST = "corrections:correction-list"


def _crumb() -> Crumb:
    return Crumb(_("Corrections"), reverse(LIST))


@login_required
@answers_personal_list
def correction_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.DECIDE)
    return listing_page(
        request,
        CORRECTIONS,
        queryset=_asked_for(request),
        title=_("Corrections"),
        purpose=_(
            "What people, and rosters, say is wrong on record. Decide about each."
        ),
        crumbs=[_crumb()],
        empty=Empty(_("Nothing waits for a decision"), icon="circle-check"),
    )


def _asked_for(request: Request) -> QuerySet[Correction]:
    """Return those that wait, unless the address asks for others."""
    found = corrections_visible_to(request.actor).prefetch_related("values")
    if "state" in request.GET:
        return found
    return found.filter(state=CorrectionState.WAITING)


@login_required
def correction_detail(request: Request, correction_id: int) -> HttpResponse:
    correction = get_correction(correction_id, visible_to=request.actor)
    if correction.state != CorrectionState.WAITING and request.method != "POST":
        return page(
            request, "corrections/correction_settled.html", _shown(request, correction)
        )
    form = CorrectionDecide(
        request.POST or None,
        values=correction.values.order_by("pk"),
        initial={"seen": stamp(correction.person)},
    )

    def act(given: dict[str, Any]) -> Correction:
        decision = Decision(form.given("verdict"), form.given("reason"), given["seen"])
        return decide_correction(
            correction_id=correction.pk,
            decision=decision,
            actor=request.actor,
            now=request.now,
        )

    return act_page(
        request,
        form,
        act,
        _page_for(correction),
        template="corrections/correction_detail.html",
        extra=_shown(request, correction),
    )


def _page_for(correction: Correction) -> ActPage:
    return ActPage(
        title=_("Correction for %(name)s") % {"name": correction.person.name},
        purpose=_("Compare what is on record with what it should be, and the papers."),
        submit=_("Record the verdicts"),
        done=_("The decision is recorded, and the person sees it in the portal."),
        back_url=reverse(LIST),
        crumbs=[_crumb(), Crumb(correction.person.name)],
    )


def _shown(request: Request, correction: Correction) -> dict[str, Any]:
    present = present_values(correction.person)
    values = correction.values.order_by("pk")
    return {
        "correction": correction,
        "tone": TONES[correction.state],
        "lines": [line_of(value, present) for value in values],
        "papers": correction.papers.filter(deleted_at__isnull=True).order_by("pk"),
        "can_open": permissions.can_open_paper(request.actor, correction),
        "crumbs": [_crumb(), Crumb(correction.person.name)],
        "title": _("Correction for %(name)s") % {"name": correction.person.name},
    }


@login_required
@require_POST
def paper_open(request: Request, paper_id: int) -> HttpResponse:
    """Show a paper; asked for by POST, as who was shown it is written down."""
    kind, content = open_paper(paper_id=paper_id, actor=request.actor, now=request.now)
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="{paper_id}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


@login_required
def account_record(request: Request, person_id: int) -> HttpResponse:
    person = get_person(person_id, visible_to=request.actor)
    check_manage_person(request.actor, person)
    form = AccountRecord(request.POST or None)

    def act(given: dict[str, Any]) -> RecordedAccount:
        recorded = record_bank_account(
            person_id=person.pk,
            number=given["number"],
            actor=request.actor,
            now=request.now,
        )
        if recorded.warning:
            messages.warning(request, recorded.warning.message)
        return recorded

    return act_page(request, form, act, _page_for_account(person))


def _page_for_account(person: Person) -> ActPage:
    person_url = reverse("register:person-detail", args=[person.pk])
    return ActPage(
        title=_("Bank account of %(name)s") % {"name": person.name},
        purpose=_("Where the person is paid. The one before is kept with its days."),
        submit=_("Save"),
        done=_("The bank account is recorded."),
        back_url=person_url,
        crumbs=[
            Crumb(_("People"), reverse("register:person-list")),
            Crumb(person.name, person_url),
            Crumb(_("Bank account")),
        ],
        fields={"register.bank_account_wrong": "number"},
    )
