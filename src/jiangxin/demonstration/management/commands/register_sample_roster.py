"""`jiangxin register sample-roster FILE --rows N --seed S [--organisation CODE]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jiangxin.demonstration.organisations import sector_of
from jiangxin.demonstration.sample_roster import Employer, draw_roster, write_roster
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.register.enums import OrganisationKind
from jiangxin.kernel.register.models import Organisation

COUNTY = 6
# Where people are born when no organisation says.
SOMEWHERE = "330781"


class Command(BaseCommand):
    help = (
        "Write a realistic synthetic roster with known faults of every kind, and beside "
        "it FILE.faults.csv, which says what is wrong in which row. The same options "
        "and register give the same roster. Its people exist nowhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook to write (.xlsx)")
        parser.add_argument("--rows", type=int, default=1_000, help="how many people")
        parser.add_argument("--seed", type=int, default=1, help="another seed, others")
        parser.add_argument(
            "--faults",
            type=float,
            default=0.02,
            metavar="SHARE",
            help="share of faulty rows, 0 to 1 (0.02)",
        )
        parser.add_argument(
            "--organisation",
            metavar="CODE",
            help="whose roster: its employers, or those of its region, are named",
        )
        parser.add_argument(
            "--new-employers",
            action="store_true",
            help="name no employer: everyone works at the roster's organisation",
        )

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix.lower() != ".xlsx":
            raise CommandError(f"{path}: give the file a name that ends in .xlsx.")
        if options["rows"] < 1 or not 0 <= options["faults"] <= 1:
            raise CommandError("Give at least one row, and a share from 0 to 1.")
        organisation = _organisation(options["organisation"])
        roster = draw_roster(
            rows=options["rows"],
            seed=options["seed"],
            faulty=options["faults"],
            employers=_employers(organisation, is_blank=options["new_employers"]),
            division=_division(organisation),
            on=today(timezone.now()),
        )
        try:
            known = write_roster(roster, path)
        except OSError as error:
            raise CommandError(f"{path}: {error}") from error
        self.stdout.write(f"{path}: {roster.rows.height:,} rows")
        self.stdout.write(f"{known}: {len(roster.faults):,} faults")


def _organisation(code: str | None) -> Organisation | None:
    if code is None:
        return None
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"No organisation has the code {code}.")
    return found


def _employers(organisation: Organisation | None, *, is_blank: bool) -> list[Employer]:
    """Return the employers that the organisation's roster may name."""
    if organisation is None or is_blank:
        return [Employer(None, "machining")]
    own = organisation.employer if organisation.is_union else organisation
    if own is not None:
        return [Employer(own.name, sector_of(own.industry))]
    employers = Organisation.objects.filter(
        kind=OrganisationKind.EMPLOYER,
        region__code__startswith=organisation.region_id,
        closed_on__isnull=True,
    )
    found = [
        Employer(name, sector_of(industry))
        for name, industry in employers.order_by("id").values_list("name", "industry")
    ]
    if not found:
        raise CommandError(
            f"{organisation.code} has no employer in the register. Register one, or "
            "use --new-employers."
        )
    return found


def _division(organisation: Organisation | None) -> str:
    region = organisation.region_id if organisation else SOMEWHERE
    return f"{region}0102"[:COUNTY] if len(region) < COUNTY else region[:COUNTY]
