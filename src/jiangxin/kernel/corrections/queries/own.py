"""What the copy of one's own data holds of corrections."""

from collections.abc import Sequence

from jiangxin.kernel.corrections.models import CorrectionValue
from jiangxin.kernel.privacy.registry import Row


def rows_of(person_id: int) -> Sequence[Row]:
    values = CorrectionValue.objects.filter(correction__person=person_id)
    return [
        {
            "asked_at": value.correction.asked_at,
            "asked_by": value.correction.asked_by,
            "state": value.correction.state,
            "field": value.field,
            "old": value.old,
            "new": value.new,
            "verdict": value.verdict,
            "reason": value.reason,
            "note": value.correction.note,
        }
        for value in values.select_related("correction").order_by("pk")
    ]
