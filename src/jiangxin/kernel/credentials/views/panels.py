"""What people and organisations hold, on their pages."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jiangxin.foundation.actor import allows
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.queries import (
    credentials_of_organisation,
    credentials_of_person,
)
from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.permissions import (
    check_at,
    place_of_organisation,
    place_of_person,
)
from jiangxin.kernel.register.registry import PanelFor

_may_at = allows(check_at)


def person_panel(panel: PanelFor) -> Mapping[str, Any] | None:
    """What a person held on the day, with the way to record another."""
    place = place_of_person(Person.objects.get(pk=panel.id))
    if not _may_at(panel.actor, permissions.VIEW, [place]):
        return None
    return {
        "credentials": list(credentials_of_person(panel.id, panel.on)),
        "new_url": _new_url("person", panel.id)
        if _may_at(panel.actor, permissions.RECORD, [place])
        else "",
    }


def organisation_panel(panel: PanelFor) -> Mapping[str, Any] | None:
    """The same for an organisation."""
    place = place_of_organisation(Organisation.objects.get(pk=panel.id))
    if not _may_at(panel.actor, permissions.VIEW, [place]):
        return None
    return {
        "credentials": list(credentials_of_organisation(panel.id, panel.on)),
        "new_url": _new_url("organisation", panel.id)
        if _may_at(panel.actor, permissions.RECORD, [place])
        else "",
    }


def _new_url(kind: str, holder_id: int) -> str:
    query = urlencode({kind: holder_id})
    return f"{reverse('credentials:credential-new')}?{query}"
