"""The step at which the number of the national system is entered back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request
from jiangxin.kernel.matters.enums import MatterState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.permissions import can_act_as_office
from jiangxin.kernel.matters.queries.matters import get_office_matter
from jiangxin.kernel.register.views.acts import ActPage, act_page
from jiangxin.programmes.service_window.forms import FIELDS, NumberForm
from jiangxin.programmes.service_window.models import NumberEntry, UnionCertificate
from jiangxin.programmes.service_window.operations.numbering import (
    STEP,
    enter_number,
    make_up_number,
    suggested,
)
from jiangxin.programmes.service_window.registry import ISSUES


def certificate_panel(
    matter: Matter, actor: Actor, _now: datetime
) -> Mapping[str, object] | None:
    """Return what the desk shows of a matter's certificate, from its number on."""
    is_open = matter.state == MatterState.ACCEPTED and matter.step == STEP
    entry = NumberEntry.objects.filter(matter=matter).first()
    certificate = UnionCertificate.objects.filter(matter=matter).first()
    if not (is_open or entry or certificate):
        return None
    return {
        "matter": matter,
        "entry": entry,
        "certificate": certificate,
        "may_enter": is_open and can_act_as_office(actor, matter),
        "is_demonstration": settings.DEMONSTRATION,
    }


@login_required
def number_entry(request: Request, matter_id: int) -> HttpResponse:
    matter = get_office_matter(matter_id, visible_to=request.actor)
    entry = NumberEntry.objects.filter(matter=matter).first()
    day = today(request.now)
    known = entry or (suggested(matter, day) if matter.service in ISSUES else None)
    names = NumberForm.base_fields
    initial = {name: getattr(known, name, "") for name in names}
    form = NumberForm(request.POST or None, initial=initial)

    def act(_given: dict[str, Any]) -> NumberEntry:
        return enter_number(
            matter_id=matter.pk,
            facts=form.facts(),
            actor=request.actor,
            now=request.now,
        )

    back = reverse("matters:matter-detail", args=[matter.pk])
    shown = ActPage(
        title=_("Number of the national system"),
        purpose=_("Copy it from the national system; the days are those of its term."),
        submit=_("Keep the number"),
        done=_("The number is kept. Finish the step to go on."),
        back_url=back,
        crumbs=[Crumb(str(matter), back), Crumb(_("Number"))],
        fields=FIELDS,
    )
    return act_page(request, form, act, shown)


@login_required
@require_POST
def number_made_up(request: Request, matter_id: int) -> HttpResponse:
    """The demonstration's issuer."""
    matter = get_office_matter(matter_id, visible_to=request.actor)
    try:
        make_up_number(matter_id=matter.pk, actor=request.actor, now=request.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("A number of the demonstration is kept."))
    return redirect("matters:matter-detail", matter.pk)
