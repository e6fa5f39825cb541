from dataclasses import replace
from datetime import date, timedelta

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.privacy.operations.requests import (
    AgentNameless,
    AtCounter,
    GroundMissing,
    IdentityNotSeen,
    RequestAnswered,
    RequestWaiting,
    answer_request,
    make_request,
    record_request,
    take_copy,
    withdraw_request,
)
from jiangxin.kernel.privacy.queries.requests import requests_visible_to, with_overdue
from tests.kernel.register.cast import OFFICER, SOUTH, STRANGER, Somebody
from tests.kernel.register.cast import Scope as Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(person):
    return Somebody((Place(""),), person_id=person.pk)


@pytest.fixture
def ask(worker, now):
    def asked(kind="deletion"):
        return make_request(kind=kind, text="I left", actor=worker, now=now)

    return asked


def answer(asked, now, *, is_granted=False, text="Art. 47", actor=OFFICER):
    return answer_request(
        request_id=asked.pk, is_granted=is_granted, answer=text, actor=actor, now=now
    )


def test_request_waits_and_is_recorded(ask, person):
    asked = ask()
    assert (asked.state, asked.answered_at) == ("waiting", None)
    assert events_of(f"person:{person.pk}").first().kind == "privacy.request_made"


def test_same_request_is_not_made_twice_while_it_waits(ask, now):
    asked = ask()
    with pytest.raises(RequestWaiting):
        ask()
    answer(asked, now)
    ask()


def test_only_registered_people_ask_and_not_for_a_copy_that_way(ask, now):
    with pytest.raises(NotFound):
        make_request(kind="deletion", text="", actor=STRANGER, now=now)
    for kind in ("copy", "correction"):
        with pytest.raises(NotFound):
            ask(kind)
    with pytest.raises(NotFound):
        take_copy(actor=STRANGER, now=now)
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize(
    ("is_granted", "state"), [(True, "granted"), (False, "refused")]
)
def test_answer_is_kept_with_who_gave_it(ask, now, person, is_granted, state):
    asked = answer(ask(), now, is_granted=is_granted)
    assert (asked.state, asked.answer, asked.answered_by) == (state, "Art. 47", 1)
    assert events_of(f"person:{person.pk}").first().kind == "privacy.request_answered"


def test_refusal_needs_its_ground(ask, now):
    with pytest.raises(GroundMissing):
        answer(ask(), now, text=" ")
    assert DataRequest.objects.get().state == "waiting"


def test_granting_needs_no_words(ask, now):
    assert answer(ask(), now, is_granted=True, text="").state == "granted"


def test_answered_request_is_not_answered_again(ask, now):
    asked = answer(ask(), now)
    with pytest.raises(RequestAnswered) as refusal:
        answer(asked, now, is_granted=True)
    assert "2026-11-23" in refusal.value.message


def test_nobody_answers_outside_their_place(ask, now):
    asked = ask()
    with pytest.raises(NotPermitted):
        answer(asked, now, actor=Somebody((Place(SOUTH),)))
    assert DataRequest.objects.get().state == "waiting"


def test_request_that_is_not_there_cannot_be_answered(ask, now):
    asked = ask()
    asked.pk += 1
    with pytest.raises(NotFound):
        answer(asked, now)


def test_copy_is_granted_at_once_and_recorded(worker, person, now):
    taken = take_copy(actor=worker, now=now)
    assert (taken.kind, taken.state, taken.answered_at) == ("copy", "granted", now)
    assert events_of(f"person:{person.pk}").first().kind == "privacy.request_made"


# --- the day it is due ---


def test_request_is_due_fifteen_working_days_after_the_day_it_is_made(ask):
    assert ask().due_on == date(2026, 12, 14)  # made on Monday, 23 November


