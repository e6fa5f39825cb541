"""At the desk: halls, windows, and when these can be booked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.counter.forms import AddPlan, KeepHall, KeepWindow
from jiangxin.kernel.counter.models import Hall, SlotPlan, Window
from jiangxin.kernel.counter.operations.arranging import (
    HallEntry,
    PlanEntry,
    WindowEntry,
    add_plan,
    end_plan,
    keep_hall,
    keep_window,
)
from jiangxin.kernel.counter.permissions import MANAGE
from jiangxin.kernel.counter.queries.halls import (
    get_hall,
    get_plan,
    get_window,
    halls_visible_to,
)
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.views.acts import ActPage, act_page

LIST = "counter:hall-arrange"


def _crumb() -> Crumb:
    return Crumb(_("Halls and windows"), reverse(LIST))


@login_required
@require_safe
def hall_arrange(request: Request) -> HttpResponse:
    check_anywhere(request.actor, MANAGE)
    halls = halls_visible_to(request.actor, MANAGE)
    context = {
        "halls": halls.prefetch_related("windows__plans"),
        "today": today(request.now),
        "title": _("Halls and windows"),
        "crumbs": [_crumb()],
    }
    return page(request, "counter/hall_arrange.html", context)


@login_required
def hall_new(request: Request) -> HttpResponse:
    check_anywhere(request.actor, MANAGE)
    return _keep_hall(request, None)


@login_required
def hall_change(request: Request, hall_id: int) -> HttpResponse:
    hall = get_hall(hall_id, visible_to=request.actor, permission=MANAGE)
    return _keep_hall(request, hall)


def _keep_hall(request: Request, hall: Hall | None) -> HttpResponse:
    names = ("region_code", "name", "place", "hours", "telephone", "is_open")
    initial = {name: getattr(hall, name) for name in names} if hall else None
    form = KeepHall(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> Hall:
        return keep_hall(
            HallEntry(**given),
            hall_id=hall.pk if hall else None,
            actor=request.actor,
            now=request.now,
        )

    title = _("Change the hall") if hall else _("Set up a hall")
    return act_page(request, form, act, _page_for(title))


@login_required
def window_new(request: Request, hall_id: int) -> HttpResponse:
    hall = get_hall(hall_id, visible_to=request.actor, permission=MANAGE)
    return _keep_window(request, hall, None)


@login_required
def window_change(request: Request, window_id: int) -> HttpResponse:
    window = get_window(window_id, visible_to=request.actor, permission=MANAGE)
    return _keep_window(request, window.hall, window)


def _keep_window(request: Request, hall: Hall, window: Window | None) -> HttpResponse:
    names = ("number", "name", "services", "is_open")
    initial = {name: getattr(window, name) for name in names} if window else None
    form = KeepWindow(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> Window:
        return keep_window(
            WindowEntry(**{**given, "services": tuple(given["services"])}),
            hall_id=hall.pk,
            window_id=window.pk if window else None,
            actor=request.actor,
            now=request.now,
        )

    title = _("Change the window") if window else _("Add a window")
    shown = _page_for(title, fields={"counter.number_taken": "number"})
    return act_page(request, form, act, shown)


@login_required
def plan_new(request: Request, window_id: int) -> HttpResponse:
    window = get_window(window_id, visible_to=request.actor, permission=MANAGE)
    form = AddPlan(request.POST or None, initial={"valid_from": today(request.now)})

    def act(given: dict[str, Any]) -> SlotPlan:
        return add_plan(
            PlanEntry(**given),
            window_id=window.pk,
            actor=request.actor,
            now=request.now,
        )

    shown = _page_for(
        _("Let the window be booked"),
        purpose=_("On working days only, as the calendar has them; make-up days too."),
        fields={"counter.plan_impossible": "ends"},
    )
    return act_page(request, form, act, shown)


@login_required
@require_POST
def plan_end(request: Request, plan_id: int) -> HttpResponse:
    plan = get_plan(plan_id, visible_to=request.actor)
    end_plan(
        plan_id=plan.pk,
        on=today(request.now),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("From tomorrow on it cannot be booked any more."))
    return redirect(LIST)


def _page_for(
    title: Text, purpose: Text = "", fields: dict[str, str] | None = None
) -> ActPage:
    return ActPage(
        title=title,
        purpose=purpose,
        submit=_("Save"),
        done=_("Saved."),
        back_url=reverse(LIST),
        crumbs=[_crumb(), Crumb(title)],
        fields=fields or {},
    )
