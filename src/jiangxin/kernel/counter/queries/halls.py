"""Halls and windows, as the public and the desk see them."""

from django.db.models import Q, QuerySet

from jiangxin.foundation.actor import EVERYWHERE, Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.counter.models import Hall, SlotPlan, Window
from jiangxin.kernel.counter.permissions import MANAGE
from jiangxin.kernel.register.queries.visibility import within


def public_halls() -> QuerySet[Hall]:
    return Hall.objects.filter(is_open=True)


def get_public_hall(hall_id: int) -> Hall:
    """Raises NotFound, also for a hall that is closed."""
    found = public_halls().filter(pk=hall_id).first()
    if found is None:
        raise NotFound
    return found


def halls_visible_to(actor: Actor, permission: str) -> QuerySet[Hall]:
    """Return the halls that lie where the actor holds `permission`."""
    scopes = actor.scopes(permission)
    if EVERYWHERE in scopes:
        return Hall.objects.all()
    covered = Q(pk__in=())
    for scope in scopes:
        if not scope.organisation_code:
            covered |= within(scope.region_code, "region_code")
    return Hall.objects.filter(covered)


def get_hall(hall_id: int, *, visible_to: Actor, permission: str) -> Hall:
    """Raises NotFound, also for halls of other places."""
    found = halls_visible_to(visible_to, permission).filter(pk=hall_id).first()
    if found is None:
        raise NotFound
    return found


def windows_visible_to(actor: Actor, permission: str) -> QuerySet[Window]:
    halls = halls_visible_to(actor, permission)
    return Window.objects.select_related("hall").filter(hall__in=halls.values("pk"))


def get_window(window_id: int, *, visible_to: Actor, permission: str) -> Window:
    """Raises NotFound, also for windows of other places."""
    windows = windows_visible_to(visible_to, permission)
    found = windows.filter(pk=window_id).first()
    if found is None:
        raise NotFound
    return found


def get_plan(plan_id: int, *, visible_to: Actor) -> SlotPlan:
    """Raises NotFound, also for plans of other places."""
    halls = halls_visible_to(visible_to, MANAGE)
    plans = SlotPlan.objects.select_related("window__hall")
    found = plans.filter(pk=plan_id, window__hall__in=halls.values("pk")).first()
    if found is None:
        raise NotFound
    return found