def test_what_waits_after_its_day_is_overdue_and_what_is_answered_is_not(ask, now):
    asked = ask()

    def overdue(on):
        return [
            one.is_overdue for one in with_overdue(requests_visible_to(OFFICER), on)
        ]

    assert overdue(asked.due_on) == [False]
    assert overdue(asked.due_on + timedelta(days=1)) == [True]
    answer(asked, now)
    assert overdue(asked.due_on + timedelta(days=1)) == [False]


def test_a_copy_that_is_taken_at_once_is_never_due(worker, now):
    assert take_copy(actor=worker, now=now).due_on is None


# --- withdrawn ---


def test_who_asked_withdraws_while_it_waits_and_may_ask_anew(ask, worker, person, now):
    asked = withdraw_request(request_id=ask().pk, actor=worker, now=now)
    assert (asked.state, asked.answered_at) == ("withdrawn", now)
    assert events_of(f"person:{person.pk}").first().kind == "privacy.request_withdrawn"
    ask()


def test_an_answered_request_is_not_withdrawn(ask, worker, now):
    asked = answer(ask(), now)
    with pytest.raises(RequestAnswered):
        withdraw_request(request_id=asked.pk, actor=worker, now=now)


def test_nobody_withdraws_what_another_asked(ask, make_person, firms, now):
    asked = ask()
    other = Somebody((Place(""),), person_id=make_person(2, employer=firms.north).pk)
    for actor in (other, STRANGER):
        with pytest.raises(NotFound):
            withdraw_request(request_id=asked.pk, actor=actor, now=now)


def test_a_withdrawn_request_is_not_answered(ask, worker, now):
    asked = withdraw_request(request_id=ask().pk, actor=worker, now=now)
    with pytest.raises(RequestAnswered):
        answer(asked, now)


# --- at the counter ---


@pytest.fixture
def at_counter(person):
    return AtCounter(person.pk, "correction", "My name is misspelt", has_seen=True)


@pytest.mark.parametrize("kind", ["copy", "correction", "deletion"])
def test_a_clerk_records_what_is_asked_at_the_counter(at_counter, person, now, kind):
    given = replace(at_counter, kind=kind)
    asked = record_request(given, actor=OFFICER, now=now)
    assert (asked.state, asked.due_on) == ("waiting", date(2026, 12, 14))
    assert asked.recorded_by_label == OFFICER.label
    event = events_of(f"person:{person.pk}").first()
    assert event.kind == "privacy.request_recorded"
    assert "misspelt" not in event.payload


def test_who_came_for_the_person_is_named(at_counter, now):
    given = replace(at_counter, by_agent=True, agent=" 李明 ")
    assert record_request(given, actor=OFFICER, now=now).agent == "李明"
    nameless = replace(given, kind="copy", agent=" ")
    with pytest.raises(AgentNameless):
        record_request(nameless, actor=OFFICER, now=now)


def test_a_name_without_an_agent_is_not_kept(at_counter, now):
    given = replace(at_counter, agent="李明")
    assert record_request(given, actor=OFFICER, now=now).agent == ""


def test_nothing_is_recorded_before_the_identity_was_seen(at_counter, now):
    with pytest.raises(IdentityNotSeen):
        record_request(replace(at_counter, has_seen=False), actor=OFFICER, now=now)
    assert not DataRequest.objects.exists()


def test_what_waits_already_is_not_recorded_again(at_counter, now):
    record_request(at_counter, actor=OFFICER, now=now)
    with pytest.raises(RequestWaiting):
        record_request(at_counter, actor=OFFICER, now=now)


def test_nobody_records_for_people_they_do_not_see_or_without_the_right(
    at_counter, now
):
    far = Somebody((Place(SOUTH),))
    with pytest.raises(NotFound):
        record_request(at_counter, actor=far, now=now)
    with pytest.raises(NotFound):
        record_request(replace(at_counter, kind="wish"), actor=OFFICER, now=now)
    reader = Somebody(OFFICER.held, permissions=frozenset({"register.view_people"}))
    with pytest.raises(NotPermitted):
        record_request(at_counter, actor=reader, now=now)
