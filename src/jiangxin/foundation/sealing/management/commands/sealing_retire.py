"""`jiangxin sealing retire KEY`: take a key off the ring that seals nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.sealing.rotation import retire


class Command(BaseCommand):
    help = "Take a key off the ring, once nothing is sealed with it any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", type=int, help="the key's number")
        parser.add_argument(
            "--platform-stopped",
            action="store_true",
            help="nothing else runs, so the hour of rest is not needed",
        )

    def handle(self, *args: Any, key: int, **options: Any) -> None:
        try:
            retire(
                key,
                actor=SYSTEM,
                now=timezone.now(),
                is_platform_stopped=options["platform_stopped"],
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(
            _(
                "Key %(key_id)s is off the ring. Backups of the database from before "
                "need a copy of the ring from then."
            )
            % {"key_id": key}
        )
