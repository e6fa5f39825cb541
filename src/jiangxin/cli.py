"""The `jiangxin` command: Django's commands with the settings preset.

`jiangxin register import-roster FILE` runs the management command
`register_import_roster FILE`: a command is named part, verb, object.
"""

import os
import sys
from collections.abc import Sequence

import django
from django.core.management import execute_from_command_line, get_commands


def main(arguments: Sequence[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxin.project.settings")
    # Before the commands are listed: Django keeps the first list it makes.
    django.setup()
    given = list(sys.argv[1:] if arguments is None else arguments)
    execute_from_command_line(["jiangxin", *_joined(given)])


def _joined(arguments: list[str]) -> list[str]:
    """Turn `part verb-object …` into `part_verb_object …` where such a command exists."""
    if len(arguments) > 1 and not arguments[1].startswith("-"):
        name = f"{arguments[0]}_{arguments[1]}".replace("-", "_")
        if name in get_commands():
            return [name, *arguments[2:]]
    return arguments
