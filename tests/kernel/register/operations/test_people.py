from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register.models import Employment, Person, PersonPast
from jiangxin.kernel.register.operations import people
from jiangxin.kernel.register.operations.days import DayInFuture, DayTooEarly
from jiangxin.kernel.register.operations.people import PersonFacts
from jiangxin.kernel.register.operations.steps import OrganisationNotOpen
from tests.kernel.register.cast import (
    CLERK,
    NORTH,
    NORTHERNER,
    OFFICER,
    SINCE,
    STRANGER,
    id_number,
)
from tests.unreached import UNREACHED

pytestmark = pytest.mark.usefixtures("regions", "made_up_people")
LATER = date(2026, 6, 1)
PHONE = "13800001234"


def register(now, *, actor=OFFICER, facts=None, on=SINCE, **more):
    return people.register_person(
        id_number=more.pop("number", id_number(12)),
        facts=facts or PersonFacts("王芳"),
        effective_on=on,
        actor=actor,
        now=now,
        **more,
    )


def change(person, facts, now, *, actor=OFFICER, on=LATER):
    return people.change_person(
        person_id=person.pk, facts=facts, effective_on=on, actor=actor, now=now
    )


def take_on(now, employer, *, actor=OFFICER, name="王芳", number=None, on=LATER):
    return people.take_on_person(
        id_number=number or id_number(12),
        name=name,
        employer_id=employer.pk,
        valid_from=on,
        actor=actor,
        now=now,
    )


def test_registered_person_has_what_the_number_says(now, firms):
    facts = PersonFacts("单芳", phone="138 0000 1234", education="20")
    person = register(
        now, facts=facts, employer_id=firms.north.pk, union_id=firms.north_union.pk
    )
    person.refresh_from_db()
    assert (person.sex, person.birth_on) == ("2", date(1990, 1, 1))
    assert (person.name_pinyin, person.name_initials) == ("shanfang", "sf")
    assert (person.id_type, person.id_number) == ("111", id_number(12))
    assert person.phone == PHONE
    assert person.region_code == NORTH
    kinds = [event.kind for event in events_of(f"person:{person.pk}")]
    assert kinds == [
        "register.union_joined",
        "register.employment_started",
        "register.person_registered",
    ]


def test_number_and_phone_lie_sealed_in_the_database(now, firms):
    register(now, facts=PersonFacts("王芳", PHONE), employer_id=firms.north.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM register_person")
        stored = [bytes(each) for each in cursor.fetchone()]
    assert id_number(12).encode() not in stored[0]
    assert PHONE.encode() not in stored[1]


@pytest.mark.parametrize("actor", [STRANGER, OFFICER])
def test_person_of_no_place_is_registered_from_everywhere_only(now, actor):
    with pytest.raises(NotPermitted):
        register(now, actor=actor)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("actor", "may_register"),
    [(STRANGER, False), (OFFICER, True), (NORTHERNER, True), (CLERK, True)],
)
def test_person_is_registered_where_one_may_manage(now, firms, actor, may_register):
    if may_register:
        register(now, actor=actor, employer_id=firms.north.pk)
    else:
        with pytest.raises(NotPermitted):
            register(now, actor=actor, employer_id=firms.north.pk)
    if actor is not OFFICER:
        with pytest.raises(NotPermitted):
            register(now, actor=actor, employer_id=firms.south.pk, number=id_number(14))


@pytest.mark.parametrize(
    ("refusal", "more"),
    [
        (people.NameMissing, {"facts": PersonFacts("  ")}),
        (people.IdNumberWrong, {"number": "330726199001010010"}),
        (people.IdNumberWrong, {"number": ""}),
        (people.PhoneWrong, {"facts": PersonFacts("王芳", "12")}),
        (DayInFuture, {"on": date(2027, 1, 1)}),
        (NotFound, {"employer_id": 10**9}),
    ],
)
def test_faulty_person_is_refused(now, firms, refusal, more):
    with pytest.raises(refusal):
        register(now, **{"employer_id": firms.north.pk, **more})
    assert not Person.objects.exists()


