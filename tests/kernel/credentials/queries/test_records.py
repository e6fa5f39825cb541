from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.kernel.credentials import operations, permissions, queries
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.operations import CredentialFacts
from jiangxin.kernel.register.models import Person
from tests.kernel.register.cast import CLERK, NORTHERNER, OFFICER, SINCE, STRANGER


def record(now, grade=3, *, kind="skill_certificate", until=None, **holder):
    return operations.record_credential(
        facts=CredentialFacts(kind=kind, grade=grade, valid_to=until),
        valid_from=SINCE,
        actor=SYSTEM,
        now=now,
        **holder,
    )


@pytest.fixture
def held(now, firms, make_person):
    north = make_person(1, employer=firms.north, union=firms.north_union)
    south = make_person(2, employer=firms.south, union=firms.south_union)
    return {
        "north": record(now, person_id=north.pk),
        "south": record(now, person_id=south.pk),
        "south firm": record(
            now, None, kind="enterprise_rating", organisation_id=firms.south.pk
        ),
    }


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (STRANGER, set()),
        (CLERK, {"north"}),
        (NORTHERNER, {"north"}),
        (OFFICER, {"north", "south", "south firm"}),
        (SYSTEM, {"north", "south", "south firm"}),
    ],
)
def test_credentials_are_seen_where_their_holder_is(held, actor, seen):
    visible = set(queries.credentials_visible_to(actor))
    assert {name for name, credential in held.items() if credential in visible} == seen
    for name, credential in held.items():
        assert permissions.can_view_credential(actor, credential) == (name in seen)
        if name in seen:
            queries.get_credential(credential.pk, visible_to=actor)
        else:
            with pytest.raises(NotFound):
                queries.get_credential(credential.pk, visible_to=actor)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    acts=st.lists(
        st.tuples(
            st.integers(0, 30), st.sampled_from(["suspend", "restore", "revoke"])
        ),
        max_size=6,
    )
)
def test_credential_counted_on_the_days_it_was_valid(now, make_person, acts):
    Person.objects.all().delete()
    person = make_person(1)
    credential = record(now, person_id=person.pk, until=SINCE + timedelta(days=25))
    told = {SINCE: True}
    for number, name in acts:
        on = SINCE + timedelta(days=number)
        try:
            getattr(operations, f"{name}_credential")(
                credential_id=credential.pk, on=on, reason="-", actor=SYSTEM, now=now
            )
        except Refused:
            continue
        told[on] = name == "restore"
    for number in range(-1, 32):
        on = SINCE + timedelta(days=number)
        known = [each for each in told if each <= on]
        expected = bool(known) and told[max(known)] and number < 25
        assert queries.credentials_of_person(person.pk, on).exists() == expected


def test_people_are_found_by_their_highest_grade(now, make_person):
    person, other = make_person(1), make_person(2)
    for grade in (2, 4):
        record(now, grade, person_id=person.pk)
    record(now, 2, person_id=other.pk)

    def found(grade, on=date(2026, 6, 1)):
        return list(queries.people_with_skill_grade(Person.objects.all(), grade, on))

    assert found(4) == [person]
    assert found(2) == [other]
    assert found(4, date(2025, 1, 1)) == []


def test_organisation_holds_what_is_in_force(now, firms):
    credential = record(
        now, None, kind="enterprise_rating", organisation_id=firms.south.pk
    )
    found = queries.credentials_of_organisation(firms.south.pk, SINCE)
    assert list(found) == [credential] == list(Credential.objects.all())
