"""Seeded chance over weighted lists, as fast as the standard library draws."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Weighted(Generic[T]):
    """Values, and how likely each is against the others, summed up."""

    values: Sequence[T]
    cumulative: Sequence[float]

    def draw(self, chance: Random, count: int) -> list[T]:
        return chance.choices(self.values, cum_weights=self.cumulative, k=count)


def weighted(pairs: Sequence[tuple[T, float]]) -> Weighted[T]:
    """Return the list of (value, weight) ready to be drawn from."""
    return Weighted(
        [value for value, _ in pairs], list(accumulate(weight for _, weight in pairs))
    )


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a data file by its headings."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def spread(total: int, shares: Sequence[float]) -> list[int]:
    """Share out `total` whole things as nearly by `shares` as whole numbers allow.

    The parts add up to `total` exactly; what rounding leaves goes to the largest rests.
    """
    whole = sum(shares)
    exact = [total * share / whole for share in shares]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts
