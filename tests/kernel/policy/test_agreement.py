"""The walk over one profile and the SQL over many must give the same answers.

On whichever of SQLite and PostgreSQL the tests run on, and on DuckDB.
"""

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.kernel.policy.enums import Absence, AttributeType, Verdict
from jiangxin.kernel.policy.operations.profile_table import COLUMN_TYPES, dialect
from jiangxin.kernel.policy.rules.ages import months_before
from jiangxin.kernel.policy.rules.explaining import explain, is_eligible
from jiangxin.kernel.policy.rules.sql import granting
from jiangxin.kernel.policy.rules.tree import Amount, Share
from jiangxin.kernel.policy.rules.vocabulary import MEANINGS, Shape
from tests.kernel.policy.making import all_of, any_of, leaf, policy, row, table

TYPES = {
    "born": AttributeType.DATE,
    "grade": AttributeType.INTEGER,
    "share": AttributeType.DECIMAL,
    "member": AttributeType.BOOLEAN,
    "industry": AttributeType.CODE,
    "remark": AttributeType.TEXT,
    "fee": AttributeType.MONEY,
    "region": AttributeType.CODE,
}
REGIONS = ["33", "3310", "331023", "331023101", "330726"]
LEAP_DAYS = [date(1980, 2, 29), date(1980, 2, 28), date(1980, 3, 1), date(1979, 3, 1)]
BIRTHDAYS = st.one_of(
    st.sampled_from(LEAP_DAYS), st.dates(date(1940, 1, 1), date(2010, 12, 31))
)
VALUES = {
    AttributeType.DATE: BIRTHDAYS,
    AttributeType.INTEGER: st.integers(-2, 9),
    AttributeType.DECIMAL: st.decimals(
        0, 10, places=2, allow_nan=False, allow_infinity=False
    ),
    AttributeType.MONEY: st.sampled_from([0, 1, 2, 49, 50, 833, 99_999, 250_000]),
    AttributeType.BOOLEAN: st.booleans(),
    AttributeType.CODE: st.sampled_from(
        ["A", "a", "A01", "A0141", "C13", "c13", "5-01"]
    ),
    AttributeType.TEXT: st.sampled_from(
        ["", "x", "X", "it's", "100%", "a_b", "%s", "匠"]
    ),
}


@st.composite
def leaves(draw):
    attribute = draw(st.sampled_from(sorted(TYPES)))
    type_ = TYPES[attribute]
    fitting = [one for one, meaning in MEANINGS.items() if type_ in meaning.types]
    comparison = draw(st.sampled_from(fitting))
    meaning = MEANINGS[comparison]
    values = st.sampled_from(REGIONS) if attribute == "region" else VALUES[type_]
    match meaning.shape:
        case Shape.ONE:
            limit = draw(values)
        case Shape.PAIR:
            limit = tuple(sorted(draw(st.lists(values, min_size=2, max_size=2))))
        case Shape.MANY:
            limit = tuple(draw(st.lists(values, min_size=1, max_size=4, unique=True)))
        case Shape.YEARS:
            limit = draw(st.integers(0, 100))
        case Shape.MONTHS:
            limit = draw(st.sampled_from([0, 1, 6, 12, 36, 600]))
        case Shape.DAYS:
            limit = draw(st.sampled_from([0, 1, 30, 20_000]))
        case Shape.TRUE:
            limit = True
    absences = [Absence.UNKNOWN] if meaning.is_negated else list(Absence)
    return leaf(attribute, comparison, limit, draw(st.sampled_from(absences)))


