"""`jiangxin demo load [--scale 1.0]`."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.demonstration.accounts import open_accounts, sign_in_text
from jiangxin.demonstration.certificates import issue_certificates
from jiangxin.demonstration.corrections import ask_for_corrections
from jiangxin.demonstration.data_requests import ask_about_own_data
from jiangxin.demonstration.loading import analyse, is_loaded, load_demonstration
from jiangxin.demonstration.window import hold_the_window
from jiangxin.foundation.i18n import grouped
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
            raise CommandError(_("Give a scale above 0 and up to 1."))
        if not settings.DEMONSTRATION:
            raise CommandError(
                _(
                    "This is no demonstration: its people would stand among real ones."
                    " Set JIANGXIN_DEMONSTRATION=1, with a JIANGXIN_VAR or"
                    " JIANGXIN_DATABASE of its own."
                )
            )
        self.started = time.monotonic()
        if is_loaded():
            self._say(_("The demonstration is loaded already."))
        else:
            self._load(options["scale"])
        if not sign_in_text().exists():
            open_accounts(now=timezone.now())
        self._say(_("How to sign in: %(path)s") % {"path": sign_in_text()})

    def _load(self, scale: float) -> None:
        if Person.objects.exists():
            raise CommandError(
                _(
                    "The register holds people already. Load the demonstration into an"
                    " empty database."
                )
            )
        if not Region.objects.exists():
            self._say(_("regions"))
            call_command("register_load_regions", stdout=self.stdout)
        people = load_demonstration(scale=scale, now=timezone.now(), progress=self._say)
        ask_for_corrections(now=timezone.now())
        ask_about_own_data(now=timezone.now())
        open_accounts(now=timezone.now())
        self._say(_("the service window"))
        hold_the_window(now=timezone.now())
        self._say(_("certificates and passports"))
        issue_certificates(now=timezone.now())
        analyse()
        self._say(_("%(count)s people loaded") % {"count": grouped(people)})
        call_command("demo_check", scale=scale, stdout=self.stdout)

    def _say(self, what: str) -> None:
        seconds = f"{time.monotonic() - self.started:6.1f}"
        self.stdout.write(
            _("%(seconds)s s  %(what)s") % {"seconds": seconds, "what": what}
        )
        self.stdout.flush()
