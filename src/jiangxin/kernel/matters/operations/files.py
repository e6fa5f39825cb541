"""The sealed files of materials: each is an upload, held by the row it belongs to.

A file goes only once the transaction is safe that ended with its row. Before uploads
were shared (see decision 0036) a file lay in a folder of matters' own, named by its row.
Those are read, sealed anew and deleted here as long as there are any; what a crash left
of them without a row is deleted at night.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import F, QuerySet

from jiangxin.foundation.db import (
    Among,
    after_commit,
    in_batches,
    needs_transaction,
    opens_transaction,
)
from jiangxin.foundation.sealing import open_sealed
from jiangxin.foundation.uploads.models import Upload
from jiangxin.foundation.uploads.operations import delete_uploads_of, open_upload
from jiangxin.foundation.uploads.queries import uploads_of
from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.matters.queries.matters import materials_in_force

# Longer than any act lasts.
LEFT_BEHIND = timedelta(days=1)
# What `seal_file` calls a file that is not whole yet.
HALF_SEALED = ".sealing-"
FILES_AT_ONCE = 1_000


def holder_of(material_id: int) -> str:
    """Return what an upload of a material says it belongs to."""
    return f"matters.material:{material_id}"


def upload_of(material_id: int) -> Upload | None:
    """Return a material's upload; None for a file of the old folder."""
    return uploads_of([holder_of(material_id)]).first()


def uploads_handed_in(matter: Matter) -> QuerySet[Upload]:
    """Return the uploads of the materials that count."""
    there = materials_in_force(matter).exclude(digest="")
    return uploads_of(holder_of(pk) for pk in there.values_list("pk", flat=True))


def open_file(material_id: int) -> IO[bytes]:
    """Return the plain bytes. Raises FileNotFoundError, SealBroken."""
    upload = upload_of(material_id)
    if upload is not None:
        return open_upload(upload)
    return open_sealed(path_of(material_id), purpose=purpose_of(material_id))


@needs_transaction
def forget_files(material_ids: Sequence[int]) -> None:
    """Delete files once it is certain that nothing speaks of them any more."""
    delete_uploads_of(holder_of(material_id) for material_id in material_ids)

    def delete() -> None:
        for material_id in material_ids:
            path_of(material_id).unlink(missing_ok=True)

    after_commit(delete)


@needs_transaction
def delete_files(matter: Matter) -> None:
    forget_files(list(matter.materials.values_list("pk", flat=True)))


def delete_left_behind(now: datetime) -> int:
    """Delete files that a crash left without a row; return how many."""
    before = (now - LEFT_BEHIND).timestamp()
    halves = [
        path for path in _folder().glob(f"{HALF_SEALED}*") if _is_old(path, before)
    ]
    for path in halves:
        path.unlink(missing_ok=True)
    count = len(halves)
    whole = (path for path, _purpose in sealed_materials() if _is_old(path, before))
    for paths in in_batches(whole, FILES_AT_ONCE):
        # The lock is taken for the few that seem to have no row, not for all.
        if _without_row(paths):
            count += _delete_without_row(paths)
    return count


def _is_old(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


def _without_row(paths: Sequence[Path]) -> list[Path]:
    numbers = [int(path.name) for path in paths]
    rows = MatterMaterial.objects.filter(Among(F("pk"), numbers))
    known = set(rows.filter(deleted_at__isnull=True).values_list("pk", flat=True))
    return [path for path in paths if int(path.name) not in known]


@opens_transaction
def _delete_without_row(paths: Sequence[Path]) -> int:
    left = _without_row(paths)
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def sealed_materials() -> Iterator[tuple[Path, str]]:
    """Yield each file of the old folder with what it opens as, for sealing it anew."""
    for path in _folder().glob("[0-9]*"):
        yield path, purpose_of(path.name)


def path_of(material_id: int) -> Path:
    return _folder() / str(material_id)


def purpose_of(material_id: int | str) -> str:
    return f"matters.material:{material_id}"


def _folder() -> Path:
    uploads: Path = settings.JIANGXIN_UPLOADS
    return uploads / "matters"
