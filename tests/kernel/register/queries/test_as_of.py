from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.operations import organisations, people, sites, ties
from jiangxin.kernel.register.operations.organisations import OrganisationFacts
from jiangxin.kernel.register.operations.people import PersonFacts
from jiangxin.kernel.register.queries import as_of
from jiangxin.kernel.register.rules import age_on
from tests.kernel.register.cast import NORTH, SINCE

DAYS = st.integers(0, 40)
MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def day(number):
    return SINCE + timedelta(days=number)


@MANY
@given(
    changes=st.lists(
        st.tuples(DAYS, st.sampled_from(["甲", "乙", "丙", "丁"])), max_size=6
    )
)
def test_person_stands_on_each_day_as_it_was_recorded(now, make_person, changes):
    Person.objects.all().delete()
    person = make_person(1, name="王芳")
    told = {day(0): "王芳"}
    for number, name in changes:
        try:
            people.change_person(
                person_id=person.pk,
                facts=PersonFacts(name),
                effective_on=day(number),
                actor=SYSTEM,
                now=now,
            )
        except Refused:
            continue
        if name != told[max(told)]:
            told[day(number)] = name
    person.refresh_from_db()
    for number in range(42):
        known = [on for on in told if on <= day(number)]
        assert as_of.person_as_of(person, day(number)).name == told[max(known)]
    assert as_of.person_as_of(person, day(-1)) is None


@MANY
@given(changes=st.lists(st.tuples(DAYS, st.sampled_from(["甲", "乙"])), max_size=5))
def test_no_version_is_ever_lost(now, make_person, changes):
    Person.objects.all().delete()
    person = make_person(1, name="王芳")
    names = ["王芳"]
    for number, name in sorted(changes):
        people.change_person(
            person_id=person.pk,
            facts=PersonFacts(name),
            effective_on=day(number),
            actor=SYSTEM,
            now=now,
        )
        if names[-1] != name:
            names.append(name)
    person.refresh_from_db()
    versions = as_of.versions_of_person(person)
    assert [version.name for version in versions] == names[::-1]


@MANY
@given(moves=st.lists(st.tuples(DAYS, st.booleans(), st.booleans()), max_size=6))
def test_one_worked_at_one_place_a_day(now, make_person, firms, moves):
    Person.objects.all().delete()
    person = make_person(1)
    told: dict[date, object] = {}
    for number, is_end, is_north in moves:
        firm = firms.north if is_north else firms.south
        job = person.employments.filter(valid_to__isnull=True).first()
        try:
            if is_end and job:
                ties.end_employment(
                    employment_id=job.pk, valid_to=day(number), actor=SYSTEM, now=now
                )
                told[day(number)] = None
            elif not is_end:
                ties.start_employment(
                    person_id=person.pk,
                    organisation_id=firm.pk,
                    valid_from=day(number),
                    actor=SYSTEM,
                    now=now,
                )
                told[day(number)] = firm
        except Refused:
            continue
    for number in range(42):
        known = [on for on in told if on <= day(number)]
        expected = told[max(known)] if known else None
        job = as_of.employment_on(person.pk, day(number))
        assert (job.organisation if job else None) == expected


def test_organisation_stands_on_each_day_as_it_was_recorded(now, firms):
    for number, name in ((10, "甲"), (10, "乙"), (20, "丙")):
        organisations.change_organisation(
            organisation_id=firms.north.pk,
            facts=OrganisationFacts(name, NORTH),
            effective_on=day(number),
            actor=SYSTEM,
            now=now,
        )
    firm = firms.north
    firm.refresh_from_db()
    names = [
        version.name if version else None
        for version in (
            as_of.organisation_as_of(firm, day(number))
            for number in (-1, 0, 9, 10, 19, 20)
        )
    ]
    assert names == [None, "北方机械", "北方机械", "乙", "乙", "丙"]
    kept = [version.name for version in as_of.versions_of_organisation(firm)]
    assert kept == ["丙", "乙", "甲", "北方机械"]


def test_membership_and_sites_are_asked_of_a_day(now, make_person, firms):
    person = make_person(union=firms.north_union)
    site = sites.open_site(
        organisation_id=firms.north.pk,
        kind="base",
        name="基地",
        region_code=NORTH,
        valid_from=day(0),
        actor=SYSTEM,
        now=now,
    )
    membership = person.memberships.get()
    ties.leave_union(
        membership_id=membership.pk, valid_to=day(5), actor=SYSTEM, now=now
    )
    sites.close_site(site_id=site.pk, valid_to=day(5), actor=SYSTEM, now=now)
    for number, is_there in ((-1, False), (0, True), (4, True), (5, False)):
        held = as_of.membership_on(person.pk, day(number))
        assert (held == membership) is is_there
        assert as_of.sites_on(firms.north.pk, day(number)).exists() is is_there


@pytest.mark.parametrize(
    ("birth_on", "on", "age"),
    [
        (date(1990, 5, 1), date(2026, 4, 30), 35),
        (date(1990, 5, 1), date(2026, 5, 1), 36),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2026, 5, 1), date(2026, 4, 30), -1),
    ],
)
def test_age_counts_full_years(birth_on, on, age):
    assert age_on(birth_on, on) == age
