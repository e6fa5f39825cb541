"""`jiangxin demo check [--scale 1.0]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiangxin.demonstration.checking import count_figures
from jiangxin.demonstration.plan import read_plan


class Command(BaseCommand):
    help = (
        "Count the figures of the nine stories in the register and compare them with "
        "those planned. Right after `demo load` all agree; later work changes some."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=float, default=1.0, help="as it was loaded")

    def handle(self, **options: Any) -> None:
        figures = list(count_figures(read_plan(options["scale"])))
        for figure in figures:
            sign = " " if figure.adds_up else "!"
            self.stdout.write(
                f"{sign} {figure.key:<40} {figure.found:>9,} of {figure.expected:>9,}"
            )
        wrong = sum(not figure.adds_up for figure in figures)
        if wrong:
            raise CommandError(f"{wrong} of {len(figures)} figures do not add up.")
        self.stdout.write(f"All {len(figures)} figures add up.")
