"""The picture of a badge, into which its credential is baked.

It says what was achieved and names nobody: a picture is shown around.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from threading import Lock

import typst

from jiangxin.kernel.credentials.printing.days import in_words
from jiangxin.kernel.credentials.printing.typesetting import LAYOUTS, fonts

PIXELS_AN_INCH = 144  # 800 pixels wide
_one_at_a_time = Lock()


@dataclass(frozen=True)
class BadgeFacts:
    """What the picture says. grade: with the occupation, if there is one."""

    title: str
    grade: str
    issuer: str
    issued_on: date
    is_demonstration: bool


def badge_svg(facts: BadgeFacts) -> str:
    """Return the picture as an SVG, its letters drawn."""
    with _one_at_a_time:
        made = _compiler().compile(sys_inputs=_inputs(facts), format="svg")
    assert isinstance(made, bytes)  # noqa: S101 -- one page is one file
    return made.decode()


def badge_png(facts: BadgeFacts) -> bytes:
    """Return the picture as a PNG of 800 by 800 pixels."""
    with _one_at_a_time:
        made = _compiler().compile(
            sys_inputs=_inputs(facts), format="png", ppi=PIXELS_AN_INCH
        )
    assert isinstance(made, bytes)  # noqa: S101 -- as above
    return made


def _inputs(facts: BadgeFacts) -> dict[str, str]:
    said = {**asdict(facts), "issued_on": in_words(facts.issued_on)}
    # The common layout reads certificates, of which there is none here.
    return {"badge": json.dumps(said), "certificates": "[]"}


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(input=LAYOUTS / "badge.typ", root=LAYOUTS, font_paths=fonts())
