"""`jiangxin access grant-role`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.arguments import day
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.kernel.access import operations, queries
from jiangxin.kernel.access.enums import Role


class Command(BaseCommand):
    help = "Give an account a role for a region or an organisation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the account's sign-in name")
        parser.add_argument(
            "role", choices=Role.values, metavar="ROLE", help="what to grant"
        )
        parser.add_argument(
            "--region", default="", metavar="CODE", help="region code, such as 330726"
        )
        parser.add_argument(
            "--organisation", default="", metavar="CODE", help="organisation code"
        )
        parser.add_argument(
            "--from",
            dest="valid_from",
            metavar="DATE",
            type=day,
            help="YYYY-MM-DD; today",
        )
        parser.add_argument(
            "--until",
            dest="valid_to",
            metavar="DATE",
            type=day,
            help="YYYY-MM-DD, the first day without the role",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            grant = operations.grant_role(
                account_id=queries.account_id_of(options["username"]),
                role=Role(options["role"]),
                region_code=options["region"],
                organisation_code=options["organisation"],
                valid_from=options["valid_from"],
                valid_to=options["valid_to"],
                actor=SYSTEM,
                now=timezone.now(),
            )
        except NotFound as missing:
            message = f"No account is called {options['username']}."
            raise CommandError(message) from missing
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"Granted {grant.get_role_display()} to {grant.account}")
