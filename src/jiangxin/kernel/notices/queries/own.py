"""What the copy of one's own data holds of notices."""

from collections.abc import Sequence

from jiangxin.kernel.notices.models import Notice, NoticeChoice
from jiangxin.kernel.notices.queries.reading import text_of
from jiangxin.kernel.privacy.registry import Row


def rows_of(person_id: int) -> Sequence[Row]:
    rows = []
    for notice in Notice.objects.filter(person=person_id).order_by("made_at", "pk"):
        text = text_of(notice)
        rows.append(
            {
                "made_at": notice.made_at,
                "read_at": notice.read_at,
                "title": str(text.title),
                "text": str(text.text),
            }
        )
    return rows


def choices_of(person_id: int) -> Sequence[Row]:
    choices = NoticeChoice.objects.filter(person=person_id).order_by("pk")
    return list(choices.values("at", "kind", "subject", "is_wanted"))
