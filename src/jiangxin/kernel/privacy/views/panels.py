"""What is added to a person's page, and to what workers see of their own record."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from jiangxin.foundation.ui.components import Moment
from jiangxin.kernel.privacy.models import PersonalDataView
from jiangxin.kernel.privacy.queries.uses import views_of_person
from jiangxin.kernel.privacy.views.showing import values_of
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.permissions import can_unmask_person
from jiangxin.kernel.register.registry import PanelFor

MOST_SHOWN = 3


def desk_panel(wanted: PanelFor) -> Mapping[str, Any] | None:
    """The way to what is masked, for those who may be shown it."""
    person = Person.objects.get(pk=wanted.id)
    if not can_unmask_person(wanted.actor, person):
        return None
    url = reverse("privacy:value-show", args=[person.pk])
    return {
        "links": [
            (value.label, f"{url}?value={value.value}") for value in values_of(person)
        ],
    }


def own_panel(wanted: PanelFor) -> Mapping[str, Any]:
    """Who was last shown the worker's own values, and the way to all about one's data."""
    views = views_of_person(wanted.id)
    return {"views": moments(views[:MOST_SHOWN]), "count": views.count()}


def moments(views: Iterable[PersonalDataView]) -> list[Moment]:
    return [
        Moment(
            at=view.seen_at,
            title=view.get_value_display(),
            by=view.seen_by_label,
            text=f"{view.get_purpose_display()} · {view.note}",
        )
        for view in views
    ]
