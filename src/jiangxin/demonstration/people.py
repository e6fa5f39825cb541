"""Made-up people, a column at a time: 210,000 of them take seconds.

Nobody is drawn whole. Each column is drawn for everyone, and columns that must agree
(sex and given name, grade and age, trade and employer) are drawn in groups.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

import polars as pl

from jiangxin.demonstration.chance import Weighted, rows_of, spread, weighted
from jiangxin.demonstration.plan import Group

# Certificates of the present form have been given out since about this day.
FIRST_CERTIFICATE_ON = date(2019, 11, 1)
# Nobody leaves their group by age in this time after the load.
STEADY_DAYS = 61
TWO_CHARACTERS = 0.82
FEMALE = 0.42
LOCAL = 0.62
WITH_PHONE = 0.97
MEMBERS = 0.93
LEAST_WORKING_AGE = 18
# Youngest age at which a grade is held, by rank.
LEAST_AGE = {0: 18, 1: 18, 2: 20, 3: 23, 4: 28, 5: 32, 6: 36, 7: 40}


@dataclass(frozen=True)
class Workplace:
    """Where some people work, as far as drawing them goes.

    key: what the frame calls it; size: its share of a group; sector: its trades.
    """

    key: int
    size: float
    sector: str
    is_above_scale: bool = False

    def takes(self, group: Group) -> bool:
        """Whether people of the group may work here."""
        return group.sector in {"", self.sector} and (
            group.is_above_scale in {None, self.is_above_scale}
        )


def draw_people(
    groups: Sequence[Group],
    workplaces: Sequence[Workplace],
    *,
    educations: Mapping[str, Mapping[str, float]],
    division: str,
    on: date,
    chance: Random,
) -> pl.DataFrame:
    """Return everyone of these groups, in groups.

    Columns: group, workplace, sector, union, name, sex_code, born_on, division,
    education_code, occupation, grade, issued, started, joined; null
    where there is none. division: the county most of them were born in. on: the day
    the ages of the groups are true on.
    """
    frames = [
        _draw_group(group, workplaces, educations[group.education], on, chance)
        for group in groups
        if group.count
    ]
    people = _with_names(pl.concat(frames), chance)
    people = people.with_columns(_divisions(people.height, division, chance))
    people = _with_trades(people, chance)
    return _with_dates(people, on, chance)


def _draw_group(
    group: Group,
    workplaces: Sequence[Workplace],
    educations: Mapping[str, float],
    on: date,
    chance: Random,
) -> pl.DataFrame:
    count = group.count
    grades: list[int | None] = [None] * count
    if group.grades:
        grades = list(weighted(list(group.grades.items())).draw(chance, count))
    open_to = [workplace for workplace in workplaces if workplace.takes(group)]
    heads = spread(count, [w.size for w in open_to])
    keys = [w.key for w, n in zip(open_to, heads, strict=True) for _ in range(n)]
    chance.shuffle(keys)
    sectors = {w.key: w.sector for w in open_to}
    drawn_educations = weighted(list(educations.items())).draw(chance, count)
    return pl.DataFrame(
        {
            "group": [group.key] * count,
            "workplace": keys,
            "sector": [sectors[key] for key in keys],
            "union": [group.union or None] * count,
            "is_member": _members(group, chance),
            "sex_code": weighted([("2", FEMALE), ("1", 1 - FEMALE)]).draw(
                chance, count
            ),
            "born_on": [_birthday(group.ages, grade, on, chance) for grade in grades],
            "education_code": [code or None for code in drawn_educations],
            "grade": grades,
        },
        schema_overrides={
            "workplace": pl.Int64,
            "grade": pl.Int16,
            "education_code": pl.String,
            "union": pl.String,
        },
    )


def _members(group: Group, chance: Random) -> list[bool]:
    if group.is_member is not None:
        return [group.is_member] * group.count
    return [chance.random() < MEMBERS for _ in range(group.count)]


def _birthday(
    ages: tuple[int, int], grade: int | None, on: date, chance: Random
) -> date:
    """Return a birthday of someone this old, who stays so for `STEADY_DAYS`."""
    youngest = max(ages[0], LEAST_AGE[grade] + 1 if grade is not None else 0)
    oldest = max(ages[1], youngest)
    first = years_before(on, oldest + 1) + timedelta(days=STEADY_DAYS)
    last = years_before(on, youngest)
    return first + timedelta(days=int(chance.random() * ((last - first).days + 1)))


def years_before(day: date, years: int) -> date:
    """Return the day that many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@cache
