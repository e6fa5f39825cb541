"""A realistic roster with known faults, as a union clerk would hand it in."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from pathlib import Path
from random import Random

import polars as pl
from rustpy_xlsxwriter import write_worksheet

from jiangxin.demonstration.faults import REPEATED, Fault, Row, faults, oddities
from jiangxin.demonstration.numbers import ROSTER_RANGE
from jiangxin.demonstration.people import Workplace, draw_people
from jiangxin.demonstration.plan import Group, read_plan, scaled, words
from jiangxin.demonstration.texts import as_texts, roster_words, with_numbers

ODD_SHARE = 0.05
# Phones and assessment sites of sample rosters begin here, away from the register's.
FIRST_PHONE = 50_000_000
FIRST_SITE = 1_000
SITES = 8_000
FIRST_DATA_ROW = 2

# What a roster's people are like; shares of a hundred.
_GROUPS = (
    Group("low", 55, (20, 58), "workers", {1: 45, 2: 55}),
    Group("high", 25, (24, 58), "skilled", {3: 75, 4: 18, 5: 7}),
    Group("none", 20, (18, 58), "workers"),
)


@dataclass(frozen=True)
class Employer:
    """An employer as the roster names it; its sector tells its trades."""

    name: str | None
    sector: str


@dataclass(frozen=True)
class Known:
    """What is wrong with a row, by the number a spreadsheet shows."""

    row: int
    fault: Fault


@dataclass(frozen=True)
class SampleRoster:
    """rows: one text column a heading, in the order of the file."""

    rows: pl.DataFrame
    faults: Sequence[Known]


def draw_roster(
    *,
    rows: int,
    seed: int,
    faulty: float,
    employers: Sequence[Employer],
    division: str,
    on: date,
) -> SampleRoster:
    """Return a roster of `rows` rows, a share `faulty` of them with one fault each.

    The same arguments give the same roster. division: the county most were born in.
    """
    chance = Random(seed)  # noqa: S311 -- repeatable on purpose
    people = _draw_people(rows, employers, division, on, chance)
    texts = as_texts(
        people,
        {i: employer.name for i, employer in enumerate(employers)},
        chance=chance,
        issuer=words()["demonstration"],
    ).select(list(roster_words()["columns"]))
    columns = {name: texts[name].to_list() for name in texts.columns}
    known = _spoil(columns, faulty, chance)
    _vary(columns, {one.row for one in known}, chance)
    frame = pl.DataFrame(columns, schema=texts.schema)
    return SampleRoster(frame.rename(roster_words()["columns"]), known)


def _draw_people(
    rows: int,
    employers: Sequence[Employer],
    division: str,
    on: date,
    chance: Random,
) -> pl.DataFrame:
    shares = [scaled(group.count, rows / 100) for group in _GROUPS[1:]]
    counts = [max(rows - sum(shares), 0), *shares]
    groups = [
        Group(**{**vars(group), "count": count})
        for group, count in zip(_GROUPS, counts, strict=True)
    ]
    people = draw_people(
        groups,
        [
            Workplace(i, chance.paretovariate(1.3), employer.sector)
            for i, employer in enumerate(employers)
        ],
        educations=read_plan().educations,
        division=division,
        on=on,
        chance=chance,
    ).head(rows)
    people = people.sample(fraction=1.0, shuffle=True, seed=chance.randrange(2**32))
    return with_numbers(
        people,
        chance=chance,
        first_phone=FIRST_PHONE,
        site=FIRST_SITE + chance.randrange(SITES),
        sequence=ROSTER_RANGE,
    )


def _spoil(
    columns: dict[str, list[str | None]], share: float, chance: Random
) -> list[Known]:
    """Put one fault into each of some rows, every kind in turn; return what is where."""
    count = len(columns["name"])
    chosen = sorted(chance.sample(range(count), round(count * share)))
    faulty = set(chosen)
    kinds = [*faults(), REPEATED]
    chance.shuffle(kinds)
    waiting = cycle(kinds)
    known = []
    for place in chosen:
        row: Row = {name: column[place] for name, column in columns.items()}
        sound = place - 1
        while sound in faulty:
            sound -= 1
        fault = next(
            kind
            for kind in waiting
            if all(row[name] for name in kind.needs)
            and (kind is not REPEATED or sound >= 0)
        )
        if fault is REPEATED:
            row = {name: column[sound] for name, column in columns.items()}
        fault.spoil(row, chance)
        for name, column in columns.items():
            column[place] = row[name]
        known.append(Known(place + FIRST_DATA_ROW, fault))
    return known


def _vary(
    columns: dict[str, list[str | None]], faulty: set[int], chance: Random
) -> None:
    """Write some of the sound rows in an unusual way."""
    count = len(columns["name"])
    ways = cycle(oddities())
    for place in chance.sample(range(count), round(count * ODD_SHARE)):
        if place + FIRST_DATA_ROW in faulty:
            continue
        row: Row = {name: column[place] for name, column in columns.items()}
        next(ways)(row, chance)
        for name, column in columns.items():
            column[place] = row[name]


def write_roster(roster: SampleRoster, path: Path) -> Path:
    """Write the workbook, and beside it what is wrong in which row; return that path."""
    write_worksheet(
        roster.rows, str(path), sheet_name=roster_words()["sheet"], freeze_row=1
    )
    beside = path.with_name(f"{path.stem}.faults.csv")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "fault", "column", "code"])
        writer.writerows(
            [one.row, one.fault.key, one.fault.column, one.fault.code]
            for one in roster.faults
        )
    return beside
