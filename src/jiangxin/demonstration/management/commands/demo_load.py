"""`jiangxin demo load [--scale 1.0]`."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jiangxin.demonstration.accounts import open_accounts, sign_in_text
from jiangxin.demonstration.loading import analyse, is_loaded, load_demonstration
from jiangxin.kernel.register.models import Person, Region


class Command(BaseCommand):
    help = (
        "Load the demonstration: nine places with made-up people, employers and unions "
        "at the scale of the stories, and accounts to sign in with. Once loaded, "
        "running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale",
            type=float,
            default=1.0,
            help="shrink the large places to this share (1.0)",
        )

    def handle(self, **options: Any) -> None:
        if not 0 < options["scale"] <= 1:
            raise CommandError("Give a scale above 0 and up to 1.")
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is no demonstration: its people would stand among real ones. Set "
                "JIANGXIN_DEMONSTRATION=1, with a JIANGXIN_VAR or JIANGXIN_DATABASE of "
                "its own."
            )
        self.started = time.monotonic()
        if is_loaded():
            self._say("The demonstration is loaded already.")
        else:
            self._load(options["scale"])
        if not sign_in_text().exists():
            open_accounts(now=timezone.now())
        self._say(f"How to sign in: {sign_in_text()}")

    def _load(self, scale: float) -> None:
        if Person.objects.exists():
            raise CommandError(
                "The register holds people already. Load the demonstration into an "
                "empty database."
            )
        if not Region.objects.exists():
            self._say("regions")
            call_command("register_load_regions", stdout=self.stdout)
        people = load_demonstration(scale=scale, now=timezone.now(), progress=self._say)
        analyse()
        self._say(f"{people:,} people loaded")
        call_command("demo_check", scale=scale, stdout=self.stdout)

    def _say(self, what: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.started:6.1f} s  {what}")
        self.stdout.flush()
