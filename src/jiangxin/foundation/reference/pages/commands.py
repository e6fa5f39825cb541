"""commands.md: every command of ours, with its arguments."""

import argparse
from collections.abc import Iterator

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from jiangxin.foundation.reference.markdown import code, section, table


def build() -> str:
    return "\n\n".join(
        _command(name, load_command_class(app, name))
        for name, app in sorted(get_commands().items())
        if str(app).startswith("jiangxin.")
    )


def _command(name: str, command: BaseCommand) -> str:
    spoken = spoken_name(name)
    parser = command.create_parser("jiangxin", name)
    arguments = list(_own_arguments(parser))
    usage = " ".join(["jiangxin", spoken, *(_usage(each) for each in arguments)])
    rows = [(code(_names(each)), _help(each)) for each in arguments]
    return section(
        spoken,
        command.help,
        f"```text\n{usage}\n```",
        table(["Argument", "Meaning"], rows),
    )


def spoken_name(name: str) -> str:
    """Return `register import-roster` for `register_import_roster`, as cli.py reads it."""
    part, _, rest = name.partition("_")
    return f"{part} {rest.replace('_', '-')}".strip()


def _own_arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments that Django does not give to every command."""
    every = BaseCommand().create_parser("jiangxin", "any")
    common = {option for each in every._actions for option in each.option_strings}  # noqa: SLF001 -- argparse has no public list
    for action in parser._actions:  # noqa: SLF001 -- as above
        if not common & set(action.option_strings) and (
            action.help != argparse.SUPPRESS
        ):
            yield action


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    metavar = action.metavar or action.dest.upper()
    return metavar if isinstance(metavar, str) else " ".join(metavar)


def _usage(action: argparse.Action) -> str:
    value = _value(action)
    shown = " ".join(filter(None, [*action.option_strings[-1:], value]))
    if action.nargs in {"*", "+"}:
        shown += " ..."
    is_needed = action.required and action.nargs not in {"?", "*"}
    return shown if is_needed else f"[{shown}]"


def _names(action: argparse.Action) -> str:
    value = _value(action)
    if not action.option_strings:
        return value
    return " ".join(filter(None, [", ".join(action.option_strings), value]))


def _help(action: argparse.Action) -> str:
    text = (action.help or "") % {**vars(action), "prog": "jiangxin"}
    notes = []
    if action.choices:
        notes.append(f"one of {', '.join(map(str, action.choices))}")
    # By identity: the default 0 is worth telling, the absence of a flag is not.
    if not any(action.default is none for none in (None, False, argparse.SUPPRESS, "")):
        notes.append(f"default: {action.default}")
    return f"{text} ({'; '.join(notes)})".strip() if notes else text
