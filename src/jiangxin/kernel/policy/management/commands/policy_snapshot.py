"""`jiangxin policy snapshot [refresh|status] [--anew]`."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.i18n import grouped, table_date
from jiangxin.kernel.policy.operations import match_on_snapshot
from jiangxin.kernel.policy.snapshot.status import status

COMMAND_REASON = "snapshot"


class Command(BaseCommand):
    help = "Bring the snapshot of the register up to date and match it, or describe it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "act", nargs="?", choices=["refresh", "status"], default="status"
        )
        parser.add_argument(
            "--anew",
            action="store_true",
            help="read the whole register again, whatever changed",
        )

    def handle(self, **options: Any) -> None:
        try:
            if options["act"] == "refresh":
                match_on_snapshot(
                    actor=SYSTEM,
                    now=timezone.now(),
                    reason=COMMAND_REASON,
                    anew=options["anew"],
                )
            self._print()
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _print(self) -> None:
        found = status()
        self.stdout.write(
            _(
                "%(people)s people as of %(day)s, made at %(at)s; %(policies)s "
                "policies, %(matches)s matches; %(size)s MB"
            )
            % {
                "people": grouped(found.people),
                "day": _day(found.on),
                "at": _moment(found.at),
                "policies": found.policies,
                "matches": grouped(found.matches),
                "size": grouped(found.bytes // 1_000_000),
            }
        )
        self.stdout.write(
            _("%(count)s changes wait to be included") % {"count": found.waiting}
        )


def _day(on: date) -> str:
    return table_date(on)


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
