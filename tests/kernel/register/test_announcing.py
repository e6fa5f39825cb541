import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.register import registry
from jiangxin.kernel.register.registry import (
    OnPeopleChanged,
    PeopleChange,
    announce_people_changed,
    announcing_once,
)


@pytest.fixture
def told(monkeypatch):
    """What followers are told."""
    heard = []
    monkeypatch.setattr(
        registry, "brought", lambda _kind: [OnPeopleChanged(heard.append)]
    )
    return heard


@pytest.fixture
def gathering(now):
    return {"on": now.date(), "at": now, "actor": SYSTEM, "reason": "demonstration"}


def change(people, now):
    return PeopleChange(people, now.date(), now, SYSTEM, "credential")


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_inside_is_announced_once_at_the_end(told, gathering, now):
    with announcing_once(**gathering):
        for people in ([3, 1], [3], [2, 1]):
            announce_in_a_transaction(change(people, now))
        assert told == []
    assert [one.person_ids for one in told] == [[1, 2, 3]]
    assert told[0].reason == "demonstration"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_when_it_fails_inside_and_later_ones_are(
    told, gathering, now
):
    with pytest.raises(OSError):
        announce_and_fail(gathering, now)
    assert told == []
    announce_in_a_transaction(change([2], now))
    assert [one.person_ids for one in told] == [[2]]


@pytest.mark.django_db(transaction=True)
def test_nobody_changed_is_nothing_to_announce(told, gathering):
    with announcing_once(**gathering):
        pass
    assert told == []


def announce_in_a_transaction(one):
    with transaction.atomic():
        announce_people_changed(one)


def announce_and_fail(gathering, now):
    with announcing_once(**gathering):
        announce_in_a_transaction(change([1], now))
        raise OSError
