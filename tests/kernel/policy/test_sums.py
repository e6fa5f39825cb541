"""Sums over a period are the same, to the hundredth, wherever they are reckoned."""

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.operations.profile_table import (
    PROFILES,
    dialect,
    profile_table,
    typed,
)
from jiangxin.kernel.policy.queries.one_profile import profile_of
from jiangxin.kernel.policy.queries.profiles import attributes_of
from jiangxin.kernel.policy.queries.timelines import turns_of
from jiangxin.kernel.policy.registry import attribute, families, moved_between, policy
from jiangxin.kernel.policy.registry.wording import shown
from jiangxin.kernel.policy.rules.ages import months_before
from jiangxin.kernel.policy.rules.explaining import explain, is_eligible
from jiangxin.kernel.policy.rules.sql import granting
from jiangxin.kernel.policy.snapshot import layout
from jiangxin.kernel.policy.snapshot.filling import columns_of, load_profiles
from jiangxin.kernel.register.models import Person
from tests.kernel.policy import making
from tests.kernel.policy.making import LONG_AGO, TODAY, leaf

pytestmark = pytest.mark.django_db

ALL = "credential_sum__volunteer_service"
LAST_YEAR = f"{ALL}__12"
EVER = f"{ALL}__any__ever"
A_YEAR_AGO = months_before(TODAY, 12)


def serve(who, hours, *, since=LONG_AGO, until=None, status="valid", issued=None):
    return Credential.objects.create(
        person=who,
        kind="volunteer_service",
        quantity=Decimal(hours),
        issued_on=issued,
        valid_from=since,
        valid_to=until,
        status=status,
        recorded_at=making.NOW,
    )


def read(who, key, on=TODAY):
    return profile_of(who.pk, [making.policy(leaf(key, "at_least", 1))], on)[key]


def test_who_has_no_record_has_none_in_all():
    assert read(making.person(), ALL) == 0


def test_a_sum_counts_what_is_valid_and_begun_of_its_kind_and_time():
    who = making.person()
    serve(who, "10.5", since=A_YEAR_AGO)
    serve(who, "3", since=A_YEAR_AGO - timedelta(1))
    serve(who, "7", since=TODAY + timedelta(1))
    serve(who, "20", status="revoked")
    serve(who, "2.25", since=date(2026, 1, 1), until=date(2026, 2, 1))
    serve(making.person(2), "99")
    assert read(who, ALL) == Decimal("13.5")
    assert read(who, LAST_YEAR) == Decimal("10.5")
    assert read(who, EVER) == Decimal("15.75")


def test_ten_tenths_of_an_hour_are_an_hour_in_every_database():
    who = making.person()
    for _each in range(10):
        serve(who, "0.1")
    asked = making.policy(leaf(ALL, "at_least", Decimal(1)))
    assert is_eligible(asked, profile_of(who.pk, [asked], TODAY), TODAY)


def test_only_kinds_that_speak_of_a_quantity_can_be_summed():
    family = families()["credential_sum"]
    with (
        translation.override("en"),
        pytest.raises(ValueError, match="is not one of: volunteer_service"),
    ):
        family.attribute({"kind": "honour"})
    kinds = [value for value, _label in family.arguments[0].offered()]
    assert kinds == ["volunteer_service", "training_record"]


def test_a_sum_is_shown_with_its_unit_and_without_needless_zeros():
    one = attribute(ALL)
    with translation.override("en"):
        assert shown(one, Decimal("1234.50")) == "1,234.5 hours"
        assert shown(one, Decimal("100.00")) == "100 hours"


def test_whose_hours_grow_older_than_the_time_that_counts_is_told_the_day():
    who = making.person()
    serve(who, "100", since=date(2026, 3, 1))
    asked = making.policy(leaf(LAST_YEAR, "at_least", Decimal(100)))
    turn = turns_of(who.pk, [asked], TODAY)[asked.code]
    assert turn.on == date(2027, 3, 2)
    days = (date(2027, 3, 1), date(2027, 3, 2))
    assert moved_between(*days, [attribute(LAST_YEAR)]) == {who.pk}


