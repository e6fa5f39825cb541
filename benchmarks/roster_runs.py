"""One measured run in a process of its own; see roster_import."""

import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import django

from benchmarks.report import Measure, peak_megabytes, print_measure

django.setup()

from django.core.management import call_command  # noqa: E402 -- after setup
from django.db import connection, models, transaction  # noqa: E402 -- after setup
from django.utils import timezone  # noqa: E402 -- after setup

from jiangxin.foundation.actor import SYSTEM  # noqa: E402 -- after setup
from jiangxin.foundation.clock.working_days import today  # noqa: E402 -- after setup
from jiangxin.kernel.register.enums import OrganisationKind  # noqa: E402 -- as above
from jiangxin.kernel.register.models import Organisation, Region  # noqa: E402 -- as above
from jiangxin.kernel.register.operations import rosters  # noqa: E402 -- as above

ORGANISATION = "BENCH"
LONG_AGO = date(2020, 1, 1)


def employer() -> Organisation:
    """Return the one employer of the benchmark, registered when it is not there yet."""
    county, _ = Region.objects.get_or_create(code="330324", name="County", level=3)
    found, _ = Organisation.objects.get_or_create(
        code=ORGANISATION,
        defaults={
            "name": "Benchmark Works",
            "kind": OrganisationKind.EMPLOYER,
            "region": county,
            "industry": "C34",
            "valid_from": LONG_AGO,
        },
    )
    Organisation.objects.get_or_create(
        code=f"{ORGANISATION}-U",
        defaults={
            "name": "Benchmark Works Union",
            "kind": OrganisationKind.GRASSROOTS_UNION,
            "region": county,
            "employer": found,
            "valid_from": LONG_AGO,
        },
    )
    return found


def make(file: str, rows: str) -> Measure:
    employer()
    return timed(
        "make",
        int(rows),
        lambda: call_command(
            "register_sample_roster",
            file,
            rows=int(rows),
            seed=1,
            new_employers=True,
            organisation=ORGANISATION,
        ),
    )


def ours(file: str) -> Measure:
    """Import as the command line does: read, check, compare, write, match policies."""
    content, organisation = Path(file).read_bytes(), employer()
    steps: list[tuple[str, float]] = []
    counted: dict[str, int] = {}

    def step(name: str) -> None:
        steps.append((name, time.perf_counter()))

    def work() -> None:
        now = timezone.now()
        roster = rosters.import_at_once(
            rosters.RosterFile(content, file, organisation, today(now)),
            actor=SYSTEM,
            now=now,
            progress=step,
        )
        step("end")
        counted.update(roster.counts)

    measure = timed("ours", 0, work)
    detail = {
        name: round(end - start, 3) for (name, start), (_next, end) in pairwise(steps)
    }
    return Measure(
        "ours", counted["rows"], measure.seconds, peak_megabytes(), "", detail
    )


class Row(models.Model):
    """A roster's row as texts, for the floor and the peer."""

    id_number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=64, default="")
    cells = [models.CharField(max_length=128, default="") for _ in range(10)]
    for _place, _cell in enumerate(cells):
        locals()[f"cell_{_place}"] = _cell
    del cells, _place, _cell

    class Meta:
        app_label = "register"
        db_table = "bench_row"


COLUMNS = ["id_number", "name", *(f"cell_{place}" for place in range(10))]


def floor(file: str) -> Measure:
    """Read the file and bulk-load its distinct rows."""
    from jiangxin.foundation.db import bulk_insert
    from jiangxin.kernel.register.roster.preparing import read

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    loaded = 0

    def work() -> None:
        nonlocal loaded
        table = read(Path(file).read_bytes(), file)
        # The sample's first columns: name, ID number.
        frame = table.rows.drop("row").fill_null("").unique("1", keep="first")
        frame = frame.select("1", "0", *frame.columns[2:12])
        with transaction.atomic():
            loaded = bulk_insert(Row, COLUMNS[: frame.width], frame.iter_rows())

    measure = timed("floor", 0, work)
    return Measure("floor", loaded, measure.seconds, peak_megabytes())


def peer(file: str) -> Measure:
    """django-import-export, bulk and with cached instances: its best."""
    import tablib
    from import_export import resources
    from import_export.instance_loaders import CachedInstanceLoader

    with connection.schema_editor() as editor:
        editor.create_model(Row)

    class RowResource(resources.ModelResource):
        class Meta:
            model = Row
            import_id_fields = ("id_number",)
            fields = tuple(COLUMNS)
            use_bulk = True
            batch_size = 5_000
            force_init_instance = False
            skip_diff = True
            instance_loader_class = CachedInstanceLoader

    imported = 0

    def work() -> None:
        nonlocal imported
        data = tablib.Dataset().load(Path(file).read_bytes(), format="xlsx")
        rows = {row[1]: row for row in data}
        table = tablib.Dataset(headers=COLUMNS)
        for row in rows.values():
            table.append([row[1], row[0], *(cell or "" for cell in row[2:12])])
        RowResource().import_data(table, raise_errors=True)
        imported = Row.objects.count()

    measure = timed("peer", 0, work)
    return Measure("peer", imported, measure.seconds, peak_megabytes())


def timed(what: str, rows: int, work: Callable[[], object]) -> Measure:
    start = time.perf_counter()
    work()
    return Measure(what, rows, time.perf_counter() - start, peak_megabytes())


RUNS: dict[str, Callable[..., Measure]] = {
    "make": make,
    "ours": ours,
    "again": ours,
    "floor": floor,
    "peer": peer,
}

if __name__ == "__main__":
    print_measure(RUNS[sys.argv[1]](*sys.argv[2:]))
