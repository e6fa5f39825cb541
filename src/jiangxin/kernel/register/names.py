"""How names are read: pinyin and initials, by which people are sorted and found.

The readings are those that a keyboard takes: no tones, no spaces, v for ü.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

PINYIN_LENGTH = 128
INITIALS_LENGTH = 16
LONGEST_SURNAME = 2

_SURNAMES = Path(__file__).parent / "data" / "surnames.csv"
_LATIN = re.compile(r"[a-z]+")
_ASCII = re.compile(r"[\x00-\x7f]")
# What stands between the parts of minority and foreign names, as people type it.
_DOTS = re.compile(r"[·•‧∙・･.．]")


class Reading(NamedTuple):
    """`zhangsanfeng` and `zsf`; both empty when nothing of the name can be read."""

    pinyin: str
    initials: str


@lru_cache(maxsize=4096)
def read_name(name: str) -> Reading:
    """Return how `name` is read, cut to what the register keeps.

    A surname that is read otherwise than its character usually is (单 shan, 尉迟 yuchi)
    is looked up in data/surnames.csv, unless a dot shows that the name has no surname
    in front. Latin letters read as themselves, without accents.
    """
    syllables = _syllables(name)
    return Reading(
        "".join(syllables)[:PINYIN_LENGTH],
        "".join([syllable[0] for syllable in syllables])[:INITIALS_LENGTH],
    )


@lru_cache(maxsize=4096)
def syllables_of(name: str) -> tuple[str, ...]:
    """Return a name's reading syllable by syllable."""
    return tuple(_syllables(name))


def pinyin(name: str) -> str:
    return read_name(name).pinyin


def initials(name: str) -> str:
    return read_name(name).initials


def _syllables(name: str) -> list[str]:
    readings = _surname_readings()
    surname = readings.get(name[:LONGEST_SURNAME]) or readings.get(name[:1])
    if surname is not None and not _DOTS.search(name):
        length, syllables = surname
        return [*syllables, *_each(name[length:])]
    return _each(name)


def _each(text: str) -> list[str]:
    """Return the syllables of Chinese characters and the words of Latin letters."""
    if _ASCII.search(text):
        return _with_latin_words(text)
    return [syllable for character in text if (syllable := _USUAL[character])]


def _with_latin_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(
        [character for character in plain if not unicodedata.combining(character)]
    )
    syllables: list[str] = []
    for piece in re.findall(r"[a-z]+|[^\x00-\x7f]", letters):
        if _LATIN.fullmatch(piece):
            syllables.append(piece)
        elif syllable := _USUAL[piece]:
            syllables.append(syllable)
    return syllables


class _UsualReadings(dict[str, str]):
    """Character -> syllable, "" for what has none; looked up once each.

    A register uses some thousands of characters, so nothing is ever forgotten.
    """

    def __missing__(self, character: str) -> str:
        # Imported at first use: the table of 42,000 characters takes time to load.
        from pypinyin import lazy_pinyin

        plain = unicodedata.normalize("NFKD", character).casefold()
        if _LATIN.match(plain):
            syllable = "".join(_LATIN.findall(plain))
        else:
            syllable = "".join(lazy_pinyin(character, errors="ignore"))
        self[character] = syllable
        return syllable


_USUAL = _UsualReadings()


@cache
def _surname_readings() -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return surname -> (its length, its syllables)."""
    with _SURNAMES.open(encoding="utf-8", newline="") as lines:
        return {
            row["surname"]: (len(row["surname"]), tuple(row["reading"].split()))
            for row in csv.DictReader(lines)
        }
