"""`jiangxin demo check [--scale 1.0]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

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
            counted = _("%(found)s of %(expected)s") % {
                "found": f"{figure.found:>9,}",
                "expected": f"{figure.expected:>9,}",
            }
            self.stdout.write(f"{sign} {figure.key:<40} {counted}")
        wrong = sum(not figure.adds_up for figure in figures)
        if wrong:
            text = _("%(wrong)s of %(count)s figures do not add up.")
            raise CommandError(text % {"wrong": wrong, "count": len(figures)})
        self.stdout.write(_("All %(count)s figures add up.") % {"count": len(figures)})
