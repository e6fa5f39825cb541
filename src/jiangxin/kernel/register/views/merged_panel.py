"""What a person's page says of records that were merged into it."""

from collections.abc import Mapping
from typing import Any

from jiangxin.foundation.sealing import mask_id_number
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.permissions import can_merge_people
from jiangxin.kernel.register.queries.merges import merges_into
from jiangxin.kernel.register.registry import PanelFor


def merged_panel(panel: PanelFor) -> Mapping[str, Any] | None:
    merges = list(merges_into(panel.id))
    if not merges:
        return None
    person = Person.objects.get(pk=panel.id)
    return {
        "merges": [
            {"merge": merge, "id_number": mask_id_number(merge.merged.id_number)}
            for merge in merges
        ],
        "may_undo": can_merge_people(panel.actor, person),
    }
