"""The file of a roster, sealed from the moment it is handed in."""

import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
from django.conf import settings

from jiangxin.foundation.sealing import open_sealed, seal_file
from jiangxin.kernel.register.models import RosterImport, RosterRefusal
from jiangxin.kernel.register.roster.preparing import read
from jiangxin.kernel.register.roster.problems import SCHEMA
from jiangxin.kernel.register.roster.reading import Table

ORPHAN_AGE = timedelta(days=1)


def seal_roster(roster: RosterImport, content: bytes) -> None:
    seal_file(io.BytesIO(content), sealed_path(roster), purpose=_purpose(roster))


def read_roster(roster: RosterImport) -> Table:
    """Read the sealed file again.

    Raises FileNotFoundError once it was withdrawn; SealBroken when it was altered.
    """
    with open_sealed(sealed_path(roster), purpose=_purpose(roster)) as file:
        return read(file.read(), roster.file_name)


def sealed_rosters() -> Iterator[tuple[Path, str]]:
    """Yield each file with what it opens as, for sealing it anew."""
    for path in (settings.JIANGXIN_UPLOADS / "rosters").glob("[0-9]*"):
        yield path, f"register.roster:{path.name}"


def outdated_roster_files(before: datetime) -> list[Path]:
    """Return the files of rosters that were written before a moment.

    A roster that is not written or withdrawn waits for somebody, and so does its file.
    """
    written = RosterImport.objects.filter(applied_at__lt=before).order_by("pk")
    return [path for each in written if (path := sealed_path(each)).exists()]


def delete_outdated_roster_files(before: datetime) -> int:
    outdated = outdated_roster_files(before)
    for path in outdated:
        path.unlink(missing_ok=True)
    return len(outdated)


def delete_roster_file(roster: RosterImport) -> None:
    sealed_path(roster).unlink(missing_ok=True)


def delete_orphans(*, now: datetime) -> int:
    """Delete files that no roster owns: a process was killed between file and row.

    Young ones are left, as their row may still be waiting to be committed.
    """
    folder: Path = settings.JIANGXIN_UPLOADS / "rosters"
    old = now.timestamp() - ORPHAN_AGE.total_seconds()
    lying = [path for path in folder.glob("*") if path.stat().st_mtime < old]
    numbers = [int(path.name) for path in lying if path.name.isdecimal()]
    owned = set(RosterImport.objects.in_bulk(numbers))
    orphans = [
        path
        for path in lying
        if not (path.name.isdecimal() and int(path.name) in owned)
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def sealed_path(roster: RosterImport) -> Path:
    folder: Path = settings.JIANGXIN_UPLOADS
    return folder / "rosters" / str(roster.pk)


def refusals_of(roster: RosterImport) -> pl.DataFrame:
    """Return why each row was refused, as `refused_workbook` takes it."""
    found = RosterRefusal.objects.filter(roster=roster).order_by("id")
    return pl.DataFrame(
        [
            (row, column, code, json.dumps(values))
            for row, column, code, values in found.values_list(
                "row_number", "column", "code", "values"
            )
        ],
        schema={name: kind for name, kind in SCHEMA.items() if name != "is_warning"},
        orient="row",
    )


def _purpose(roster: RosterImport) -> str:
    return f"register.roster:{roster.pk}"