def test_made_up_number_is_refused_outside_demonstrations(now, firms, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(people.IdNumberWrong):
        register(now, employer_id=firms.north.pk)


def test_person_is_registered_once(now, firms):
    first = register(now, employer_id=firms.north.pk)
    with pytest.raises(people.PersonKnown) as refused:
        register(now, employer_id=firms.south.pk)
    assert str(first.pk) in refused.value.message
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(
            name="李四",
            sex="1",
            birth_on=SINCE,
            valid_from=SINCE,
            id_number="x",
            id_index=first.id_index,
            registered_at=now,
        )


def test_change_keeps_the_earlier_version(now, make_person, firms):
    person = make_person(employer=firms.north, phone=PHONE)
    change(person, PersonFacts("王小芳", PHONE, "20"), now)
    person.refresh_from_db()
    assert (person.name, person.name_pinyin) == ("王小芳", "wangxiaofang")
    assert (person.education, person.valid_from) == ("20", LATER)
    past = PersonPast.objects.get()
    assert (past.name, past.phone) == ("王芳", PHONE)
    assert (past.valid_from, past.valid_to) == (SINCE, LATER)
    event = events_of(f"person:{person.pk}")[0]
    assert event.kind == "register.person_changed"
    assert "王" not in event.payload


def test_two_changes_of_one_day_are_both_kept(now, make_person, firms):
    person = make_person(employer=firms.north)
    change(person, PersonFacts("甲"), now)
    change(person, PersonFacts("乙"), now)
    names = PersonPast.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["王芳", "甲"]


def test_change_into_the_same_changes_nothing(now, make_person, firms):
    person = make_person(employer=firms.north)
    change(person, PersonFacts("王芳"), now)
    assert not PersonPast.objects.exists()


def test_change_is_refused_out_of_its_time_or_place(now, make_person, firms):
    person = make_person(employer=firms.south)
    with pytest.raises(DayTooEarly):
        change(person, PersonFacts("甲"), now, on=date(2025, 1, 1))
    with pytest.raises(DayInFuture):
        change(person, PersonFacts("甲"), now, on=date(2027, 1, 1))
    for actor in (STRANGER, NORTHERNER, CLERK):
        with pytest.raises(NotPermitted):
            change(person, PersonFacts("甲"), now, actor=actor)
    with pytest.raises(NotFound):
        change(Person(pk=UNREACHED), PersonFacts("甲"), now)
    assert not PersonPast.objects.exists()


def test_person_of_another_place_is_taken_on_by_name_and_number(
    now, make_person, firms
):
    person = make_person(12, employer=firms.south)
    taken = take_on(now, firms.north, actor=CLERK)
    assert taken == person
    person.refresh_from_db()
    assert person.region_code == NORTH
    earlier, present = Employment.objects.order_by("valid_from")
    assert (earlier.organisation, earlier.valid_to) == (firms.south, LATER)
    assert (present.organisation, present.valid_to) == (firms.north, None)


def test_taking_on_tells_nothing_of_people_one_does_not_know(now, make_person, firms):
    make_person(12, employer=firms.south)
    with pytest.raises(people.NoSuchPerson):
        take_on(now, firms.north, name="王方")
    with pytest.raises(people.NoSuchPerson):
        take_on(now, firms.north, number=id_number(14))
    with pytest.raises(people.IdNumberWrong):
        take_on(now, firms.north, number="1")
    with pytest.raises(NotPermitted):
        take_on(now, firms.south, actor=CLERK)


def test_nobody_is_registered_at_a_closed_employer(now, firms):
    firms.south.closed_on = LATER
    firms.south.save()
    with pytest.raises(OrganisationNotOpen):
        register(now, employer_id=firms.south.pk)
