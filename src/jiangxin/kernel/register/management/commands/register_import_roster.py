"""`jiangxin register import-roster FILE --organisation CODE [--dry-run]`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.register.jobs import APPLY_STAGES
from jiangxin.kernel.register.models import Organisation, RosterImport
from jiangxin.kernel.register.operations import rosters
from jiangxin.kernel.register.roster.facets import all_columns
from jiangxin.kernel.register.roster.files import read_roster, refusals_of
from jiangxin.kernel.register.roster.problems import sentence
from jiangxin.kernel.register.roster.workbook import refused_workbook

COUNTS = {
    "rows": gettext_lazy("rows in the file"),
    "new": gettext_lazy("new people"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "refused": gettext_lazy("refused"),
    "warned": gettext_lazy("with a warning"),
}


class Command(BaseCommand):
    help = "Import a roster of people from a workbook (.xlsx) or a .csv file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook or .csv file")
        parser.add_argument(
            "--organisation",
            required=True,
            metavar="CODE",
            help="the organisation whose roster it is: its code or credit code",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check and count, write nothing"
        )

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        now = timezone.now()
        try:
            file = rosters.RosterFile(
                content=path.read_bytes(),
                name=path.name,
                organisation=_organisation(options["organisation"]),
                effective_on=today(now),
            )
            if options["dry_run"]:
                counts = rosters.try_out(
                    file, actor=SYSTEM, now=now, progress=self._say
                )
                self._report(counts)
                self.stdout.write(_("Nothing was written (--dry-run)."))
                return
            roster = rosters.import_at_once(
                file, actor=SYSTEM, now=now, progress=self._say
            )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self._report(roster.counts)
        if roster.counts["refused"]:
            self._hand_back(roster, path)

    def _hand_back(self, roster: RosterImport, path: Path) -> None:
        try:
            beside = _written_beside(roster, path)
        except OSError as error:
            # The roster is written all the same, so this is no failure.
            text = _(
                "The refused rows could not be written beside it (%(problem)s). "
                "Download them from the roster's page at the desk."
            )
            self.stderr.write(text % {"problem": error.strerror})
        else:
            text = _("Refused rows, with reasons: %(path)s")
            self.stdout.write(text % {"path": beside})

    def _say(self, stage: str) -> None:
        self.stderr.write(f"  {APPLY_STAGES[stage]} …")

    def _report(self, counts: dict[str, Any]) -> None:
        for name, label in COUNTS.items():
            self.stdout.write(f"{counts[name]:>10,}  {label}")
        titles = {column.key: str(column.title) for column in all_columns()}
        for kind in counts["kinds"]:
            verdict = _("Warning") if kind["is_warning"] else _("Refused")
            text = sentence(kind["code"], json.loads(kind["values"]))
            title = titles.get(kind["column"], "")
            about = f"{verdict} · {title}" if title else verdict
            self.stdout.write(f"{kind['rows']:>10,}  {about}: {text}")


def _organisation(code: str) -> Organisation:
    found = (
        Organisation.objects.filter(code=code).first()
        or Organisation.objects.filter(credit_code=code.upper()).first()
    )
    if found is None:
        text = _("No organisation has the code %(code)s. Look it up at the desk.")
        raise CommandError(text % {"code": code})
    return found


def _written_beside(roster: RosterImport, path: Path) -> Path:
    """Write the refused rows beside the file, readable by its owner only."""
    beside = path.with_name(f"{path.stem}.refused.xlsx")
    content = refused_workbook(read_roster(roster), refusals_of(roster), roster.mapping)
    beside.unlink(missing_ok=True)  # one left from before may be readable by others
    beside.touch(mode=0o600, exist_ok=False)
    beside.write_bytes(content)
    return beside
