from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.operations import load_notice
from jiangxin.foundation.errors import Refused


class Command(BaseCommand):
    help = "Enter a year's holidays and make-up working days from a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="UTF-8 CSV with columns on, is_working, name, source",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would change, write nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(
                _("The file cannot be read as UTF-8 text: %(problem)s")
                % {"problem": problem}
            ) from None
        try:
            loaded = load_notice(
                text=text,
                actor=SYSTEM,
                now=timezone.now(),
                is_dry_run=options["dry_run"],
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        counts = _(
            "Notice of %(year)s: %(added)s days added, %(changed)s changed, "
            "%(removed)s removed, %(unchanged)s unchanged."
        ) % vars(loaded)
        self.stdout.write(counts)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written."))
