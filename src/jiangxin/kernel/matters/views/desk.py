"""A matter at the desk: all that is known of it, and the acts one may do."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Act, Crumb, Moment
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.matters.forms.acts import ActForm
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.door import PageStale
from jiangxin.kernel.matters.permissions import check_office
from jiangxin.kernel.matters.queries.matters import get_office_matter
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.views.panels import panels_of
from jiangxin.kernel.matters.views.proving import proofs_of
from jiangxin.kernel.matters.views.queue import matter_url
from jiangxin.kernel.matters.views.screens import SCREENS, Given, Screen, screens_for
from jiangxin.kernel.matters.views.showing import (
    flags_of,
    moments_of,
    shown_matter,
    subject_of,
    title_of,
)
from jiangxin.kernel.register.views.acts import ActPage, act_page

FIELDS = {
    "matters.reason_needed": "reason",
    "matters.words_missing": "note",
    "matters.collector_missing": "collector",
    "matters.signature_unreadable": "signature",
    "matters.not_surrendered": "surrendered",
    "matters.materials_missing": "papers",
}


def _crumbs(matter: Matter) -> list[Crumb]:
    return [
        Crumb(_("Matters"), reverse("matters:matter-list")),
        Crumb(str(matter), matter_url(matter)),
    ]


@login_required
@require_safe
def matter_detail(request: Request, matter_id: int) -> HttpResponse:
    matter = get_office_matter(matter_id, visible_to=request.actor)
    shown = shown_matter(matter, request.now, for_office=True)
    screens = screens_for(matter, service_of(matter), request.actor)
    context = {
        **shown,
        "crumbs": [*_crumbs(matter)[:1], Crumb(str(matter))],
        "main_acts": [_act(matter, *one) for one in screens.items() if one[1].is_main],
        "more_acts": [
            _act(matter, *one) for one in screens.items() if not one[1].is_main
        ],
        "panels": panels_of(matter, request, for_applicant=False),
    }
    return page(request, "matters/matter_detail.html", context)


def _act(matter: Matter, name: str, screen: Screen) -> Act:
    url = reverse("matters:matter-act", args=[matter.pk, name])
    return Act(screen.label, url, screen.icon)


@login_required
def matter_act(request: Request, matter_id: int, act: str) -> HttpResponse:
    """Ask for what an act needs, and do it."""
    matter = get_office_matter(matter_id, visible_to=request.actor)
    screen = SCREENS.get(act)
    if screen is None:
        raise NotFound
    check_office(request.actor, matter, screen.permission)
    form = screen.form(request.POST or None, matter=matter, service=service_of(matter))

    def run(_given: dict[str, Any]) -> object:
        try:
            return screen.run(Given(matter.pk, form, request.actor, request.now))
        except PageStale:
            form.renew()
            raise

    return act_page(
        request,
        form,
        run,
        _page_for(matter, screen),
        template="matters/matter_act.html",
        extra=_shown_around(form, matter, request),
    )


def _shown_around(form: ActForm, matter: Matter, request: Request) -> dict[str, object]:
    def meanwhile() -> list[Moment]:
        """What others did since; the page asks when the act was tried."""
        if form.stale_since is None:
            return []
        return list(moments_of(matter, for_office=True, after=form.stale_since))

    return {
        "title": title_of(matter),
        "subject": subject_of(matter),
        "flags": flags_of(matter, today(request.now)),
        "meanwhile": meanwhile,
        "matter_url": matter_url(matter),
    }


def _page_for(matter: Matter, screen: Screen) -> ActPage:
    return ActPage(
        title=f"{screen.label} · {matter}",
        purpose=screen.purpose,
        submit=screen.label,
        done=screen.done,
        back_url=matter_url(matter),
        crumbs=[*_crumbs(matter), Crumb(screen.label)],
        fields=FIELDS,
    )


@login_required
@require_safe
def matter_proof(request: Request, matter_id: int) -> HttpResponse:
    """The clock of a matter day by day, to be printed."""
    matter = get_office_matter(matter_id, visible_to=request.actor)
    return proof_page(request, matter, "ui/desk.html", _crumbs(matter))


def proof_page(
    request: Request, matter: Matter, frame: str, crumbs: list[Crumb]
) -> HttpResponse:
    context = {
        **shown_matter(matter, request.now, for_office=False),
        "proofs": proofs_of(matter, request.now),
        "frame_template": frame,
        "crumbs": [*crumbs, Crumb(_("Proof of the clock"))],
    }
    return page(request, "matters/matter_proof.html", context)
