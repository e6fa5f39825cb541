"""`jiangxin access reset-factors`: when the only system administrator lost the device."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.access import operations, queries


class Command(BaseCommand):
    help = (
        "Remove the second factors of an account whose holder lost the device, and "
        "end its sessions. An administrator sets up a new one at the next sign-in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the account's sign-in name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = operations.reset_factors(
                account_id=queries.account_id_of(options["username"]),
                actor=SYSTEM,
                now=timezone.now(),
            )
        except NotFound as missing:
            message = f"No account is called {options['username']}."
            raise CommandError(message) from missing
        self.stdout.write(f"Removed the second factors of {account.username}")
