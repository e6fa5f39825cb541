"""The sealed files of materials: written before their row is safe, deleted after.

A file without its row is harmless, though it must not stay; a row without its file is a
paper lost. So a file appears whole before the transaction ends that makes its row, and
goes only once the transaction is safe that ended with it. What a crash in between leaves
behind is deleted at night.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import F

from jiangxin.foundation.db import (
    Among,
    after_commit,
    in_batches,
    needs_transaction,
    opens_transaction,
)
from jiangxin.foundation.sealing import open_sealed, seal_file
from jiangxin.kernel.matters.models import Matter, MatterMaterial

# Longer than any upload lasts.
LEFT_BEHIND = timedelta(days=1)
# What `seal_file` calls a file that is not whole yet.
HALF_SEALED = ".sealing-"
FILES_AT_ONCE = 1_000


@needs_transaction
def keep_file(material_id: int, source: IO[bytes]) -> None:
    """Seal what belongs to a new material."""
    seal_file(source, path_of(material_id), purpose=purpose_of(material_id))


def open_file(material_id: int) -> IO[bytes]:
    """Return the plain bytes. Raises FileNotFoundError, SealBroken."""
    return open_sealed(path_of(material_id), purpose=purpose_of(material_id))


@needs_transaction
def forget_files(material_ids: Sequence[int]) -> None:
    """Delete files once it is certain that nothing speaks of them any more."""

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
    """Yield each file with what it opens as, for sealing it anew."""
    for path in _folder().glob("[0-9]*"):
        yield path, purpose_of(path.name)


def path_of(material_id: int) -> Path:
    return _folder() / str(material_id)


def purpose_of(material_id: int | str) -> str:
    return f"matters.material:{material_id}"


def _folder() -> Path:
    uploads: Path = settings.JIANGXIN_UPLOADS
    return uploads / "matters"
