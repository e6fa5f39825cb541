"""What would complete a register most."""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_SHOWN = 3


@dataclass(frozen=True)
class Gap:
    """A field that `missing` of `people` lack."""

    key: str
    missing: int
    people: int

    @property
    def percent(self) -> int:
        """The share that lacks it, rounded up, so that a gap is never nothing."""
        return -(-100 * self.missing // self.people)


def largest_gaps(missing: Mapping[str, int], people: int) -> list[Gap]:
    """Return the fields that most people lack, at most three, the largest gap first.

    Fields that nobody lacks are left out; of equal gaps, the one named first comes first.
    """
    gaps = [Gap(key, count, people) for key, count in missing.items() if count]
    return sorted(gaps, key=lambda gap: -gap.missing)[:MOST_SHOWN]