def _surnames() -> Weighted[str]:
    return weighted(
        [(r["surname"], float(r["weight"])) for r in rows_of("surnames.csv")]
    )


@cache
def _given(sex: str) -> Weighted[str]:
    rows = rows_of("given_names.csv")
    return weighted(
        [(r["character"], float(r["weight"])) for r in rows if r["sex"] == sex]
    )


def made_up_names(count: int, chance: Random) -> list[str]:
    """Return names of people who are in no register, of both sexes in turn."""
    surnames = _surnames().draw(chance, count)
    given = [_given("12"[i % 2]).draw(chance, 1)[0] for i in range(count)]
    return [surname + name for surname, name in zip(surnames, given, strict=True)]


def _with_names(people: pl.DataFrame, chance: Random) -> pl.DataFrame:
    count = people.height
    second = {sex: _given(sex).draw(chance, count) for sex in "12"}
    first = {sex: _given(sex).draw(chance, count) for sex in "12"}
    names = [
        surname
        + (first[sex][i] if chance.random() < TWO_CHARACTERS else "")
        + second[sex][i]
        for i, (surname, sex) in enumerate(
            zip(_surnames().draw(chance, count), people["sex_code"], strict=True)
        )
    ]
    return people.with_columns(pl.Series("name", names))


def _divisions(count: int, local: str, chance: Random) -> pl.Series:
    rows = rows_of("origins.csv")
    whole = sum(float(r["weight"]) for r in rows)
    elsewhere = (1 - LOCAL) / whole
    pairs = [(local, LOCAL)] + [
        (r["division"], float(r["weight"]) * elsewhere) for r in rows
    ]
    return pl.Series("division", weighted(pairs).draw(chance, count))


@cache
def _trades(sector: str) -> Weighted[str]:
    rows = [r for r in rows_of("trades.csv") if r["sector"] == sector]
    return weighted([(r["trade"], float(r["weight"])) for r in rows])


def _with_trades(people: pl.DataFrame, chance: Random) -> pl.DataFrame:
    sectors = people["sector"].to_list()
    drawn = {
        s: iter(_trades(s).draw(chance, sectors.count(s))) for s in sorted(set(sectors))
    }
    trades = [next(drawn[sector]) for sector in sectors]
    return people.with_columns(pl.Series("occupation", trades, pl.String))


def _with_dates(people: pl.DataFrame, on: date, chance: Random) -> pl.DataFrame:
    """Add when they began to work, joined the union and were certified.

    Each day lies between one that was possible and the last day before `on`.
    """
    yesterday = on - timedelta(days=1)
    count = people.height
    born = pl.col("born_on")
    of_age = born.dt.offset_by(f"{LEAST_WORKING_AGE}y")
    certified_from = pl.max_horizontal(
        pl.lit(FIRST_CERTIFICATE_ON),
        pl.col("grade")
        .replace_strict(LEAST_AGE, default=LEAST_WORKING_AGE, return_dtype=pl.Int64)
        .pipe(
            lambda age: born.dt.offset_by(
                pl.concat_str(age.cast(pl.String), pl.lit("y"))
            )
        ),
    )
    started_from = pl.max_horizontal(of_age, pl.lit(on - timedelta(days=20 * 365)))
    people = people.with_columns(
        *(_random(chance, count, name) for name in ("r1", "r2", "r3"))
    ).with_columns(
        pl.when(pl.col("grade").is_not_null())
        .then(_between(certified_from, yesterday, "r1"))
        .alias("issued"),
        _between(started_from, yesterday, "r2").alias("started"),
    )
    joined = _between(pl.col("started"), yesterday, "r3")
    return people.with_columns(
        pl.when(pl.col("is_member")).then(joined).alias("joined")
    ).drop("r1", "r2", "r3", "is_member")


def _random(chance: Random, count: int, name: str) -> pl.Series:
    draw: Callable[[], float] = chance.random
    return pl.Series(name, [draw() for _ in range(count)])


def _between(first: pl.Expr, last: date, random: str) -> pl.Expr:
    """Return a day from `first` to `last`; `last` where `first` is later."""
    days = (pl.lit(last) - first).dt.total_days().clip(0)
    day = first + pl.duration(days=((days + 1) * pl.col(random)).floor().cast(pl.Int64))
    return pl.min_horizontal(day, pl.lit(last))
