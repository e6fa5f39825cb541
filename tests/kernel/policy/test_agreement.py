"""The walk over one profile and the SQL over many must give the same answers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.kernel.policy.enums import Absence, AttributeType, Verdict
from jiangxin.kernel.policy.operations.profile_table import COLUMN_TYPES, dialect
from jiangxin.kernel.policy.rules.explaining import explain
from jiangxin.kernel.policy.rules.sql import predicate
from jiangxin.kernel.policy.rules.vocabulary import MEANINGS, Shape
from tests.kernel.policy.making import all_of, any_of, leaf, policy

TYPES = {
    "born": AttributeType.DATE,
    "grade": AttributeType.INTEGER,
    "share": AttributeType.DECIMAL,
    "member": AttributeType.BOOLEAN,
    "industry": AttributeType.CODE,
    "remark": AttributeType.TEXT,
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
POLICIES = st.builds(
    lambda conditions, region, ends: policy(*conditions, region=region, ends=ends),
    st.lists(CONDITIONS, min_size=1, max_size=4),
    st.sampled_from(["", *REGIONS]),
    st.sampled_from([None, date(2026, 6, 30)]),
)
PROFILES = st.fixed_dictionaries(
    {
        key: st.none()
        | (st.sampled_from(REGIONS) if key == "region" else VALUES[type_])
        for key, type_ in TYPES.items()
    }
)
DAYS = st.sampled_from(
    [date(2026, 11, 22), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1)]
)


@pytest.fixture
def table(db):
    columns = ", ".join(
        f'"{key}" {COLUMN_TYPES[type_]}' for key, type_ in TYPES.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE probe (person_id integer, {columns})")
        yield cursor
        cursor.execute("DROP TABLE probe")


def _selected(cursor, one, profiles, on):
    cursor.execute("DELETE FROM probe")
    places = ", ".join(["%s"] * (len(TYPES) + 1))
    cursor.executemany(
        f"INSERT INTO probe VALUES ({places})",  # noqa: S608 -- our own names
        [
            (number, *(_plain(profile[key]) for key in TYPES))
            for number, profile in enumerate(profiles)
        ],
    )
    where = predicate(one, on, dialect())
    cursor.execute(f"SELECT person_id FROM probe WHERE {where}")  # noqa: S608 -- the predicate is what is tested
    return {number for (number,) in cursor.fetchall()}


def _plain(value):
    if connection.vendor == "sqlite" and isinstance(value, Decimal | date):
        return str(value)
    return value


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(one=POLICIES, profiles=st.lists(PROFILES, min_size=1, max_size=12), on=DAYS)
def test_sql_selects_exactly_those_whom_the_explanation_finds_eligible(
    table, one, profiles, on
):
    eligible = {
        number
        for number, profile in enumerate(profiles)
        if explain(one, profile, on).verdict is Verdict.ELIGIBLE
    }
    assert _selected(table, one, profiles, on) == eligible


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    years=st.integers(0, 90),
    on=DAYS,
    offsets=st.lists(st.integers(-2, 2), min_size=1, max_size=5),
    comparison=st.sampled_from(["age_at_least", "age_at_most"]),
)
def test_they_agree_on_the_days_around_a_birthday(
    table, years, on, offsets, comparison
):
    birthday = date(on.year - years, on.month, min(on.day, 28))
    profiles = [
        {**dict.fromkeys(TYPES), "born": birthday + timedelta(days=days)}
        for days in offsets
    ]
    one = policy(leaf("born", comparison, years))
    eligible = {
        number
        for number, profile in enumerate(profiles)
        if explain(one, profile, on).verdict is Verdict.ELIGIBLE
    }
    assert _selected(table, one, profiles, on) == eligible
