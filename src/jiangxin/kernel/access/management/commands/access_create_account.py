"""`jiangxin access create-account`: the first account, and any other."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.access import operations, rules
from jiangxin.kernel.access.enums import Role


class Command(BaseCommand):
    help = (
        "Create an account, with a role if one is named. Asks for a password twice; "
        "with --generate-password it makes one and prints it this once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="what the person types to sign in")
        parser.add_argument(
            "--name",
            default="",
            help="name of its holder, shown on screens and in the trail",
        )
        parser.add_argument(
            "--person",
            type=int,
            metavar="NUMBER",
            help="person number in the register, for a worker",
        )
        parser.add_argument(
            "--role",
            choices=Role.values,
            metavar="ROLE",
            help="a role to grant at once",
        )
        parser.add_argument(
            "--region", default="", metavar="CODE", help="region code of that role"
        )
        parser.add_argument(
            "--organisation",
            default="",
            metavar="CODE",
            help="organisation code of that role",
        )
        parser.add_argument(
            "--generate-password",
            action="store_true",
            help="make a password and print it, instead of asking for one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        password = rules.new_password() if options["generate_password"] else _asked()
        try:
            account = operations.create_account(
                username=options["username"],
                display_name=options["name"] or options["username"],
                password=password,
                person_id=options["person"],
                actor=SYSTEM,
                now=now,
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"Created account {account.pk}: {account.username}")
        if options["generate_password"]:
            self.stdout.write(f"Password, shown this once: {password}")
        if options["role"]:
            self._grant(account.pk, options)

    def _grant(self, account_id: int, options: dict[str, Any]) -> None:
        try:
            grant = operations.grant_role(
                account_id=account_id,
                role=Role(options["role"]),
                region_code=options["region"],
                organisation_code=options["organisation"],
                actor=SYSTEM,
                now=timezone.now(),
            )
        except Refused as refusal:
            message = f"The account holds no role yet: {refusal.message}"
            raise CommandError(message) from refusal
        self.stdout.write(f"Granted {grant.get_role_display()}")


def _asked() -> str:
    password = getpass("Password: ")
    if password != getpass("Once more: "):
        raise CommandError("The two passwords differ. No account was created.")
    return password
