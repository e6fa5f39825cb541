"""People of 25 attributes, made in the snapshot's file by DuckDB itself.

Every value follows from the person's number, so 100,000 people are the first of
10 million.
"""

from duckdb import DuckDBPyConnection

from jiangxin.kernel.policy.enums import AttributeType
from jiangxin.kernel.policy.snapshot.layout import PROFILE, Column, make_tables

DATE, CODE = AttributeType.DATE, AttributeType.CODE
WHOLE, MONEY = AttributeType.INTEGER, AttributeType.MONEY
YES_NO = AttributeType.BOOLEAN


def _chance(name: str) -> str:
    """A number of 0 to 9,999, its own for every attribute and person."""
    return f"(hash(i, '{name}') % 10000)::BIGINT"


def _one_of(name: str, values: str) -> str:
    """One of some words, the first ones more often."""
    words = values.split()
    c = _chance(name)
    return f"{words!r}[1 + ({c} * {c} // 10000 * {len(words)} // 10000)]".replace(
        '"', "'"
    )


def _up_to(name: str, most: int, least: int = 0) -> str:
    return f"{least} + {_chance(name)} * {most - least} // 10000"


def _day(name: str, first: str, days: int) -> str:
    return f"DATE '{first}' + ({_up_to(name, days)})::INTEGER"


def _sometimes(name: str, per_mille: int, value: str) -> str:
    """Null for the others."""
    return f"CASE WHEN {_chance(name + '?')} < {per_mille * 10} THEN {value} END"


def _yes(name: str, per_mille: int) -> str:
    return f"{_chance(name)} < {per_mille * 10}"


REGION = (
    f"({_one_of('county', '331023 330726 330324 330106 330681')})"
    f" || lpad(({_up_to('town', 14, 100)})::VARCHAR, 3, '0')"
    f" || lpad(({_up_to('village', 12, 1)})::VARCHAR, 3, '0')"
)
# As many as the national classification has classes: 1,380.
INDUSTRY = f"({_one_of('sector', 'C A E I O G')}) || lpad(({_up_to('class', 340, 110)})::VARCHAR, 4, '0')"
OCCUPATION = (
    f"({_one_of('group', '6- 4- 2- 5- 3- 1-')})"
    f" || lpad(({_up_to('occupation', 31, 1)})::VARCHAR, 2, '0')"
)

# Of each: its type and how it is made.
ATTRIBUTES: dict[str, tuple[AttributeType, str]] = {
    "birth_on": (DATE, _day("birth", "1958-01-01", 17_800)),
    "sex": (CODE, _one_of("sex", "1 2")),
    "education": (
        CODE,
        _sometimes("education", 950, _one_of("edu", "41 31 21 61 71 11")),
    ),
    "region": (CODE, REGION),
    "occupation": (CODE, _sometimes("occupation", 900, OCCUPATION)),
    "skill_grade": (WHOLE, _sometimes("skill", 600, _up_to("grade", 8, 1))),
    "craftsman_tier": (WHOLE, _sometimes("craftsman", 50, _up_to("tier", 5, 1))),
    "honour_level": (WHOLE, _sometimes("honour", 40, _up_to("level", 5, 1))),
    "employer_industry": (CODE, INDUSTRY),
    "employer_scale": (CODE, _one_of("scale", "4 3 2 1")),
    "employer_rating": (CODE, _one_of("rating", "B A C D E")),
    "employer_is_above_scale": (YES_NO, _yes("above", 450)),
    "is_union_member": (YES_NO, _yes("member", 800)),
    "member_since": (
        DATE,
        _sometimes("member", 800, _day("since", "1990-01-01", 13_400)),
    ),
    "employed_since": (DATE, _day("employed", "1985-01-01", 15_300)),
    "monthly_wage": (MONEY, _up_to("wage", 1_600_000, 240_000)),
    "household_income": (
        MONEY,
        _sometimes("income", 700, _up_to("household", 900_000, 60_000)),
    ),
    "training_hours": (WHOLE, _up_to("training", 160)),
    "volunteer_hours": (WHOLE, _up_to("volunteer", 400)),
    "contest_rank": (WHOLE, _sometimes("contest", 60, _up_to("rank", 40, 1))),
    "contest_on": (
        DATE,
        _sometimes("contest", 60, _day("contest_on", "2021-01-01", 2_150)),
    ),
    "has_dispute": (YES_NO, _yes("dispute", 60)),
    "is_in_hardship": (YES_NO, _yes("hardship", 120)),
    "credit_points": (WHOLE, _up_to("credit", 1000, 300)),
    "small_children": (WHOLE, _up_to("children", 4)),
}
COLUMNS = [Column(key, type_) for key, (type_, _made) in ATTRIBUTES.items()]


def make_people(connection: DuckDBPyConnection, people: int) -> None:
    make_tables(connection, COLUMNS)
    made = ", ".join(
        f"CAST({expression} AS {column.sql_type})"
        for column, (_type, expression) in zip(
            COLUMNS, ATTRIBUTES.values(), strict=True
        )
    )
    connection.execute(
        f"INSERT INTO {PROFILE} SELECT i, {made} FROM range(1, {people + 1}) AS r(i)"
    )


def change_some(connection: DuckDBPyConnection, share: int) -> None:
    """Make the tables `changed` and `renewed`: one person in `share`, as if a year on."""
    connection.execute(
        f"CREATE OR REPLACE TEMPORARY TABLE changed AS SELECT person_id FROM {PROFILE}"
        f" WHERE hash(person_id, 'changed') % {share} = 0"
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMPORARY TABLE renewed AS
        SELECT * REPLACE (
            skill_grade + 1 AS skill_grade,
            monthly_wage * 9 // 10 AS monthly_wage,
            training_hours + 20 AS training_hours,
            has_dispute <> (person_id % 5 = 0) AS has_dispute,
            CASE WHEN person_id % 7 > 0 THEN household_income END AS household_income
        ) FROM {PROFILE} WHERE person_id IN (SELECT person_id FROM changed)"""
    )
