"""What is kept no longer than it is needed: files of settled matters, forgotten drafts."""

from datetime import datetime

from django.db.models import QuerySet

from jiangxin.foundation.db import in_batches, opens_transaction
from jiangxin.kernel.matters.enums import MatterState
from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.matters.operations.files import delete_files, forget_files

AT_ONCE = 500


def outdated_files(before: datetime) -> QuerySet[MatterMaterial]:
    """Return the files of matters settled before a moment, as far as they lie here."""
    files = MatterMaterial.objects.filter(
        matter__settled_at__lt=before, deleted_at__isnull=True
    )
    return files.exclude(digest="").order_by("pk")


def delete_outdated_files(before: datetime) -> int:
    """Delete the files; that they were there, and their digests, stay on record."""
    ids = list(outdated_files(before).values_list("pk", flat=True))
    return sum(_delete_files(some, before) for some in in_batches(ids, AT_ONCE))


@opens_transaction
def _delete_files(material_ids: list[int], before: datetime) -> int:
    there = outdated_files(before).filter(pk__in=material_ids).order_by()
    forget_files(material_ids)
    return there.update(deleted_at=before)


def forgotten_drafts(before: datetime) -> QuerySet[Matter]:
    """Return the drafts that nobody has touched since a moment."""
    return Matter.objects.filter(state=MatterState.DRAFT, touched_at__lt=before)


def delete_forgotten_drafts(before: datetime) -> int:
    ids = list(forgotten_drafts(before).values_list("pk", flat=True))
    return sum(_delete_draft(pk, before) for pk in ids)


@opens_transaction
def _delete_draft(matter_id: int, before: datetime) -> bool:
    rows = Matter.objects.select_for_update(of=("self",))
    draft = rows.filter(state=MatterState.DRAFT, touched_at__lt=before, pk=matter_id)
    matter = draft.first()
    if matter is None:
        return False
    delete_files(matter)
    matter.delete()
    return True
