"""`jiangxin logs ship --to FILE|syslog://host:port|-`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.i18n import grouped
from jiangxin.foundation.logs.operations import ship


class Command(BaseCommand):
    help = "Take what is new of the trail and the sign-in log to a file or a syslog server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            required=True,
            metavar="TARGET",
            help=(
                "a file, syslog://host:port (UDP), syslog+tcp://host:port, "
                "syslog+tls://host:port, or - for standard output"
            ),
        )

    def handle(self, *, to: str, **options: Any) -> None:
        try:
            shipped = ship(to, now=timezone.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        for log, count in shipped.events.items():
            # Standard output may be the target.
            self.stderr.write(
                _("%(log)s: %(count)s events shipped")
                % {"log": log, "count": grouped(count)}
            )
