from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register.enums import DuplicateRule, DuplicateState
from jiangxin.kernel.register.models import DuplicatePair, Person
from jiangxin.kernel.register.operations import duplicates, people, ties
from jiangxin.kernel.register.operations.people import PersonFacts
from jiangxin.kernel.register.queries.duplicates import (
    count_pairs_open,
    find_pairs,
    pairs_visible_to,
)
from jiangxin.kernel.register.registry import PeopleChange
from tests.kernel.register.cast import CLERK, NORTHERNER, OFFICER, STRANGER

PHONE, OTHER_PHONE = "13800001234", "13900001234"


@pytest.fixture
def twins(make_person, firms):
    """One name, birth date and employer, under two identity numbers."""
    return [make_person(serial, employer=firms.north) for serial in (1, 2)]


def change(person, now, **facts):
    facts = {"name": person.name, "phone": person.phone, **facts}
    people.change_person(
        person_id=person.pk,
        facts=PersonFacts(**facts),
        effective_on=date(2026, 6, 1),
        actor=SYSTEM,
        now=now,
    )


def states():
    return {
        (pair.person_id, pair.other_id): (pair.rule, pair.state)
        for pair in DuplicatePair.objects.all()
    }


def test_people_registered_twice_are_found_at_once(twins):
    one, other = twins
    pair = DuplicatePair.objects.get()
    assert (pair.person, pair.other) == (one, other)
    assert pair.rule == DuplicateRule.SAME_NAME_AT_WORK
    assert pair.state == DuplicateState.OPEN


def test_a_suspicion_goes_with_its_ground(twins, now):
    change(twins[1], now, name="李明")
    assert not DuplicatePair.objects.exists()


def test_a_suspicion_follows_what_is_surest_now(make_person, firms, now):
    one = make_person(1, name="王小芳", employer=firms.north)
    make_person(2, name="王晓芳", employer=firms.north)
    assert DuplicatePair.objects.get().rule == DuplicateRule.CLOSE_NAME
    change(one, now, name="王晓芳")
    assert DuplicatePair.objects.get().rule == DuplicateRule.SAME_NAME_AT_WORK


def test_going_through_the_whole_register_finds_the_same(twins, make_person, now):
    make_person(3, name="李明", phone=PHONE)
    make_person(4, name="李明", phone=PHONE, born="18800101")
    known = states()
    assert len(known) == 2
    found = duplicates.find_duplicates(now=now)
    assert (found.found, found.new, found.gone) == (2, 0, 0)
    assert states() == known
    DuplicatePair.objects.all().delete()
    assert duplicates.find_duplicates(now=now).new == 2
    assert states() == known


def test_going_through_forgets_what_no_rule_finds(twins, now):
    Person.objects.filter(pk=twins[0].pk).update(birth_on=date(1980, 1, 1))
    assert duplicates.find_duplicates(now=now).gone == 1
    assert not DuplicatePair.objects.exists()


def test_many_changed_people_are_looked_through_by_one_job(twins, now, monkeypatch):
    monkeypatch.setattr(duplicates, "AT_ONCE", 1)
    DuplicatePair.objects.all().delete()
    ids = [person.pk for person in twins]
    change_of_all = PeopleChange(ids, now.date(), now, SYSTEM, "roster:1")
    with transaction.atomic():
        duplicates.look_at_changed_people(change_of_all)
        duplicates.look_at_changed_people(change_of_all)
    assert Job.objects.filter(kind=duplicates.FIND_DUPLICATES).count() == 1
    assert not DuplicatePair.objects.exists()


def test_different_people_are_never_asked_about_again(twins, now):
    pair = DuplicatePair.objects.get()
    duplicates.tell_apart(pair_id=pair.pk, actor=OFFICER, now=now)
    duplicates.find_duplicates(now=now)
    change(twins[0], now, education="20")
    pair.refresh_from_db()
    assert (pair.state, pair.decided_at) == (DuplicateState.DIFFERENT, now)
    assert pair.decided_by == OFFICER.account_id
    for person in twins:
        assert events_of(f"person:{person.pk}").filter(
            kind="register.people_told_apart"
        )


def test_what_was_decided_is_not_decided_again(twins, now):
    pair = DuplicatePair.objects.get()
    duplicates.tell_apart(pair_id=pair.pk, actor=OFFICER, now=now)
    with pytest.raises(duplicates.PairDecided) as refused:
        duplicates.tell_apart(pair_id=pair.pk, actor=OFFICER, now=now)
    assert str(refused.value.values["state"])


@pytest.mark.parametrize(
    ("actor", "sees"), [(STRANGER, 0), (OFFICER, 1), (NORTHERNER, 0), (CLERK, 0)]
)
def test_a_pair_is_seen_and_judged_where_both_people_are(
    twins, firms, now, actor, sees
):
    ties.start_employment(
        person_id=twins[1].pk,
        organisation_id=firms.south.pk,
        valid_from=date(2026, 6, 1),
        actor=SYSTEM,
        now=now,
    )
    pair = DuplicatePair.objects.create(
        person=twins[0], other=twins[1], rule="close_name", found_at=now
    )
    assert pairs_visible_to(actor).count() == sees
    assert count_pairs_open(actor, now) == sees
    if not sees:
        with pytest.raises(NotFound):
            duplicates.tell_apart(pair_id=pair.pk, actor=actor, now=now)
        assert states()[twins[0].pk, twins[1].pk][1] == DuplicateState.OPEN


@pytest.mark.parametrize(
    "wrong",
    [
        {"swapped": True},
        {"state": "different"},
        {"decided_at": True},
    ],
)
def test_a_pair_stands_once_in_order_and_decided_at_a_time(twins, now, wrong):
    DuplicatePair.objects.all().delete()
    one, other = reversed(twins) if wrong.pop("swapped", False) else twins
    if wrong.get("decided_at"):
        wrong = {"decided_at": now}
    values = {"rule": "close_name", "found_at": now, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        DuplicatePair.objects.create(person=one, other=other, **values)
    good = {**values, "state": "open", "decided_at": None}
    DuplicatePair.objects.create(person=twins[0], other=twins[1], **good)
    with pytest.raises(IntegrityError), transaction.atomic():
        DuplicatePair.objects.create(person=twins[0], other=twins[1], **good)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["王芳", "王方", "李明"]),
            st.sampled_from(["18900101", "18800101"]),
            st.sampled_from(["", PHONE, OTHER_PHONE]),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_looking_at_each_change_finds_what_looking_at_all_finds(
    make_person, firms, drawn
):
    Person.objects.all().delete()
    for serial, (name, born, phone, works) in enumerate(drawn, 1):
        make_person(
            serial,
            name=name,
            born=born,
            phone=phone,
            employer=firms.north if works else None,
        )
    kept = {pair: rule for pair, (rule, _state) in states().items()}
    assert kept == find_pairs()