CONDITIONS = st.recursive(
    leaves(),
    lambda members: st.builds(
        lambda make, some: make(*some),
        st.sampled_from([any_of, all_of]),
        st.lists(members, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
FEN = st.none() | st.sampled_from([0, 100, 30_000])
SHARES = st.builds(
    lambda per_cent, floor, cap: Share("fee", per_cent, cap, floor),
    st.sampled_from([0, 1, 3333, 5000, 6000, 10_000]),
    FEN,
    FEN,
)
GIFTS = st.one_of(st.none(), st.builds(Amount, st.integers(0, 10**12)), SHARES)
ROWS = st.builds(
    lambda conditions, gives: row(*conditions, gives=gives),
    st.lists(CONDITIONS, max_size=2),
    GIFTS,
)
# Rows that differ in the rate alone are reckoned together.
GRADED = st.builds(
    lambda whens, rates, floor, cap: [
        row(*when, gives=Share("fee", rate, cap, floor))
        for when, rate in zip(whens, rates, strict=False)
    ],
    st.lists(st.lists(CONDITIONS, min_size=1, max_size=2), min_size=1, max_size=4),
    st.lists(st.sampled_from([0, 1, 3333, 10_000]), min_size=4, max_size=4),
    FEN,
    FEN,
)
TABLES = st.none() | (st.lists(ROWS, min_size=1, max_size=4) | GRADED).map(table)
POLICIES = st.builds(
    lambda conditions, region, ends, grants: policy(
        *conditions, region=region, ends=ends, grants=grants
    ),
    st.lists(CONDITIONS, min_size=1, max_size=4),
    st.sampled_from(["", *REGIONS]),
    st.sampled_from([None, date(2026, 6, 30)]),
    TABLES,
)
PROFILES = st.fixed_dictionaries(
    {
        key: st.none()
        | (st.sampled_from(REGIONS) if key == "region" else VALUES[type_])
        for key, type_ in TYPES.items()
    }
)
DAYS = st.sampled_from(
    [
        *(date(2026, 11, 22), date(2024, 2, 29), date(2025, 2, 28)),
        *(date(2025, 3, 1), date(2026, 3, 31), date(2026, 4, 30)),
    ]
)


COLUMNS = ", ".join(f'"{key}" {COLUMN_TYPES[type_]}' for key, type_ in TYPES.items())


class Engine:
    """A table of profiles in one database, asked in its dialect."""

    def __init__(self, cursor, language, marker):
        self.cursor = cursor
        self.language = language
        self.places = ", ".join([marker] * (len(TYPES) + 1))
        cursor.execute(f"CREATE TEMPORARY TABLE probe (person_id integer, {COLUMNS})")

    def answers(self, one, profiles, on):
        """Return row and amount of those who are eligible, by number."""
        self.cursor.execute("DELETE FROM probe")
        self.cursor.executemany(
            f"INSERT INTO probe VALUES ({self.places})",  # noqa: S608 -- our own names
            [
                (number, *(self.plain(profile[key]) for key in TYPES))
                for number, profile in enumerate(profiles)
            ],
        )
        self.cursor.execute(granting(one, on, self.language, profiles="probe").whole())
        return {number: (row, fen) for number, row, fen in self.cursor.fetchall()}

    def plain(self, value):
        if self.language == "sqlite" and isinstance(value, Decimal | date):
            return str(value)
        return value


@pytest.fixture
def engines(db):
    with connection.cursor() as cursor, duckdb.connect() as columnar:
        yield [Engine(cursor, dialect(), "%s"), Engine(columnar, "duckdb", "?")]
        cursor.execute("DROP TABLE probe")


def _explained(one, profiles, on):
    answers = [explain(one, profile, on) for profile in profiles]
    return {
        number: (answer.grant.number, answer.grant.fen)
        if answer.grant
        else (None, None)
        for number, answer in enumerate(answers)
        if answer.verdict is Verdict.ELIGIBLE
    }


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(one=POLICIES, profiles=st.lists(PROFILES, min_size=1, max_size=12), on=DAYS)
def test_every_engine_finds_and_grants_what_the_explanation_does(
    engines, one, profiles, on
):
    explained = _explained(one, profiles, on)
    for engine in engines:
        assert engine.answers(one, profiles, on) == explained
    briefly = [is_eligible(one, profile, on) for profile in profiles]
    assert briefly == [number in explained for number in range(len(profiles))]


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    length=st.integers(0, 90),
    on=DAYS,
    offsets=st.lists(st.integers(-3, 3), min_size=1, max_size=5),
    comparison=st.sampled_from(
        [
            *("age_at_least", "age_at_most", "within_months", "within_days"),
            *("years_since_at_least", "years_since_at_most"),
        ]
    ),
)
def test_they_agree_on_the_days_around_a_limit_of_time(
    engines, length, on, offsets, comparison
):
    edge = {
        "within_months": months_before(on, length),
        "within_days": on - timedelta(length),
    }.get(comparison, date(on.year - length, on.month, min(on.day, 28)))
    profiles = [
        {**dict.fromkeys(TYPES), "born": edge + timedelta(days=days)}
        for days in offsets
    ]
    one = policy(leaf("born", comparison, length))
    explained = _explained(one, profiles, on)
    for engine in engines:
        assert engine.answers(one, profiles, on) == explained
