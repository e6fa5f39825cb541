import json

import pytest
from django.db import IntegrityError, connection, transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials import operations, queries
from jiangxin.kernel.credentials.models import SigningKey
from tests.kernel.credentials.operations.test_issuing import issue, record
from tests.kernel.register.cast import OFFICER
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issued(now, make_person, firms):
    return issue(record(now, person_id=make_person(employer=firms.north).pk), now)


def rotate(now, actor=SYSTEM):
    return operations.rotate_key(reason="yearly", actor=actor, now=now)


def give_up(key, now, *, actor=SYSTEM, is_compromised=False):
    return operations.retire_key(
        key_id=key.pk,
        is_compromised=is_compromised,
        reason="lost",
        actor=actor,
        now=now,
    )


def test_rotated_key_signs_no_more_and_stays_published(now, issued):
    fresh = rotate(now)
    issued.key.refresh_from_db()
    assert (issued.key.state, issued.key.retired_at) == ("retired", now)
    assert queries.published_keys() == [fresh, issued.key]


def test_next_issue_is_signed_with_the_new_key(now, make_person, firms, issued):
    fresh = rotate(now)
    other = record(now, person_id=make_person(2, employer=firms.north).pk)
    assert issue(other, now).key == fresh


def test_first_rotation_makes_the_first_key(now):
    assert rotate(now).state == "active"


def test_compromised_key_is_published_no_more(now, issued):
    rotate(now)
    give_up(issued.key, now, is_compromised=True)
    assert issued.key not in queries.published_keys()
    newest = events_of(f"signing_key:{issued.key.pk}").order_by("-sequence")[0]
    assert (newest.kind, json.loads(newest.payload)["state"]) == (
        "credentials.key_moved",
        "compromised",
    )


def test_key_given_up_is_not_retired_again(now, issued):
    give_up(issued.key, now)
    with pytest.raises(operations.KeyMoveNotAllowed):
        give_up(issued.key, now)


def test_key_that_is_not_there_is_not_retired(now):
    with pytest.raises(NotFound):
        give_up(SigningKey(pk=UNREACHED), now)


def test_officer_of_a_county_changes_no_key(now, issued):
    with pytest.raises(NotPermitted):
        rotate(now, OFFICER)
    with pytest.raises(NotPermitted):
        give_up(issued.key, now, actor=OFFICER)
    assert SigningKey.objects.get().state == "active"


def test_private_part_is_sealed_in_the_database(issued):
    with connection.cursor() as cursor:
        cursor.execute("SELECT private_part FROM credentials_signingkey")
        (stored,) = cursor.fetchone()
    assert issued.key.private_part.encode() not in bytes(stored)


def test_database_keeps_one_active_key(issued):
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.create(
            public_part="x", private_part="y", made_at=issued.issued_at
        )


def test_database_wants_to_know_when_a_key_was_retired(issued):
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.update(state="retired")
