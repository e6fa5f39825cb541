"""From declarations to files, and whether the files are still what they say."""

import difflib
from pathlib import Path

from django.utils import translation

from jiangxin.foundation.parts import brought
from jiangxin.foundation.reference.declaration import ReferencePage
from jiangxin.foundation.reference.pages import (
    commands,
    refusals,
    settings,
    states,
    trail_events,
)

GENERATED = "<!-- Written by `make docs`; edit what it is made from instead. -->"

OF_EVERY_PART = (
    ReferencePage(
        "commands",
        "Commands",
        "What an operator can type. `python -m jiangxin` is the same as `jiangxin`; "
        "Django's own commands work too.",
        commands.build,
    ),
    ReferencePage(
        "settings",
        "Settings",
        "What the environment decides. Nothing of a programme is set here: what comes "
        "from a document is policy, what differs by city is register data.",
        settings.build,
    ),
    ReferencePage(
        "states",
        "States",
        "What each record with states may become. No other move is possible.",
        states.build,
    ),
    ReferencePage(
        "trail-events",
        "Trail events",
        "What can be recorded of a subject. The key is stored and never renamed; no "
        "detail holds personal data in the clear.",
        trail_events.build,
    ),
    ReferencePage(
        "refusals",
        "Refusals",
        "How the platform says no to a well-formed request. The code is stable; words "
        "like `%(role)s` are filled in.",
        refusals.build,
    ),
)


def build_pages() -> dict[str, str]:
    """Return the text of every page by file name, in English."""
    pages = sorted(
        (*OF_EVERY_PART, *brought(ReferencePage)), key=lambda page: page.name
    )
    with translation.override("en"):
        return {f"{page.name}.md": _text(page) for page in pages}


def _text(page: ReferencePage) -> str:
    blocks = [f"# {page.title}", GENERATED, page.purpose, page.build().strip()]
    return "\n\n".join(filter(None, blocks)) + "\n"


def write(pages: dict[str, str], folder: Path) -> list[str]:
    """Write the pages that changed and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = [name for name, text in pages.items() if _kept(folder / name) != text]
    for name in changed:
        (folder / name).write_text(pages[name], encoding="utf-8")
    return changed


def differences(pages: dict[str, str], folder: Path) -> str:
    """Return what `write` would change, as a diff; "" when nothing."""
    lines: list[str] = []
    for name, text in pages.items():
        lines += difflib.unified_diff(
            _kept(folder / name).splitlines(keepends=True),
            text.splitlines(keepends=True),
            f"{name} (kept)",
            f"{name} (declared)",
        )
    return "".join(lines)


def _kept(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""
