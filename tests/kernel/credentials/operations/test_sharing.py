"""Links to a passport: made, withdrawn, opened."""

from datetime import timedelta

import pytest
from django.db import connection

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials.models import PassportShare, ShareView
from jiangxin.kernel.credentials.operations import sharing
from jiangxin.kernel.credentials.queries.passport import (
    open_share,
    shares_over,
    shown_by,
)
from tests.kernel.credentials.operations.test_issuing import record
from tests.kernel.register.cast import OFFICER, Somebody

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(make_person, firms):
    return [
        make_person(serial, employer=firms.north, union=firms.north_union)
        for serial in (1, 2)
    ]


@pytest.fixture
def worker(people):
    return Somebody(
        OFFICER.held,
        permissions=frozenset({"register.view_own_record"}),
        person_id=people[0].pk,
    )


@pytest.fixture
def held(now, people):
    return record(now, person_id=people[0].pk)


def share(worker, now, *credentials, days=7):
    return sharing.share_passport(
        credential_ids=[each.pk for each in credentials],
        purpose="应聘",
        days=days,
        actor=worker,
        now=now,
    )


def opened(made, now):
    return open_share(sharing.digest(made.token), now)


def test_a_link_shows_what_was_chosen_and_nothing_else(now, worker, people, held):
    record(now, person_id=people[0].pk)
    made = share(worker, now, held)
    shown = shown_by(opened(made, now), now.date())
    assert [each.credential for each in shown] == [held]


def test_a_link_ends_by_itself(now, worker, held):
    made = share(worker, now, held, days=7)
    opened(made, now + timedelta(days=7) - timedelta(seconds=1))
    with pytest.raises(NotFound):
        opened(made, now + timedelta(days=7))


def test_a_withdrawn_link_shows_nothing_at_once(now, worker, held):
    made = share(worker, now, held)
    for _twice in range(2):
        sharing.withdraw_share(share_id=made.pk, actor=worker, now=now)
    with pytest.raises(NotFound):
        opened(made, now)


def test_a_link_nobody_gave_opens_nothing(now):
    with pytest.raises(NotFound):
        open_share(sharing.digest("x"), now)


def test_what_another_holds_cannot_be_shown(now, worker, people):
    theirs = record(now, person_id=people[1].pk)
    with pytest.raises(NotFound):
        share(worker, now, theirs)
    assert not PassportShare.objects.exists()


def test_anothers_link_cannot_be_withdrawn(now, worker, people, held):
    made = share(worker, now, held)
    other = Somebody(
        OFFICER.held, permissions=worker.permissions, person_id=people[1].pk
    )
    with pytest.raises(NotFound):
        sharing.withdraw_share(share_id=made.pk, actor=other, now=now)


def test_a_link_shows_something_for_some_days(now, worker, held):
    with pytest.raises(sharing.NothingShared):
        share(worker, now)
    for days in (0, sharing.LONGEST_DAYS + 1):
        with pytest.raises(sharing.ShareTooLong):
            share(worker, now, held, days=days)


def test_nobody_has_more_links_than_they_can_look_after(now, worker, held, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_OPEN", 1)
    first = share(worker, now, held)
    with pytest.raises(sharing.TooManyShares):
        share(worker, now, held)
    sharing.withdraw_share(share_id=first.pk, actor=worker, now=now)
    share(worker, now, held)


def test_only_when_a_link_was_opened_is_kept(now, worker, held):
    made = share(worker, now, held)
    for minutes in (0, 5, 11):
        sharing.note_view(share_id=made.pk, now=now + timedelta(minutes=minutes))
    times = ShareView.objects.order_by("at").values_list("at", flat=True)
    assert list(times) == [now, now + timedelta(minutes=11)]
    assert {field.name for field in ShareView._meta.fields} == {"id", "share", "at"}


def test_the_database_never_holds_a_link_in_the_clear(now, worker, held):
    made = share(worker, now, held)
    with connection.cursor() as cursor:
        cursor.execute("SELECT token, token_digest FROM credentials_passportshare")
        ((sealed, found_by),) = cursor.fetchall()
    assert made.token.encode() not in bytes(sealed)
    assert made.token not in found_by


def test_the_trail_tells_that_something_was_shown(now, worker, people, held):
    made = share(worker, now, held)
    sharing.withdraw_share(share_id=made.pk, actor=worker, now=now)
    kinds = [one.kind for one in events_of(f"person:{people[0].pk}")]
    assert "credentials.passport_shared" in kinds
    assert "credentials.passport_share_withdrawn" in kinds


def test_links_are_forgotten_after_their_end(now, worker, held):
    made = share(worker, now, held, days=1)
    assert not shares_over(now).exists()
    assert list(shares_over(now + timedelta(days=2))) == [made]
