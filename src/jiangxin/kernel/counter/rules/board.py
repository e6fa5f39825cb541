"""How windows and clerks did: minutes, shares, ranking, and who gets the red flag."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

NINE_TENTHS = 0.9


@dataclass(frozen=True)
class Done:
    """A settled matter. visits: to the window. days_early: 0 or less when not early."""

    is_on_time: bool
    is_early: bool
    is_first_time: bool
    is_proxy: bool
    visits: int


@dataclass(frozen=True)
class Rated:
    """A rating that counts. is_answered: of a bad one, whether its rater has a reply."""

    grade: int
    is_answered: bool = True


@dataclass(frozen=True)
class Served:
    """A queue number that was served, in minutes."""

    waiting: int
    service: int


@dataclass(frozen=True)
class Figures:
    """What a window, a clerk or everything did in a period. Shares: None for nothing."""

    settled: int
    on_time: float | None
    early: float | None
    first_time: float | None
    proxies: int
    visits: float | None
    served: int
    waiting_median: float | None
    waiting_p90: int | None
    service_median: float | None
    service_p90: int | None
    rated: int
    good: float | None
    bad: int
    put_right: float | None


def figures(
    done: Sequence[Done], rated: Sequence[Rated], served: Sequence[Served]
) -> Figures:
    bad = [one for one in rated if one.grade <= LAST_BAD]
    waiting = [one.waiting for one in served]
    service = [one.service for one in served]
    return Figures(
        settled=len(done),
        on_time=share(one.is_on_time for one in done),
        early=share(one.is_early for one in done),
        first_time=share(one.is_first_time for one in done),
        proxies=sum(one.is_proxy for one in done),
        visits=sum(one.visits for one in done) / len(done) if done else None,
        served=len(served),
        waiting_median=median(waiting) if waiting else None,
        waiting_p90=p90(waiting),
        service_median=median(service) if service else None,
        service_p90=p90(service),
        rated=len(rated),
        good=share(one.grade > LAST_BAD for one in rated),
        bad=len(bad),
        put_right=share(one.is_answered for one in bad),
    )


# Two stars and one are bad, as GB/T 39735-2020 has them.
LAST_BAD = 2


def share(flags: Iterable[bool]) -> float | None:
    """Return how many of all are true, from 0 to 1; None of nothing."""
    known = list(flags)
    return sum(known) / len(known) if known else None


def p90(values: Sequence[int]) -> int | None:
    """Return what nine of ten do not exceed, one of the values; None of nothing."""
    if not values:
        return None
    return sorted(values)[ceil(NINE_TENTHS * len(values)) - 1]


@dataclass(frozen=True)
class FlagRule:
    """Who may win the red flag of a month. least_settled: matters; least_rated: ratings.

    on_time, good: the shares that are needed at least.
    """

    least_settled: int
    least_rated: int
    on_time: float
    good: float


@dataclass(frozen=True)
class Ranked:
    """One of a ranking. place: shared by those who did equally well.

    lacks: keys of what keeps them from the flag; none for who may win it.
    """

    key: str
    figures: Figures
    place: int
    lacks: tuple[str, ...]
    wins: bool


def rank(rows: Iterable[tuple[str, Figures]], rule: FlagRule) -> list[Ranked]:
    """Rank by the rule: those who may win first.

    Then by the share on time, of good ratings, how many were settled, shorter service.
    Who is equal in all of it shares the place, and the flag.
    """
    scored = sorted(
        ((_score(found), key, found) for key, found in rows),
        key=lambda one: (bool(lacks(one[2], rule)), one[0], one[1]),
    )
    ranked: list[Ranked] = []
    before: tuple[bool, tuple[float, ...]] | None = None
    place = 0
    for number, (score, key, found) in enumerate(scored, 1):
        missing = lacks(found, rule)
        if (bool(missing), score) != before:
            place, before = number, (bool(missing), score)
        wins = place == 1 and not missing
        ranked.append(Ranked(key, found, place, missing, wins))
    return ranked


def lacks(found: Figures, rule: FlagRule) -> tuple[str, ...]:
    """Return what keeps somebody from the flag, by keys that screens have words for."""
    checks = (
        ("settled", found.settled < rule.least_settled),
        ("rated", found.rated < rule.least_rated),
        ("on_time", (found.on_time or 0) < rule.on_time),
        ("good", found.rated > 0 and (found.good or 0) < rule.good),
        ("unanswered", found.put_right is not None and found.put_right < 1),
    )
    return tuple(key for key, is_so in checks if is_so)


def _score(found: Figures) -> tuple[float, ...]:
    """Smaller is better."""
    shortest = found.service_median if found.service_median is not None else 10**6
    return (-(found.on_time or 0), -(found.good or 0), -found.settled, shortest)