def test_half_an_hour_decides_about_a_star():
    stars = policy("volunteering.star_recognition")
    who = making.person()
    serve(who, "299.5")
    answers = [explain(stars, profile_of(who.pk, [stars], TODAY), TODAY)]
    serve(who, "0.5")
    answers.append(explain(stars, profile_of(who.pk, [stars], TODAY), TODAY))
    assert [answer.grant.number for answer in answers if answer.grant] == [5, 4]


EDGES = [A_YEAR_AGO + timedelta(days) for days in (-1, 0, 1)] + [
    TODAY + timedelta(days) for days in (-1, 0, 1)
]
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "hours": st.decimals(
                "0.01", "999.99", places=2, allow_nan=False, allow_infinity=False
            ),
            "since": st.sampled_from(EDGES),
            "issued": st.none() | st.sampled_from(EDGES),
            "lasts": st.none() | st.sampled_from([0, 1, 2, 400]),
            "status": st.sampled_from(["valid", "valid", "suspended", "revoked"]),
        }
    ),
    max_size=6,
)


def _reckoned(records, key):
    """The sum in plain Python."""
    first = A_YEAR_AGO if key == LAST_YEAR else date.min
    return sum(
        (
            one["hours"]
            for one in records
            if one["status"] == "valid"
            and one["since"] <= TODAY
            and (key == EVER or _lasts(one))
            and (one["issued"] or one["since"]) >= first
        ),
        Decimal(0),
    )


def _lasts(record):
    return (
        record["lasts"] is None or record["since"] + timedelta(record["lasts"]) > TODAY
    )


def _served_in_the_database(asked, attributes):
    with profile_table(attributes, None, TODAY) as cursor:
        keys = ", ".join(f'"{one.key}"' for one in attributes)
        cursor.execute(f"SELECT person_id, {keys} FROM {PROFILES}")  # noqa: S608 -- our own names
        held = {
            row[0]: [
                typed(one, value)
                for one, value in zip(attributes, row[1:], strict=True)
            ]
            for row in cursor.fetchall()
        }
        cursor.execute(granting(asked, TODAY, dialect(), profiles=PROFILES).whole())
        return held, {row[0]: row[1:] for row in cursor.fetchall()}


def _served_on_the_snapshot(asked, attributes):
    with duckdb.connect() as columnar:
        layout.make_tables(columnar, columns_of(attributes))
        load_profiles(
            columnar, attributes, TODAY, Person.objects.all(), into=layout.PROFILE
        )
        held = {
            number: values
            for number, *values in columnar.execute(f"FROM {layout.PROFILE}").fetchall()
        }
        sql = granting(asked, TODAY, "duckdb", profiles=layout.PROFILE).whole()
        return held, {row[0]: row[1:] for row in columnar.execute(sql).fetchall()}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    held=st.lists(RECORDS, min_size=1, max_size=4),
    limit=st.decimals(0, 2000, places=2, allow_nan=False, allow_infinity=False),
    is_just=st.booleans(),
)
def test_sums_and_answers_agree_everywhere(held, limit, is_just):
    Person.objects.all().delete()
    people = [making.person(number) for number in range(len(held))]
    for who, records in zip(people, held, strict=True):
        for one in records:
            lasts = one["lasts"]
            until = None if lasts is None else one["since"] + timedelta(lasts)
            serve(
                who,
                one["hours"],
                since=one["since"],
                until=until,
                status=one["status"],
                issued=one["issued"],
            )
    keys = [ALL, LAST_YEAR, EVER]
    sums = {
        who.pk: [_reckoned(records, key) for key in keys]
        for who, records in zip(people, held, strict=True)
    }
    # A limit that somebody just reaches.
    least = sums[people[0].pk][1] if is_just else limit
    asked = making.policy(
        making.any_of(
            leaf(LAST_YEAR, "at_least", least), leaf(EVER, "between", (least, least))
        ),
        grants=making.table([making.row(leaf(ALL, "at_least", least)), making.row()]),
    )
    attributes = sorted(attributes_of([asked]), key=lambda one: keys.index(one.key))
    explained = {}
    for who in people:
        profile = profile_of(who.pk, [asked], TODAY)
        assert [profile[key] for key in keys] == sums[who.pk]
        answer = explain(asked, profile, TODAY)
        if answer.grant:
            explained[who.pk] = (answer.grant.number, answer.grant.fen)
    for served in (_served_in_the_database, _served_on_the_snapshot):
        assert served(asked, attributes) == (sums, explained)
