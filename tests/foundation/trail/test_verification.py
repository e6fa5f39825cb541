import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.trail.models import TrailCheckpoint, TrailEvent
from jiangxin.foundation.trail.operations import record_many
from jiangxin.foundation.trail.verification import (
    _Reach,
    _signature,
    verify,
)
from tests.foundation.trail.samples import Closed, Named

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def events(request, now):
    committing = request.node.get_closest_marker("django_db").kwargs
    request.getfixturevalue("transactional_db" if committing else "db")
    rows = [(f"person:{number % 3}", Named(str(number))) for number in range(12)]
    with transaction.atomic():
        record_many(rows, actor=SYSTEM, at=now)


def checkpoint(now):
    """What `take_checkpoint` does, inside the test's transaction."""
    last = TrailEvent.objects.order_by("-id").first()
    reached = _Reach(last.pk)
    for event in TrailEvent.objects.order_by("subject", "sequence"):
        reached.add(event)
    taken = TrailCheckpoint(
        taken_at=now,
        last_id=last.pk,
        event_count=reached.event_count,
        digest=reached.digest(),
    )
    taken.signature = _signature(taken)
    taken.save()
    return taken


def breaks(**options):
    return [(found.subject, found.sequence) for found in verify(**options).breaks]


def test_an_untouched_trail_is_sound():
    report = verify()
    assert report.is_sound
    assert (report.event_count, report.subject_count) == (12, 3)


@pytest.mark.parametrize(
    "act", ["UPDATE trail_trailevent SET payload='{}'", "DELETE FROM trail_trailevent"]
)
def test_the_database_refuses_to_change_or_delete(act, protected):
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)
    assert TrailEvent.objects.count() == 12


def test_the_orm_cannot_change_or_delete_either(protected):
    event = TrailEvent.objects.first()
    for act in (event.save, event.delete, TrailEvent.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize(
    "change",
    [
        "payload = '{}'",
        "kind = 'tests.closed'",
        "actor_label = 'someone else'",
        "actor_account_id = 9",
        "at = '2026-11-23 01:30:00.000001+00:00'",
        "hash = previous_hash",
    ],
)
def test_a_changed_event_is_found(tamper, change):
    tamper(
        f"UPDATE trail_trailevent SET {change}"  # noqa: S608 -- the cases above
        " WHERE subject='person:1' AND sequence=2"
    )
    assert ("person:1", 2) in breaks()


def test_a_removed_event_is_found(tamper):
    tamper("DELETE FROM trail_trailevent WHERE subject='person:1' AND sequence=2")
    assert breaks() == [("person:1", 3)]


def test_a_removed_first_event_is_found(tamper):
    tamper("DELETE FROM trail_trailevent WHERE subject='person:0' AND sequence=1")
    assert breaks() == [("person:0", 2)]


def test_a_renumbered_chain_is_found(tamper):
    tamper("DELETE FROM trail_trailevent WHERE subject='person:1' AND sequence=3")
    tamper(
        "UPDATE trail_trailevent SET sequence=3 WHERE subject='person:1' AND sequence=4"
    )
    assert breaks() == [("person:1", 3)]


def test_an_event_moved_to_another_subject_is_found(tamper):
    tamper("UPDATE trail_trailevent SET subject='person:9' WHERE subject='person:1'")
    assert {name for name, _number in breaks()} == {"person:9"}


def test_one_chain_can_be_walked_alone(tamper):
    tamper("UPDATE trail_trailevent SET payload='{}' WHERE subject='person:1'")
    assert breaks(subject="person:0") == []
    assert verify(subject="person:0").event_count == 4
    assert len(breaks(subject="person:1")) == 4


def test_a_checkpoint_shows_that_the_newest_events_are_gone(tamper, now):
    checkpoint(now)
    tamper("DELETE FROM trail_trailevent WHERE subject='person:2' AND sequence=4")
    assert breaks() == [("", 0)]


def test_a_checkpoint_shows_that_a_whole_chain_is_gone(tamper, now):
    checkpoint(now)
    tamper("DELETE FROM trail_trailevent WHERE subject='person:2'")
    assert breaks() == [("", 0)]


def test_later_events_do_not_disturb_a_checkpoint(now):
    checkpoint(now)
    record_many([("person:1", Closed()), ("new:1", Closed())], actor=SYSTEM, at=now)
    report = verify()
    assert report.is_sound
    assert report.event_count == 14
    assert report.checkpoint.event_count == 12


def test_a_changed_checkpoint_is_found(tamper, now):
    checkpoint(now)
    tamper("UPDATE trail_trailcheckpoint SET event_count = 11")
    assert breaks() == [("", 0)]


def test_a_kept_checkpoint_counts_when_the_stored_one_is_gone(tamper, now):
    kept = checkpoint(now)
    tamper("DELETE FROM trail_trailevent WHERE subject='person:2' AND sequence=4")
    tamper("DELETE FROM trail_trailcheckpoint")
    assert verify().is_sound
    assert breaks(checkpoint=kept) == [("", 0)]


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


def test_the_command_speaks_the_platforms_language():
    with translation.override("zh-hans"):
        assert "events" not in run("trail_verify")


@pytest.mark.usefixtures("in_english")
def test_the_command_knows_no_such_subject():
    with pytest.raises(CommandError, match="no events of this subject") as caught:
        run("trail_verify", "--subject", "nonsense")
    assert caught.value.returncode == 1


@pytest.mark.usefixtures("in_english")
def test_the_command_counts():
    assert "12 events of 3 subjects, 0 breaks." in run("trail_verify")
    assert "4 events of 1 subjects" in run("trail_verify", "--subject", "person:1")


@pytest.mark.usefixtures("in_english")
def test_the_command_names_every_break_and_fails(tamper):
    tamper("UPDATE trail_trailevent SET payload='{}' WHERE sequence=2")
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("trail_verify", stdout=out)
    assert caught.value.returncode == 1
    for number in range(3):
        assert f"BREAK person:{number} #2" in out.getvalue()


@pytest.mark.usefixtures("in_english")
def test_the_command_refuses_a_file_without_a_checkpoint(tmp_path):
    file = tmp_path / "kept.json"
    for content in ("", "[]", '{"digest": 1}', '{"wrong": 1}'):
        file.write_text(content)
        with pytest.raises(CommandError, match="does not hold a checkpoint"):
            run("trail_verify", "--checkpoint", str(file))


@pytest.mark.usefixtures("in_english")
@pytest.mark.django_db(transaction=True)
def test_a_printed_checkpoint_can_be_compared_later(tmp_path):
    kept = tmp_path / "kept.json"
    kept.write_text(run("trail_checkpoint"))
    assert json.loads(kept.read_text())["event_count"] == 12
    assert "(12 events)" in run("trail_verify", "--checkpoint", str(kept))
