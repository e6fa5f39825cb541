from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from jiangxin.foundation.actor import holds
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.parts import Door, HomePanel, Text, WaitingItem, brought
from jiangxin.foundation.ui.menus import MenuLink, menu
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.access import permissions, queries


@dataclass(frozen=True)
class Waiting:
    label: Text
    icon: str
    count: int
    unit: Text
    url: str


@require_safe
def public_home(request: Request) -> HttpResponse:
    return page(
        request, "access/public_home.html", {"panels": _panels(request, "public")}
    )


@login_required
@require_safe
def home(request: Request) -> HttpResponse:
    """Go to the door that one's roles open; without a role, to one's own account."""
    if permissions.can_use_desk(request.actor):
        return redirect("access:desk-home")
    if permissions.can_use_portal(request.actor):
        return redirect("access:portal-home")
    return redirect("access:account")


@login_required
@require_safe
def desk_home(request: Request) -> HttpResponse:
    permissions.check_use_desk(request.actor)
    context = {
        "roles": _roles(request),
        "waiting": _waiting(request),
        "shortcuts": _shortcuts(request, "desk"),
        "panels": _panels(request, "desk"),
    }
    return page(request, "access/desk_home.html", context)


@login_required
@require_safe
def portal_home(request: Request) -> HttpResponse:
    permissions.check_use_portal(request.actor)
    context = {
        "shortcuts": _shortcuts(request, "portal"),
        "panels": _panels(request, "portal"),
    }
    return page(request, "access/portal_home.html", context)


def _roles(request: Request) -> list[queries.PlacedGrant]:
    """As whom, and for which place, the actor is here."""
    grants = queries.get_own_account(request.actor).grants.with_lenders()
    placed = queries.placed_grants(grants, on=today(request.now))
    return [one for one in placed if one.state == "in_force"]


def _waiting(request: Request) -> list[Waiting]:
    """What waits for the actor; parts with nothing to do are left out."""
    found = []
    for item in brought(WaitingItem):
        if item.permission and not holds(request.actor, item.permission):
            continue
        count = item.count(request.actor, request.now)
        if count:
            url = _url(item.url_name)
            found.append(Waiting(item.label, item.icon, count, item.unit, url))
    return found


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _shortcuts(request: Request, door: Door) -> list[MenuLink]:
    sections = menu(door, actor=request.actor, path=request.path)
    return [
        link for section in sections for link in section.links if not link.is_current
    ]


def _panels(request: Request, door: Door) -> list[SafeString]:
    panels = [panel for panel in brought(HomePanel) if panel.door == door]
    rendered = []
    for panel in sorted(panels, key=lambda panel: panel.order):
        if panel.permission and not holds(request.actor, panel.permission):
            continue
        context = panel.context(request.actor, request.now)
        if context is not None:
            rendered.append(render_to_string(panel.template, dict(context), request))
    return rendered
