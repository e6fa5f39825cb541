"""Pieces of Markdown, and labels in both languages."""

from collections.abc import Iterable, Sequence

from django.utils import translation

from jiangxin.foundation.parts import Text


def in_english(text: Text) -> str:
    with translation.override("en"):
        return str(text)


def in_chinese(text: Text) -> str:
    """Return the Chinese of a text, "" while the catalogue has none."""
    with translation.override("zh-hans"):
        chinese = str(text)
    return "" if chinese == in_english(text) else chinese


def in_both(text: Text) -> str:
    """Return the English, followed by the Chinese where the catalogue has it."""
    return " · ".join(filter(None, [in_english(text), in_chinese(text)]))


def code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; "" when it has no rows."""
    lines = [_line(row) for row in rows]
    if not lines:
        return ""
    return "\n".join([_line(headings), _line(["---"] * len(headings)), *lines])


def _line(cells: Sequence[object]) -> str:
    texts = (" ".join(str(cell).split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(texts)} |"


def section(title: str, *blocks: str, level: int = 2) -> str:
    """Return a heading and, below it, the blocks that hold something."""
    return "\n\n".join([f"{'#' * level} {title}", *filter(None, blocks)])
