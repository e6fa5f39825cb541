"""`jiangxin credentials rotate-key`: sign with a new key from now on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials.operations import rotate_key


class Command(BaseCommand):
    help = "Sign credentials with a new key; what the old one signed stays good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", default="", help="for the trail")

    def handle(self, *args: Any, reason: str, **options: Any) -> None:
        key = rotate_key(reason=reason, actor=SYSTEM, now=timezone.now())
        self.stdout.write(
            _("Key %(key_id)s signs from now on: %(public_part)s")
            % {"key_id": key.pk, "public_part": key.public_part}
        )
