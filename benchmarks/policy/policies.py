"""Thirty policies of two to six conditions, drawn once and for all from a seed.

Each condition of the catalogue says how many of a hundred people meet it, so that a
policy serves some six in a hundred, and all thirty about two a person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import prod
from random import Random
from typing import Any

from jiangxin.kernel.policy.enums import (
    Absence,
    Comparison,
    Junction,
    Period,
    Subject,
    Tier,
)
from jiangxin.kernel.policy.rules.tree import (
    Amount,
    Condition,
    GrantRow,
    GrantTable,
    Group,
    Leaf,
    Policy,
    Sentence,
    Share,
)

ON = date(2026, 11, 22)
COUNT = 30
WORDS = Sentence("条件", "A condition")
# Of all people, who is served by one policy.
LEAST, MOST = 0.058, 0.095


@dataclass(frozen=True)
class Choice:
    """A condition that may be drawn, and the share of people who meet it."""

    share: float
    make: Callable[[], Condition]


def leaf(attribute: str, comparison: str, given: Any) -> Leaf:
    return Leaf(
        attribute, Comparison(comparison), given, WORDS, "c. 1", Absence.UNKNOWN
    )


def _leaf(share: float, attribute: str, comparison: str, given: Any) -> Choice:
    return Choice(share, lambda: leaf(attribute, comparison, given))


def _group(share: float, junction: Junction, *members: Choice) -> Choice:
    return Choice(
        share,
        lambda: Group(junction, tuple(one.make() for one in members), WORDS, "c. 2"),
    )


def catalogue() -> list[Choice]:
    single = [
        *(
            _leaf(0.6 * (8 - n) / 7, "skill_grade", "at_least", n + 1)
            for n in range(1, 6)
        ),
        *(
            _leaf((n - 18.2) / 48.7, "birth_on", "age_at_most", n)
            for n in (30, 35, 40, 45, 50)
        ),
        *(
            _leaf((67 - n) / 48.7, "birth_on", "age_at_least", n)
            for n in (25, 30, 40, 45)
        ),
        *(
            _leaf((41.9 - n) / 41.9, "employed_since", "years_since_at_least", n)
            for n in (3, 5, 10)
        ),
        *(
            _leaf(0.8 * (36.9 - n) / 36.7, "member_since", "years_since_at_least", n)
            for n in (1, 3, 8)
        ),
        *(
            _leaf(1 - n / 160, "training_hours", "at_least", n)
            for n in (24, 40, 60, 90)
        ),
        *(_leaf(1 - n / 400, "volunteer_hours", "at_least", n) for n in (50, 120, 200)),
        *(
            _leaf((n * 1000 - 240_000) / 1_360_000, "monthly_wage", "at_most", n * 1000)
            for n in (600, 800, 1_000)
        ),
        *(
            _leaf(0.7 * (n - 60) / 840, "household_income", "at_most", n * 1000)
            for n in (300, 450, 600)
        ),
        *(
            _leaf((1000 - n) / 700, "credit_points", "at_least", n)
            for n in (500, 600, 650)
        ),
        _leaf(0.43, "credit_points", "between", (500, 800)),
        _leaf(0.8, "is_union_member", "is_true", True),
        _leaf(0.45, "employer_is_above_scale", "is_true", True),
        _leaf(0.94, "has_dispute", "equals", False),
        _leaf(0.71, "sex", "equals", "1"),
        _leaf(0.7, "employer_rating", "one_of", ("A", "B")),
        _leaf(0.7, "employer_scale", "one_of", ("3", "4")),
        _leaf(0.78, "employer_rating", "none_of", ("D", "E")),
        _leaf(0.65, "education", "one_of", ("21", "31", "41")),
        _leaf(0.45, "region", "starts_with_one_of", ("331023",)),
        _leaf(0.63, "region", "starts_with_one_of", ("331023", "330726")),
        _leaf(0.58, "employer_industry", "starts_with_one_of", ("A", "C")),
        _leaf(0.91, "employer_industry", "starts_with_none_of", ("O",)),
        _leaf(0.66, "occupation", "starts_with_one_of", ("6-", "4-", "2-0")),
    ]
    grouped = [
        _group(
            0.17,
            Junction.ANY_OF,
            _leaf(0.12, "is_in_hardship", "is_true", True),
            _leaf(0.06, "contest_rank", "at_least", 1),
        ),
        _group(
            0.5,
            Junction.ANY_OF,
            _leaf(0.34, "skill_grade", "at_least", 4),
            _leaf(0.05, "craftsman_tier", "at_least", 1),
            _leaf(0.3, "training_hours", "at_least", 112),
        ),
        _group(
            0.55,
            Junction.ANY_OF,
            _leaf(0.04, "honour_level", "at_least", 1),
            _leaf(0.03, "contest_on", "within_months", 36),
            _leaf(0.5, "volunteer_hours", "at_least", 200),
        ),
        _group(
            0.47,
            Junction.ANY_OF,
            _leaf(0.5, "small_children", "at_least", 2),
            _group(
                0.2,
                Junction.ALL_OF,
                _leaf(0.55, "employed_since", "years_since_at_most", 20),
                _leaf(0.4, "monthly_wage", "at_most", 800_000),
            ),
        ),
    ]
    return single + grouped


def policies() -> list[Policy]:
    chance = Random(7)
    return [_policy(number, chance) for number in range(1, COUNT + 1)]


def _policy(number: int, chance: Random) -> Policy:
    chosen = _choose(2 + number % 5, chance)
    return Policy(
        code=f"bench.policy_{number:02}",
        title=WORDS,
        summary=WORDS,
        issuer="",
        document="",
        clause="",
        region="",
        subject=Subject.PERSON,
        in_force_from=date(2020, 1, 1),
        in_force_to=None,
        tier=Tier.QUICK,
        is_demonstration=True,
        note=None,
        conditions=tuple(one.make() for one in chosen),
        cases=(),
        grants=GrantTable(Period.ONCE, tuple(_rows(number, chance))),
        version="v1",
    )


def _choose(count: int, chance: Random) -> list[Choice]:
    """Draw until together they let as many through as a policy should."""
    every = catalogue()
    while True:
        drawn = chance.sample(every, count)
        attributes = [each.attribute for one in drawn for each in one.make().leaves()]
        is_varied = len(set(attributes)) == len(attributes)
        if is_varied and LEAST < prod(one.share for one in drawn) < MOST:
            return drawn


def _rows(number: int, chance: Random) -> list[GrantRow]:
    """Three to eight rows; of three policies the amounts are shares of the wage."""
    attribute, steps = chance.choice(
        [
            ("skill_grade", [8, 7, 6, 5, 4, 3, 2]),
            ("credit_points", [950, 900, 850, 800, 700, 600, 500]),
            ("training_hours", [150, 140, 130, 120, 100, 80, 60]),
        ]
    )
    count = chance.randint(2, 7)
    when = [(leaf(attribute, "at_least", step),) for step in steps[-count:]]
    gives: list[Amount | Share] = [
        Amount(chance.randrange(10, 400) * 5_000) for _ in range(count + 1)
    ]
    if number % 10 == 5:
        gives = [
            Share("monthly_wage", 500 * (count + 1 - place), cap=150_000, floor=20_000)
            for place in range(count + 1)
        ]
    return [
        GrantRow(conditions, given, None, WORDS, "c. 3")
        for conditions, given in zip([*when, ()], gives, strict=True)
    ]
