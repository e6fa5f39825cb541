"""refusals.md: every way the platform says no, and what it says."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import jiangxin
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.reference.markdown import code, in_chinese, in_english, table

# Wiring and programs to run: they refuse nothing, and importing them does things.
NOT_IMPORTED = ("jiangxin.project", "jiangxin.__main__", "jiangxin.cli")


def build() -> str:
    rows = (
        (code(kind.code), in_english(kind.text), in_chinese(kind.text))
        for kind in sorted(refusals(), key=lambda kind: kind.code)
    )
    return table(["Code", "English", "Chinese"], rows)


def refusals() -> list[type[Refused]]:
    """Return the refusals of all our modules."""
    for module in _modules():
        import_module(module)
    return [kind for kind in _below(Refused) if kind.__module__.startswith("jiangxin.")]


def _modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(jiangxin.__path__, "jiangxin."):
        if not found.name.startswith(NOT_IMPORTED) and ".migrations" not in found.name:
            yield found.name


def _below(kind: type[Refused]) -> Iterator[type[Refused]]:
    for sub in kind.__subclasses__():
        # One that is only there to be inherited from has no code of its own.
        if "code" in vars(sub):
            yield sub
        yield from _below(sub)
