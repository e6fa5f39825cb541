"""What is added to a person's page, and to what workers see of their own record."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from jiangxin.foundation.actor import holds
from jiangxin.kernel.corrections.permissions import DECIDE
from jiangxin.kernel.corrections.queries.corrections import (
    corrections_visible_to,
    waiting_on,
)
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.permissions import can_manage_person
from jiangxin.kernel.register.registry import PanelFor


def own_panel(wanted: PanelFor) -> Mapping[str, Any]:
    """The way to say what is wrong, and how many requests wait."""
    return {"count": waiting_on(wanted.id).filter(asked_by="person").count()}


def desk_panel(wanted: PanelFor) -> Mapping[str, Any] | None:
    """What waits for a decision about this person, and the way to their bank account."""
    person = Person.objects.get(pk=wanted.id)
    links = []
    if holds(wanted.actor, DECIDE):
        waiting = corrections_visible_to(wanted.actor) & waiting_on(wanted.id)
        links = [
            (each.asked_at, reverse("corrections:correction-detail", args=[each.pk]))
            for each in waiting.order_by("asked_at")
        ]
    can_manage = can_manage_person(wanted.actor, person)
    if not links and not can_manage:
        return None
    url = reverse("corrections:account-record", args=[wanted.id])
    return {"links": links, "account_url": url if can_manage else ""}
