"""The national lists the register speaks in: industries, education, occupations, grades.

Codes are stored, names are shown, and what rosters say in words is understood here. The
lists are the CSV files in `data/`; its README says how sure each is.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from jiangxin.foundation.ids.occupation_code import check_occupation_code
from jiangxin.foundation.ids.problems import IdProblem

DATA = Path(__file__).with_name("data")
CHINESE = "zh"

# Words that stand together mean the same, as in a grade and its level: "A/B", "A (B)".
_BETWEEN_WORDS = re.compile(r"[()\[\]/|,;:\u3001\u3010\u3011]+")
_IN_BRACKETS = re.compile(r"[(\[\u3010].*?[)\]\u3011]")
_OCCUPATION_CODE = re.compile(r"(?<!\d)[1-8]-\d{2}-\d{2}-\d{2}(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list."""

    code: str
    name_zh: str
    name_en: str
    synonyms: tuple[str, ...]
    source: str
    is_offered: bool

    def name(self, language: str | None = None) -> str:
        """Return the name in `language`, or in the language that is active now."""
        wanted = language or get_language() or ""
        return self.name_zh if wanted.startswith(CHINESE) else self.name_en


@dataclass(frozen=True)
class Classification:
    """A list by code, and the code that each folded word means."""

    entries: Mapping[str, Entry]
    words: Mapping[str, str]

    def name(self, code: str, language: str | None = None) -> str:
        """Return the name of `code`; a code that is not in the list as it stands."""
        entry = self.entries.get(code)
        return entry.name(language) if entry else code

    def names(self, language: str | None = None) -> list[str]:
        """Return the names offered for choosing, in the order of the list."""
        return [entry.name(language) for entry in self.offered()]

    def offered(self) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.is_offered]

    def from_text(self, text: str) -> str | None:
        """Return the code that `text` means: a code, a name or a synonym of the list.

        Several words must agree. None when a word is unknown, or they differ.
        """
        folded = _fold(text)
        if folded in self.words:
            return self.words[folded]
        parts = [part for part in _BETWEEN_WORDS.split(folded) if part]
        meanings = {self.words.get(part) for part in parts}
        return meanings.pop() if len(meanings) == 1 else None


def industry_name(code: str, language: str | None = None) -> str:
    """Return the name of an industry, or of the division it belongs to.

    code: section letter and up to four digits ("A", "A01", "A0141").
    """
    known = industries().entries
    for length in range(len(code), 0, -1):
        if entry := known.get(code[:length]):
            return entry.name(language)
    return code


def industry_from_text(text: str) -> str | None:
    """Return the code that `text` means; below the divisions a code is kept as given."""
    code = industries().from_text(text)
    folded = _fold(text).upper()
    if code is None and re.fullmatch(r"[A-T]\d{3,4}", folded, re.ASCII):
        return folded if folded[:3] in industries().entries else None
    return code


def education_name(code: str, language: str | None = None) -> str:
    return education().name(code, language)


def education_names(language: str | None = None) -> list[str]:
    return education().names(language)


def education_from_text(text: str) -> str | None:
    """Return the GB/T 4658 code that `text` means, None when it is not understood."""
    return education().from_text(text)


def occupation_name(code: str, language: str | None = None) -> str:
    return occupations().name(code, language)


def occupation_from_text(text: str) -> str | None:
    """Return the occupation code in `text`, or the one that its words mean.

    A well-formed code is enough: the list holds a selection only. Brackets behind a name
    that is known are an explanation and may say anything.
    """
    folded = _fold(text)
    if found := _OCCUPATION_CODE.search(folded):
        return found.group()
    try:
        return check_occupation_code(folded).code
    except IdProblem:
        return occupations().from_text(text) or occupations().words.get(
            _IN_BRACKETS.sub("", folded)
        )


def skill_grade_name(rank: int, language: str | None = None) -> str:
    return skill_grades().name(str(rank), language)


def skill_grade_names(language: str | None = None) -> list[str]:
    return skill_grades().names(language)


def skill_grade_from_text(text: str) -> int | None:
    """Return the rank (0 apprentice … 7 chief technician) that `text` means.

    A bare digit means nothing: certificates count the other way than ranks.
    """
    rank = skill_grades().from_text(text)
    return int(rank) if rank is not None else None


def scale_from_text(text: str) -> str | None:
    """Return the value of enums.Scale that `text` means."""
    return _scales().from_text(text)


def ownership_from_text(text: str) -> str | None:
    """Return the value of enums.Ownership that `text` means."""
    return _ownership().from_text(text)


@cache
def industries() -> Classification:
    return _read("industries")


@cache
def education() -> Classification:
    return _read("education")


@cache
def occupations() -> Classification:
    return _read("occupations")


@cache
def skill_grades() -> Classification:
    return _read("skill_grades", code_column="rank", is_code_a_word=False)


@cache
def _scales() -> Classification:
    return _read("scales")


@cache
def _ownership() -> Classification:
    return _read("ownership")


def _read(
    name: str, *, code_column: str = "code", is_code_a_word: bool = True
) -> Classification:
    """Read a list; raise ValueError when a word would mean two codes."""
    entries: dict[str, Entry] = {}
    words: dict[str, str] = {}
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row[code_column]
            entry = entries[code] = Entry(
                code=code,
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                synonyms=tuple(filter(None, row.get("synonyms", "").split(";"))),
                source=row["source"],
                is_offered=row.get("is_offered", "yes") == "yes",
            )
            said = (entry.name_zh, entry.name_en, *entry.synonyms)
            for word in (*said, code) if is_code_a_word else said:
                # A division may bear the name of its section, which is then meant.
                meant = words.setdefault(_fold(word), code)
                if not code.startswith(meant):
                    message = f"{name}.csv: {word!r} means {meant} and {code}"
                    raise ValueError(message)
    return Classification(entries, words)


def _fold(text: str) -> str:
    """Fold what does not matter: width, capitals, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
