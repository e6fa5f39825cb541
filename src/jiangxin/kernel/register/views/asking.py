"""What detail pages are asked for in their address, and the panels other parts add."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.web import Request
from jiangxin.kernel.register.registry import OrganisationPanel, PanelFor, PersonPanel


def day_asked(request: Request) -> date:
    """Return the day of `?on=2025-06-30`; today when it is missing, wrong or to come."""
    present = today(request.now)
    try:
        return min(date.fromisoformat(request.GET.get("on", "")), present)
    except ValueError:
        return present


def drawn(
    panels: Iterable[PersonPanel | OrganisationPanel],
    record_id: int,
    *,
    on: date,
    request: Request,
) -> list[SafeString]:
    """Return the panels that have something to show, in their order."""
    wanted = PanelFor(actor=request.actor, id=record_id, on=on, now=request.now)
    drawings = []
    for panel in sorted(panels, key=lambda panel: panel.order):
        context = panel.context(wanted)
        if context is not None:
            drawings.append(_draw(panel.template, dict(context), request))
    return drawings


def _draw(
    template: str, context: dict[str, object], request: HttpRequest
) -> SafeString:
    return render_to_string(template, context, request)
