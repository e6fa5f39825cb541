from datetime import timedelta

import pytest

from jiangxin.foundation import parts
from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.trail import registry
from jiangxin.foundation.trail.events import Event
from jiangxin.foundation.trail.operations import record
from jiangxin.foundation.trail.queries import events_by, events_of, moments
from tests.foundation.trail.samples import Clerk, Closed, Named


@pytest.fixture
def events(db, now):
    record(Named("a", notes=("x", "y")), subject="person:1", actor=SYSTEM, at=now)
    record(Closed(), subject="person:1", actor=Clerk(), at=now + timedelta(1))
    record(Closed(), subject="person:2", actor=SYSTEM, at=now)


def test_events_of_a_subject_come_newest_first(events):
    assert [event.kind for event in events_of("person:1")] == [
        "tests.closed",
        "tests.named",
    ]


def test_events_by_an_account_are_found(events):
    assert [event.subject for event in events_by(7)] == ["person:1"]


def test_a_moment_says_what_who_and_when(events, part, now):
    closed, named = moments(events_of("person:1"))
    assert (closed.label, closed.actor_label) == ("Closed", 'Clerk "Wang"')
    assert closed.at == now + timedelta(1)
    assert closed.lines == ()
    assert named.lines == (("name", "a"), ("notes", '["x", "y"]'))


def test_an_event_of_a_part_that_is_gone_is_still_shown(events, monkeypatch):
    monkeypatch.setattr(parts, "_parts", {})
    assert next(moments(events_of("person:1"))).label == "tests.closed"
    assert registry.event_type("tests.closed") is None
    assert registry.label_of("tests.closed") == "tests.closed"


def test_declared_types_are_found_by_key(part):
    assert registry.event_type("tests.closed") is Closed
    assert registry.label_of("tests.closed") == "Closed"


def test_two_types_of_one_key_are_refused(monkeypatch):
    class Other(Event):
        key = "tests.closed"
        label = "Other"

    declared = parts.Part("tests", "Tests", "", brings=(Closed, Other))
    monkeypatch.setattr(parts, "_parts", {"tests": declared})
    with pytest.raises(ValueError, match=r"tests\.closed"):
        registry.event_types()
