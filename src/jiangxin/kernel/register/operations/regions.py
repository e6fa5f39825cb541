"""Loading the list of administrative divisions."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import bulk_insert, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.trail.events import Event, subject
from jiangxin.foundation.trail.operations import record, record_many
from jiangxin.kernel.register.enums import RegionLevel
from jiangxin.kernel.register.events import RegionClosed, RegionRenamed, RegionsLoaded
from jiangxin.kernel.register.models import Region

# The file that tools/build_assets.py makes; it is not committed.
REGIONS = Path(__file__).resolve().parent.parent / "data" / "regions.csv"

LEVELS = {
    2: RegionLevel.PROVINCE,
    4: RegionLevel.CITY,
    6: RegionLevel.COUNTY,
    9: RegionLevel.TOWN,
    12: RegionLevel.VILLAGE,
}


class NoRegionList(Refused):
    code = "register.no_region_list"
    text = _(
        "There is no list of regions at %(path)s. Run `make setup`, which makes it."
    )


class RegionListBroken(Refused):
    code = "register.region_list_broken"
    text = _(
        "Line %(line)s of the list of regions does not fit: %(region)s. Nothing was"
        " loaded; make the list again with `make setup`."
    )


@dataclass(frozen=True)
class RegionRow:
    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class RegionsDone:
    """How many regions a load added, renamed (or opened again) and closed."""

    added: int
    changed: int
    closed: int


def read_regions(path: Path = REGIONS) -> list[RegionRow]:
    """Read a list of regions: code, name, parent.

    Raises NoRegionList, RegionListBroken (a code of no level, no name, or a parent that
    does not stand before it).
    """
    if not path.exists():
        raise NoRegionList(path=path)
    seen = {""}
    rows = []
    with path.open(encoding="utf-8", newline="") as lines:
        for line, given in enumerate(csv.DictReader(lines), 2):
            row = RegionRow(given["code"], given["name"], given["parent"])
            fits = (
                len(row.code) in LEVELS
                and row.code.isdecimal()
                and row.name
                and row.parent in seen
                and row.code.startswith(row.parent)
                and row.code not in seen
            )
            if not fits:
                raise RegionListBroken(line=line, region=f"{row.code} {row.name}")
            seen.add(row.code)
            rows.append(row)
    return rows


@opens_transaction
def load_regions(
    rows: Iterable[RegionRow], *, actor: Actor, now: datetime
) -> RegionsDone:
    """Make the regions those of the list; loading the same list again does nothing.

    New ones are added, changed names are changed, and those no longer in the list are
    closed as of today: records that lie there keep their region.
    """
    wanted = {row.code: row for row in rows}
    known = {region.pk: region for region in Region.objects.all()}
    added = [row for code, row in wanted.items() if code not in known]
    changed = [
        region
        for code, region in known.items()
        if code in wanted
        and (region.name != wanted[code].name or region.valid_to is not None)
    ]
    closed = [
        region
        for code, region in known.items()
        if code not in wanted and region.valid_to is None
    ]
    done = RegionsDone(len(added), len(changed), len(closed))
    if not (added or changed or closed):
        return done
    _insert(added)
    events = [*_rename(changed, wanted), *_close(closed, today(now))]
    record_many(events, actor=actor, at=now)
    record(
        RegionsLoaded(**vars(done)),
        subject=subject("register", "regions"),
        actor=actor,
        at=now,
    )
    return done


def _insert(rows: list[RegionRow]) -> None:
    # A list that is read has parents before children, so foreign keys hold throughout.
    bulk_insert(
        Region,
        ["code", "name", "level", "parent_id"],
        (
            (row.code, row.name, LEVELS[len(row.code)].value, row.parent or None)
            for row in rows
        ),
    )


def _rename(
    regions: list[Region], wanted: dict[str, RegionRow]
) -> list[tuple[str, Event]]:
    events: list[tuple[str, Event]] = []
    for region in regions:
        name = wanted[region.pk].name
        event = RegionRenamed(old_name=region.name, new_name=name)
        events.append((subject("region", region.pk), event))
        region.name, region.valid_to = name, None
    Region.objects.bulk_update(regions, ["name", "valid_to"], batch_size=500)
    return events


def _close(regions: list[Region], on: date) -> list[tuple[str, Event]]:
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Region._meta.db_table} SET valid_to = %s WHERE code = %s",  # noqa: S608 -- our own name
            [(day, region.pk) for region in regions],
        )
    return [
        (subject("region", region.pk), RegionClosed(valid_to=on)) for region in regions
    ]
