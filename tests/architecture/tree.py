"""What the tests of this folder look at: our files and our models."""

import subprocess
import tokenize
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/jiangxin"
PROGRAMMES = sorted(
    path.parent.name for path in PACKAGE.glob("programmes/*/programme.py")
)


def python_files(*folders: Path, migrations: bool = False) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if migrations or "migrations" not in path.parts
    ]


@cache
def tokens(path: Path) -> list[tokenize.TokenInfo]:
    with path.open("rb") as lines:
        return list(tokenize.tokenize(lines.readline))


def templates(folder: Path = PACKAGE) -> list[Path]:
    return sorted(path for path in folder.rglob("templates/**/*") if path.is_file())


@cache
def tracked_files() -> list[Path]:
    """Return what is committed or would be by `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 -- git of the path
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return [path for path in paths if path.is_file()]


def our_models(layer: str = "") -> list[type[Model]]:
    """Return the models of the house, or of one layer of it."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith(f"jiangxin.{layer}")
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
