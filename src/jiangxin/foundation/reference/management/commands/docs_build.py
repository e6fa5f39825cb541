"""`jiangxin docs build`: write the generated reference."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiangxin.foundation.reference import building


class Command(BaseCommand):
    help = "Write the generated pages of docs/reference from what the code declares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; print what is out of date and end with 1 if anything is",
        )
        parser.add_argument(
            "--folder",
            type=Path,
            default=Path("docs/reference"),
            help="where the pages are",
        )

    def handle(self, *, check: bool, folder: Path, **options: Any) -> None:
        pages = building.build_pages()
        if check:
            difference = building.differences(pages, folder)
            if difference:
                self.stdout.write(difference)
                message = "docs/reference is out of date: run `make docs`."
                raise CommandError(message)
            return
        changed = building.write(pages, folder)
        self.stdout.write(f"{len(pages)} pages, {len(changed)} changed.")
