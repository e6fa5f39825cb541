"""`jiangxin wall raise`: after the operator made the role by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from jiangxin.foundation.wall.building import raise_wall


class Command(BaseCommand):
    help = (
        "Let requests be held by row-level security (PostgreSQL only): make the role "
        "if the database user may, and give it the tables. `migrate` does the same."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("This database has no row-level security.")
        if not raise_wall(connection):
            raise CommandError(
                "The role is missing and this user may not make it: see "
                "docs/how-to/run-on-postgresql.md."
            )
        self.stdout.write("The wall stands.")
