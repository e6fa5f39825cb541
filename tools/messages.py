"""Collect what is to be translated, merge it into the catalogue, check the catalogue.

    python -m tools.messages            merges: new texts come in empty, lost ones go
    python -m tools.messages --check    fails unless all is translated and current

gettext need not be installed. The catalogue has no places, dates or names in it and is
in the order of its texts, so that two branches that add texts merge by themselves.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path("src/jiangxin")
CATALOGUE = SOURCE / "locale/zh_Hans/LC_MESSAGES/django.po"

HEADER = {
    "Project-Id-Version": "jiangxin",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

# Which argument is the text, its plural, its context.
_PLAIN, _PLURAL = None, (1, 2)
_WITH_CONTEXT, _PLURAL_WITH_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": _PLAIN,
    "gettext": _PLAIN,
    "gettext_lazy": _PLAIN,
    "gettext_noop": _PLAIN,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _WITH_CONTEXT,
    "pgettext_lazy": _WITH_CONTEXT,
    "npgettext": _PLURAL_WITH_CONTEXT,
    "npgettext_lazy": _PLURAL_WITH_CONTEXT,
}

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Message(NamedTuple):
    """A text of the code; `context` and `plural` are "" where it has none."""

    text: str
    context: str = ""
    plural: str = ""


def messages_of_python(source: bytes) -> Iterator[Message]:
    found = extract("python", BytesIO(source), keywords=KEYWORDS)
    for _line, texts, _comments, context in found:
        text, plural = texts if isinstance(texts, tuple) else (texts, "")
        yield Message(text, context or "", plural)


def messages_of_template(source: str) -> Iterator[Message]:
    # Inside brackets Python does not mind how a template is indented.
    return messages_of_python(f"({templatize(source)}\n)".encode())


def collect(folder: Path) -> set[Message]:
    found: set[Message] = set()
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            found.update(messages_of_python(path.read_bytes()))
    for path in sorted(folder.rglob("templates/**/*.*")):
        found.update(messages_of_template(path.read_text(encoding="utf-8")))
    return found


def merge(messages: set[Message], known: polib.POFile) -> polib.POFile:
    """Return a new catalogue of `messages` with the translations that are known."""
    translated = {(entry.msgid, entry.msgctxt or ""): entry for entry in known}
    merged = polib.POFile(wrapwidth=88)
    merged.metadata = HEADER
    # A text with a plural serves those who use it without one.
    with_plural = {message[:2] for message in messages if message.plural}
    for message in sorted(messages):
        if not message.plural and message[:2] in with_plural:
            continue
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
        before = translated.get((message.text, message.context))
        singular = "" if before is None else before.msgstr
        forms = {} if before is None else before.msgstr_plural
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: forms.get(0, singular)}
        else:
            entry.msgstr = singular or forms.get(0, "")
        if before is not None:
            entry.tcomment = before.tcomment
            entry.flags = ["fuzzy"] if before.fuzzy else []
        if _PLACEHOLDER.search(message.text + message.plural):
            entry.flags.append("python-format")
        merged.append(entry)
    return merged


def problems(catalogue: polib.POFile) -> Iterator[str]:
    """Say in a line each what keeps a catalogue from being complete."""
    for entry in catalogue:
        forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        wanted = set(_PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        if _CHINESE.search(entry.msgid):
            yield f"the text of the code is not English: {entry.msgid!r}"
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        if not all(forms):
            yield f"not translated: {entry.msgid!r}"
        elif any(not set(_PLACEHOLDER.findall(form)) <= wanted for form in forms) or (
            not entry.msgid_plural and set(_PLACEHOLDER.findall(entry.msgstr)) != wanted
        ):
            yield f"other placeholders than the text: {entry.msgid!r}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    settings.configure()  # templatize reads one setting

    known = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    merged = merge(collect(SOURCE), known)
    if asked.check:
        found = list(problems(merged))
        if not CATALOGUE.exists() or CATALOGUE.read_text(encoding="utf-8") != str(
            merged
        ):
            found.append(f"{CATALOGUE} is not current: run `make messages`.")
        print(*found, sep="\n", end="\n" if found else "")
        return 1 if found else 0
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(str(merged), encoding="utf-8")
    print(
        f"{len(merged)} texts, {len(merged) - len(merged.translated_entries())} to go"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
