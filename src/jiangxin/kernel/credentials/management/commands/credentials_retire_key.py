"""`jiangxin credentials retire-key`: a key that signs no more, or was stolen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.models.issued import LIVE
from jiangxin.kernel.credentials.operations import retire_key


class Command(BaseCommand):
    help = "Let a signing key sign no more; with --compromised, trust it no more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key_id", type=int)
        parser.add_argument(
            "--compromised",
            action="store_true",
            help="somebody else may have the key: what it signed is not good either",
        )
        parser.add_argument("--reason", default="", help="for the trail")

    def handle(
        self, *args: Any, key_id: int, compromised: bool, reason: str, **options: Any
    ) -> None:
        try:
            key = retire_key(
                key_id=key_id,
                is_compromised=compromised,
                reason=reason,
                actor=SYSTEM,
                now=timezone.now(),
            )
        except NotFound:
            raise CommandError(_("There is no such key.")) from None
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        live = IssuedCredential.objects.filter(key=key, status__in=LIVE).count()
        self.stdout.write(
            _("Key %(key_id)s is “%(state)s”. Live issues that it signed: %(live)s.")
            % {"key_id": key.pk, "state": key.get_state_display(), "live": live}
        )
