"""What would complete a register most."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

MOST_SHOWN = 3
WEIGHT_OF_NEEDED = 2


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


def largest_gaps(
    missing: Mapping[str, int], people: int, needed: Container[str] = ()
) -> list[Gap]:
    """Return the fields that would complete records most, at most three, first the most.

    needed: fields that a policy or a service reads; lacking one weighs twice. Fields
    that nobody lacks are left out; of equal gaps, the one named first comes first.
    """
    gaps = [Gap(key, count, people) for key, count in missing.items() if count]

    def weight(gap: Gap) -> int:
        return gap.missing * (WEIGHT_OF_NEEDED if gap.key in needed else 1)

    return sorted(gaps, key=weight, reverse=True)[:MOST_SHOWN]
