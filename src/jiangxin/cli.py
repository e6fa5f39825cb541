"""The `jiangxin` command: Django's commands with the settings preset.

`jiangxin register import-roster FILE` runs the management command
`register_import_roster FILE`: a command is named part, verb, object.
"""

import os
import sys
from collections.abc import Sequence

import django
from django.core.management import (
    CommandError,
    execute_from_command_line,
    get_commands,
)
from django.db import DatabaseError

from jiangxin.foundation.jobs.readiness import check_database


def main(arguments: Sequence[str] | None = None) -> None:
    # The database and what lies beside it hold names: they are their owner's alone.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxin.project.settings")
    # Before the commands are listed: Django keeps the first list it makes.
    django.setup()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        execute_from_command_line(["jiangxin", *_joined(given)])
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_a_closed_pipe()
    except DatabaseError:
        _blame_missing_tables()
        raise


def _joined(arguments: list[str]) -> list[str]:
    """Turn `part verb-object …` into `part_verb_object …` where such a command exists."""
    if len(arguments) > 1 and not arguments[1].startswith("-"):
        name = f"{arguments[0]}_{arguments[1]}".replace("-", "_")
        if name in get_commands():
            return [name, *arguments[2:]]
    return arguments


def _leave_a_closed_pipe() -> None:
    """Whoever read, such as `head`, has enough: end without a word about it."""
    # Python flushes once more on its way out.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)


def _blame_missing_tables() -> None:
    """End with what to do when the database was never migrated; else return."""
    try:
        check_database()
    except CommandError as not_ready:
        sys.exit(str(not_ready))
