"""The columns a roster may have, and which heading of a file means which."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

_HINTS = re.compile(r"[(\[（【].*?[)\]）】]")
_NOISE = re.compile(r"[\s*:：_\-./\\]+")


@dataclass(frozen=True)
class RosterColumn:
    """A column by its stable key; titles by language; headings that mean it."""

    key: str
    titles: Mapping[str, str]
    synonyms: tuple[str, ...] = ()
    is_required: bool = False

    @property
    def title(self) -> str:
        return self.title_in(get_language() or "en")

    def title_in(self, language: str) -> str:
        return self.titles.get(language) or self.titles["en"]

    @property
    def headings(self) -> tuple[str, ...]:
        return (*self.titles.values(), *self.synonyms)


def read_columns(path: Path) -> tuple[RosterColumn, ...]:
    """Read a part's column file; its form is shown by `columns.yaml` beside this."""
    return tuple(
        RosterColumn(
            key=entry["key"],
            titles=entry["title"],
            synonyms=tuple(entry.get("synonyms", ())),
            is_required=entry.get("is_required", False),
        )
        for entry in yaml.safe_load(path.read_text("utf-8"))
    )


@cache
def own_columns() -> tuple[RosterColumn, ...]:
    """The columns the register itself reads."""
    return read_columns(Path(__file__).with_name("columns.yaml"))


def plain_heading(heading: str) -> str:
    """Fold what does not matter: width, case, spaces, marks and bracketed hints."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    without_hints = _HINTS.sub("", folded)
    return _NOISE.sub("", without_hints or folded)


def recognise(
    headings: Sequence[str], columns: Iterable[RosterColumn]
) -> dict[str, str]:
    """Return {column key: heading} for the headings that are known.

    The first heading that means a column wins; a heading serves one column only.
    """
    meanings: dict[str, str] = {}
    for column in columns:
        for known in column.headings:
            meanings.setdefault(plain_heading(known), column.key)
    found: dict[str, str] = {}
    for heading in headings:
        key = meanings.get(plain_heading(heading))
        if key is not None:
            found.setdefault(key, heading)
    return found


def missing_required(
    mapping: Mapping[str, str], columns: Iterable[RosterColumn]
) -> list[RosterColumn]:
    return [
        column for column in columns if column.is_required and column.key not in mapping
    ]
