import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from multiprocessing.pool import ThreadPool

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.trail.events import Event, subject
from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.foundation.trail.operations import record, record_many
from jiangxin.foundation.trail.verification import verify
from tests.foundation.trail.samples import Clerk, Closed, Named

pytestmark = pytest.mark.django_db


def test_an_event_keeps_who_what_and_when(now):
    event = record(
        Named("张三", date(2026, 1, 2)), subject="person:1", actor=Clerk(), at=now
    )
    event.refresh_from_db()
    assert (event.subject, event.sequence, event.kind) == ("person:1", 1, "tests.named")
    assert (event.actor_label, event.actor_account_id) == ('Clerk "Wang"', 7)
    assert event.at == now
    assert event.payload == (
        '{"amount":null,"name":"张三","notes":[],"on":"2026-01-02"}'
    )


def test_the_hash_can_be_computed_by_anyone_from_the_documented_form(now):
    event = record(Named("张三"), subject="person:1", actor=Clerk(), at=now)
    form = json.dumps(
        [
            "tests.named",
            'Clerk "Wang"',
            7,
            "2026-11-23T01:30:00.000000+00:00",
            "person:1",
            1,
            "0" * 64,
            {"amount": None, "name": "张三", "notes": [], "on": None},
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    assert bytes(event.hash) == sha256(form.encode()).digest()


def test_each_event_follows_from_the_one_before(now):
    one = record(Named("a"), subject="person:1", actor=SYSTEM, at=now)
    other = record(Named("a"), subject="person:2", actor=SYSTEM, at=now)
    two = record(Closed(), subject="person:1", actor=SYSTEM, at=now)
    assert (two.sequence, two.previous_hash, two.payload) == (2, one.hash, "{}")
    assert (other.sequence, bytes(other.previous_hash)) == (1, bytes(32))


def test_many_are_chained_like_single_ones(now):
    record(Named("a"), subject="person:1", actor=SYSTEM, at=now)
    rows = [("person:1", Named("b")), ("person:2", Closed()), ("person:1", Closed())]
    assert record_many(rows, actor=SYSTEM, at=now) == 3
    record(Closed(), subject="person:2", actor=SYSTEM, at=now)
    assert list(
        TrailEvent.objects.order_by("subject", "sequence").values_list(
            "subject", "sequence", "kind"
        )
    ) == [
        ("person:1", 1, "tests.named"),
        ("person:1", 2, "tests.named"),
        ("person:1", 3, "tests.closed"),
        ("person:2", 1, "tests.closed"),
        ("person:2", 2, "tests.closed"),
    ]
    assert verify().is_sound


def test_no_events_are_no_work(now):
    assert record_many([], actor=SYSTEM, at=now) == 0


def test_new_subjects_need_not_be_read(now, django_assert_num_queries):
    rows = [(f"person:{number}", Closed()) for number in range(3)]
    with django_assert_num_queries(1):
        assert record_many(rows, actor=SYSTEM, at=now, assume_new=True) == 3
    assert verify().subject_count == 3


def test_subjects_wrongly_called_new_are_refused(now):
    record(Closed(), subject="person:1", actor=SYSTEM, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        record_many([("person:1", Closed())], actor=SYSTEM, at=now, assume_new=True)
    assert TrailEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_recording_belongs_to_a_transaction(now):
    with pytest.raises(TransactionManagementError):
        record(Closed(), subject="person:1", actor=SYSTEM, at=now)
    with pytest.raises(TransactionManagementError):
        record_many([], actor=SYSTEM, at=now)


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_writers_of_one_chain_wait_for_each_other(now):
    def write(number):
        try:
            with transaction.atomic():
                record(Named(str(number)), subject="person:1", actor=SYSTEM, at=now)
        finally:
            connection.close()

    with ThreadPool(4) as pool:
        pool.map(write, range(20))
    report = verify()
    assert (report.event_count, report.is_sound) == (20, True)


def test_numbers_keep_their_digits(now):
    event = record(Named(amount=Decimal("1.50")), subject="a:1", actor=SYSTEM, at=now)
    assert json.loads(event.payload)["amount"] == "1.50"


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", Event()])
def test_what_has_no_written_form_is_refused(now, value):
    with pytest.raises(TypeError, match="cannot hold"):
        record(Named(value), subject="person:1", actor=SYSTEM, at=now)


def test_what_is_no_number_is_refused(now):
    with pytest.raises(ValueError, match="Out of range"):
        record(Named(float("nan")), subject="person:1", actor=SYSTEM, at=now)


def test_a_subject_is_a_kind_and_an_identifier():
    assert subject("person", 12) == "person:12"
    assert subject("organisation", "91330726MA2XX") == "organisation:91330726MA2XX"


@pytest.mark.parametrize("identifier", ["", 'a"', "a b", "x" * 60])
def test_other_subjects_are_refused(identifier):
    with pytest.raises(ValueError, match="cannot name a subject"):
        subject("person", identifier)
