import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.privacy.operations.requests import (
    GroundMissing,
    RequestAnswered,
    RequestWaiting,
    answer_request,
    make_request,
    take_copy,
)
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
