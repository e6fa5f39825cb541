"""Where parts above add what they hold on a person to the copy the person may take."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jiangxin.foundation.parts import Text

Row = Mapping[str, object]


@dataclass(frozen=True)
class AsksCorrections:
    """Brought by the part at which a person asks to correct what is on record."""

    label: Text
    url_name: str


@dataclass(frozen=True)
class OwnData:
    """One table of the copy. key: its name in JSON, stable. title: of its sheet.

    rows: of one person, by the person's number; text, numbers, dates and truth.
    """

    key: str
    title: Text
    rows: Callable[[int], Sequence[Row]]
