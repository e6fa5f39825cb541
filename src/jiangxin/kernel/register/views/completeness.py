"""What would most complete the register of an organisation, on its page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.ui.components import Bar
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.queries.completeness import gaps_among, known_fields
from jiangxin.kernel.register.queries.visibility import people_visible_to
from jiangxin.kernel.register.registry import PanelFor


def completeness_panel(panel: PanelFor) -> Mapping[str, Any] | None:
    """Return the largest gaps of an employer, on its own page and its union's."""
    found = Organisation.objects.select_related("employer").get(pk=panel.id)
    employer = found.employer if found.is_union else found
    if employer is None:
        return None
    people = people_visible_to(panel.actor).filter(
        employments__organisation=employer, employments__valid_to__isnull=True
    )
    gaps = gaps_among(people, panel.on)
    if not gaps:
        return None
    labels = {key: field.label for key, field in known_fields().items()}
    return {
        "bars": [
            Bar(
                label=labels[gap.key],
                value=gap.percent,
                url=_list_url(employer, gap.key),
                note=_("%(missing)s of %(people)s people")
                % {"missing": gap.missing, "people": gap.people},
            )
            for gap in gaps
        ]
    }


def _list_url(employer: Organisation, key: str) -> str:
    query = urlencode({"employer": employer.code, "lacks": key})
    return f"{reverse('register:person-list')}?{query}"
