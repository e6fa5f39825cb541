"""`jiangxin check --database default`, and `migrate`, tell when the wall is down."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004 -- Django's name
from django.db import connections

from jiangxin.foundation.wall.building import (
    has_policies,
    signs_in_as_superuser,
    stands,
)


def check_wall(
    *,
    databases: Sequence[str] | None = None,
    **options: Any,  # noqa: ARG001 -- Django's
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for connection in (connections[alias] for alias in databases or ()):
        if connection.vendor != "postgresql":
            continue
        if has_policies(connection) and not stands(connection):
            found.append(
                Warning(
                    "Row-level security does not hold requests on this database.",
                    hint="Make the role, then run `jiangxin wall raise`: see "
                    "docs/how-to/run-on-postgresql.md.",
                    id="jiangxin.W001",
                )
            )
        if signs_in_as_superuser(connection):
            found.append(
                Warning(
                    "Jiangxin signs in to PostgreSQL as a superuser, whom nothing "
                    "holds while it acts for itself.",
                    hint="Give it a user of its own that owns its database.",
                    id="jiangxin.W002",
                )
            )
    return found
