"""What a page of the generated reference is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ReferencePage:
    """A page that is written from what the code declares.

    name: of the file, without its ending. purpose: one sentence under the title. build:
    returns the Markdown below that, the same on every machine and every day.
    """

    name: str
    title: str
    purpose: str
    build: Callable[[], str]
