"""What an applicant has applied for: the list, one of them, taking it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Act, Crumb, Empty
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    Listing,
    Search,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.matters.enums import ActKind, MatterState
from jiangxin.kernel.matters.forms.withdrawing import Withdraw
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.drafting import delete_draft, withdraw_matter
from jiangxin.kernel.matters.operations.materials import open_material
from jiangxin.kernel.matters.permissions import APPLY, FILE
from jiangxin.kernel.matters.queries.matters import filings_of, get_filing
from jiangxin.kernel.matters.rules.moves import may_follow
from jiangxin.kernel.matters.views.desk import proof_page
from jiangxin.kernel.matters.views.doors import DOORS, ApplicantDoor
from jiangxin.kernel.matters.views.panels import panels_of
from jiangxin.kernel.matters.views.showing import (
    flags_today,
    shown_matter,
    subject_of,
    title_of,
)
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.views.acts import ActPage, act_page


def _listing(door: ApplicantDoor) -> Listing:
    return Listing(
        key=f"{door.key}-filings",
        columns=[
            Column("service", gettext_lazy("Service"), title_of, link=door.matter_url),
            Column("number", gettext_lazy("Matter number"), sort=("id",)),
            Column("subject", gettext_lazy("About whom"), subject_of),
            Column(
                "state",
                gettext_lazy("State"),
                flags_today,
                template="matters/_matter_state.html",
                export="get_state_display",
            ),
            Column("due_on", gettext_lazy("Due")),
            Column(
                "touched_at", gettext_lazy("Last act at"), sort=("touched_at", "id")
            ),
        ],
        filters=[
            Search(
                ("number__startswith", "organisation__name__contains"),
                hint=gettext_lazy("Number or organisation"),
            ),
            ChoiceFilter("state", gettext_lazy("State"), MatterState.choices),
        ],
        sort="-touched_at",
        noun=gettext_lazy("applications"),
        export=True,
        is_personal=True,
    )


LISTINGS = {key: _listing(door) for key, door in DOORS.items()}


@login_required
@answers_personal_list
def filing_list(request: Request, door: str) -> HttpResponseBase:
    here = DOORS[door]
    check_anywhere(request.actor, APPLY if door == "portal" else FILE)
    act = Act(_("Apply for a service"), here.url("services"), "plus")
    return listing_page(
        request,
        LISTINGS[door],
        queryset=filings_of(request.actor),
        title=_("My applications"),
        purpose=_("What you applied for, and where it stands."),
        act=act,
        crumbs=[Crumb(_("My applications"))],
        empty=Empty(
            _("You have applied for nothing yet"),
            _("Choose a service; what is known of you is filled in already."),
            act,
            "file-text",
        ),
        template="matters/filing_list.html",
        context={"frame_template": here.frame},
    )


def _crumbs(door: ApplicantDoor, matter: Matter, *more: Crumb) -> list[Crumb]:
    last = [Crumb(title_of(matter), door.matter_url(matter)), *more]
    return [Crumb(_("My applications"), door.url("filings")), *last]


@login_required
@require_safe
def filing(request: Request, door: str, matter_id: int) -> HttpResponse:
    """Where an application stands, and what the applicant can do."""
    here = DOORS[door]
    matter = get_filing(matter_id, visible_to=request.actor)
    if matter.state == MatterState.DRAFT:
        return redirect(here.url("fill", matter.pk))
    state = MatterState(matter.state)
    context = {
        **shown_matter(matter, request.now, for_office=False),
        "frame_template": here.frame,
        "crumbs": [*_crumbs(here, matter)[:1], Crumb(title_of(matter))],
        "fill_url": here.url("fill", matter.pk),
        "receipt_url": here.url("receipt", matter.pk),
        "proof_url": here.url("filing-proof", matter.pk),
        "withdraw_url": here.url("filing-withdraw", matter.pk)
        if may_follow(ActKind.WITHDRAWN, state, is_waiting=matter.is_waiting)
        else "",
        "panels": panels_of(matter, request, for_applicant=True),
    }
    return page(request, "matters/filing.html", context)


@login_required
@require_safe
def filing_proof(request: Request, door: str, matter_id: int) -> HttpResponse:
    here = DOORS[door]
    matter = get_filing(matter_id, visible_to=request.actor)
    return proof_page(request, matter, here.frame, _crumbs(here, matter))


@login_required
def filing_withdraw(request: Request, door: str, matter_id: int) -> HttpResponse:
    here = DOORS[door]
    matter = get_filing(matter_id, visible_to=request.actor)
    form = Withdraw(request.POST or None, initial={"seen": matter.version})

    def act(given: dict[str, Any]) -> Matter:
        return withdraw_matter(
            matter_id=matter.pk,
            seen=given["seen"],
            note=given["note"],
            actor=request.actor,
            now=request.now,
        )

    shown = ActPage(
        title=_("Withdraw the application"),
        purpose=_("It ends here. You can apply again at any time."),
        submit=_("Withdraw"),
        done=_("Your application is withdrawn."),
        back_url=here.matter_url(matter),
        crumbs=_crumbs(here, matter, Crumb(_("Withdraw"))),
    )
    return act_page(
        request,
        form,
        act,
        shown,
        template="matters/filing_act.html",
        extra={"frame_template": here.frame},
    )


@login_required
@require_POST
def filing_delete(request: Request, door: str, matter_id: int) -> HttpResponse:
    delete_draft(matter_id=matter_id, actor=request.actor)
    messages.success(request, _("The draft is deleted."))
    return redirect(DOORS[door].url("filings"))


@login_required
@require_POST
def material_open(request: Request, material_id: int) -> HttpResponse:
    """Show a file; asked for by POST, as who was shown it is written down."""
    material, content = open_material(
        material_id=material_id, actor=request.actor, now=request.now
    )
    response = HttpResponse(content, content_type=material.media_type)
    disposition = content_disposition_header(False, material.file_name)
    response.headers["Content-Disposition"] = disposition or "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


@login_required
@require_safe
def receipt(request: Request, door: str, matter_id: int) -> HttpResponse:
    """The receipt of an application, to be printed: number, inquiry code, materials."""
    here = DOORS[door]
    matter = get_filing(matter_id, visible_to=request.actor)
    if matter.number is None:
        raise NotFound
    context = {
        **shown_matter(matter, request.now, for_office=False),
        "frame_template": here.frame,
        "crumbs": _crumbs(here, matter, Crumb(_("Receipt"))),
        "status_address": request.build_absolute_uri(reverse("matters:status")),
    }
    return page(request, "matters/matter_receipt.html", context)
