"""`jiangxin register load-regions`: the administrative divisions into the register."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.register.operations import regions


class Command(BaseCommand):
    help = "Load the list of regions; loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="CSV with code, name and parent; by default the one `make setup` made",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read and count, write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = regions.read_regions(options["file"] or regions.REGIONS)
            if options["dry_run"]:
                self.stdout.write(f"{len(rows):,} regions in the list; nothing written")
                return
            done = regions.load_regions(rows, actor=SYSTEM, now=timezone.now())
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"{len(rows):,} regions: {done.added:,} added, {done.changed:,} renamed or"
            f" opened again, {done.closed:,} closed"
        )
