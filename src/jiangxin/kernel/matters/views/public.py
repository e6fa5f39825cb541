"""What anybody may read: the guides with their self-check, and where a matter stands."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.actor import holds
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.matters.enums import ServiceSubject
from jiangxin.kernel.matters.forms.status import StatusAsk
from jiangxin.kernel.matters.operations.inquiring import inquire
from jiangxin.kernel.matters.permissions import APPLY, FILE
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.registry import service, services
from jiangxin.kernel.matters.rules.service import Service
from jiangxin.kernel.matters.views.doors import DOORS
from jiangxin.kernel.matters.views.guides import guide_of
from jiangxin.kernel.matters.views.showing import flags_of, process_of, title_of
from jiangxin.kernel.policy.registry.wording import say


@require_safe
def guide_list(request: Request) -> HttpResponse:
    context = {
        "services": [
            (
                say(one.title),
                say(one.summary),
                reverse("matters:guide", args=[one.code]),
                one,
            )
            for one in services()
        ],
        "crumbs": [Crumb(_("Services"))],
        "frame_template": "ui/public.html",
        "filings_url": "",
    }
    return page(request, "matters/service_list.html", context)


@require_safe
def guide(request: Request, service_code: str) -> HttpResponse:
    wanted = service(service_code)
    context = {
        "guide": guide_of(wanted, request.GET),
        "apply_url": _apply_url(request, wanted),
        "crumbs": [
            Crumb(_("Services"), reverse("matters:guide-list")),
            Crumb(say(wanted.title)),
        ],
    }
    return page(request, "matters/guide.html", context)


def _apply_url(request: Request, wanted: Service) -> str:
    """Return where one applies: at the desk for an organisation, else at the portal."""
    for_person = wanted.subject is ServiceSubject.PERSON
    if holds(request.actor, FILE):
        return DOORS["desk"].url("begin", wanted.code)
    if for_person and holds(request.actor, APPLY):
        return DOORS["portal"].url("begin", wanted.code)
    return DOORS["portal" if for_person else "desk"].url("begin", wanted.code)


def status(request: Request) -> HttpResponse:
    """Where a matter stands, for whoever has its number and its inquiry code."""
    form = StatusAsk(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            found = inquire(
                number=form.cleaned_data["number"].strip(),
                code=form.cleaned_data["code"].strip(),
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {
        "form": form,
        "crumbs": [Crumb(_("Where it stands"))],
        "found": {
            "matter": found,
            "title": title_of(found),
            "flags": flags_of(found, today(request.now)),
            "process": process_of(found, service_of(found)),
        }
        if found
        else None,
    }
    return page(request, "matters/status.html", context)
