"""What programmes add to the pages of their matters."""

from dataclasses import dataclass

from jiangxin.foundation.parts import brought
from jiangxin.foundation.web import Request
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.registry import MatterPanel


@dataclass(frozen=True)
class Drawn:
    template: str
    panel: object


def panels_of(matter: Matter, request: Request, *, for_applicant: bool) -> list[Drawn]:
    """Return the panels for this side of the counter that have something to show."""
    found = []
    for one in brought(MatterPanel):
        if one.for_applicant != for_applicant or not one.is_for(matter.service):
            continue
        context = one.context(matter, request.actor, request.now)
        if context is not None:
            found.append(Drawn(one.template, context))
    return found
