"""Where each value of a record comes from, kept small: one source, and exceptions.

`{"*": ["employer", "2026-11-22", "roster:12"], "phone": ["clerk", "2026-12-01", …]}`:
all is from the employer's roster but the phone. Each is who says so, since which day,
and by which act. Nobody knows of a record without it where its values come from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jiangxin.kernel.register.enums import Source

ALL = "*"
Sources = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Origin:
    """source: who says so. act: how it came in: "clerk", "roster:12", "correction:5"."""

    source: Source
    on: date
    act: str

    def as_kept(self) -> list[str]:
        return [self.source.value, self.on.isoformat(), self.act]


def origin_of(sources: Sources, field: str) -> Origin | None:
    """Return where the value of a field comes from; None when nobody knows."""
    kept = sources.get(field) or sources.get(ALL)
    if not kept:
        return None
    source, on, act = kept
    return Origin(Source(source), date.fromisoformat(on), act)


def rank_of(sources: Sources, field: str) -> int:
    """Return how far a value is trusted; 0 when its source is not known."""
    origin = origin_of(sources, field)
    return origin.source.rank if origin else 0


def with_origin(
    sources: Sources, fields: Iterable[str], origin: Origin
) -> dict[str, list[str]]:
    """Return the sources after an act gave these fields their values."""
    return {
        **{field: list(kept) for field, kept in sources.items()},
        **{field: origin.as_kept() for field in fields},
    }


def all_from(origin: Origin) -> dict[str, list[str]]:
    """Return the sources of a record that one act entered."""
    return {ALL: origin.as_kept()}
