"""Changing the key: what moves, what stays, what is refused."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.jobs import worker
from jiangxin.foundation.jobs.context import JobContext, WorkerStopping, stopping
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.sealing import (
    KeyRingProblem,
    open_sealed,
    ring,
    seal,
    seal_file,
    unseal,
)
from jiangxin.foundation.sealing.files import SealedFiles, key_of_file, reseal_file
from jiangxin.foundation.sealing.jobs import reseal_all
from jiangxin.foundation.sealing.resealing import reseal, sealed_fields
from jiangxin.foundation.sealing.rotation import (
    KeyActive,
    KeyTooFresh,
    KeyUnknown,
    KeyUsed,
    files_by_key,
    retire,
    rotate,
    values_by_key,
)
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register.models import Person, PersonPast

PLACE = "register.Person.phone"


@pytest.fixture
def context(now):
    job = Job(pk=0, attempts=1, created_by_label="system")
    return JobContext(job, now=now)


@pytest.fixture(autouse=True)
def no_other_process(monkeypatch):
    """Nobody else needs time to notice a new key."""
    monkeypatch.setattr("jiangxin.foundation.sealing.jobs.SECONDS_TO_NOTICE", 0)


def turn(now, suite="AES-256-GCM"):
    return rotate(suite_name=suite, actor=SYSTEM, now=now)


def drop(key_id, now, **given):
    retire(key_id, actor=SYSTEM, now=now, **given)


@pytest.mark.django_db
def test_every_sealed_field_is_known():
    places = {f"{field.model.__name__}.{field.name}" for field in sealed_fields()}
    assert {"Person.id_number", "Person.phone", "PersonPast.phone"} <= places


@pytest.mark.django_db
@pytest.mark.parametrize("suite", ["AES-256-GCM", "SM4-GCM"])
def test_all_values_move_to_the_new_key(make_people, context, now, suite):
    people = make_people(3)
    PersonPast.objects.create(
        person=people[0],
        phone="old",
        birth_on=date(1990, 1, 1),
        valid_from=date(2025, 1, 1),
        valid_to=date(2026, 1, 1),
    )
    assert values_by_key() == {1: 7}
    key_id, job = turn(now, suite)
    assert ring.current().active.suite_name == suite
    assert job.kind == "sealing.reseal_all"
    result = reseal_all(context)
    assert (result["values"], result["left"], result["broken"]) == (7, 0, 0)
    assert values_by_key() == {key_id: 7}
    assert [each.phone for each in Person.objects.order_by("pk")] == [
        "phone 0",
        "phone 1",
        "phone 2",
    ]
    assert PersonPast.objects.get().phone == "old"


@pytest.mark.django_db
def test_sealing_anew_twice_changes_nothing(make_people, context, now):
    make_people(3)
    turn(now)
    reseal_all(context)
    assert reseal_all(context)["values"] == 0


@pytest.mark.django_db
def test_empty_values_stay_empty(make_people, context, now):
    make_people(1)
    Person.objects.update(phone="")
    turn(now)
    assert reseal_all(context)["values"] == 1
    assert Person.objects.get().phone == ""


@pytest.mark.django_db
def test_work_goes_on_after_a_break(make_people, context, now, monkeypatch):
    make_people(5)
    monkeypatch.setattr("jiangxin.foundation.sealing.resealing.ROWS_A_BATCH", 2)
    turn(now)
    monkeypatch.setattr(stopping, "is_set", lambda: True)
    with pytest.raises(WorkerStopping):
        reseal_all(context)
    assert values_by_key() == {1: 8, 2: 2}
    monkeypatch.undo()
    assert reseal_all(context)["values"] == 8


@pytest.mark.django_db
def test_work_is_given_up_when_asked(make_people, context, now, monkeypatch):
    make_people(3)
    turn(now)
    monkeypatch.setattr(context, "is_cancelled", lambda: True)
    assert reseal_all(context)["left"] > 0


@pytest.mark.django_db
def test_value_written_meanwhile_is_not_overwritten(make_people, now, monkeypatch):
    """Between reading and writing a batch somebody else saves a new phone."""
    (person,) = make_people(1)
    turn(now)
    field = Person._meta.get_field("phone")

    def unseal_slowly(blob, *, aad):
        Person.objects.filter(pk=person.pk).update(phone="newer")
        return unseal(blob, aad=aad)

    monkeypatch.setattr("jiangxin.foundation.sealing.resealing.unseal", unseal_slowly)
    assert [batch.done for batch in reseal(field)] == [0]
    assert Person.objects.get().phone == "newer"


@pytest.mark.django_db
def test_broken_value_is_counted_and_does_not_stop_the_rest(make_people, context, now):
    make_people(3)
    foreign = seal("x", aad="elsewhere")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE register_person SET phone = %s WHERE id_index = '0'", [foreign]
        )
    turn(now)
    result = reseal_all(context)
    assert (result["values"], result["left"], result["broken"]) == (5, 1, 1)
    with pytest.raises(KeyUsed) as refusal:
        drop(1, now + timedelta(hours=2))
    assert refusal.value.values["values"] == 1


@pytest.fixture
def files(key_ring, tmp_path, monkeypatch):
    """Two sealed files of a part, and nothing else."""
    paths = [tmp_path / name for name in ("a", "b")]
    for path in paths:
        seal_file(BytesIO(path.name.encode()), path, purpose=path.name)
    kept = SealedFiles(lambda: [(path, path.name) for path in paths])
    for module in ("jobs", "rotation"):
        monkeypatch.setattr(
            f"jiangxin.foundation.sealing.{module}.brought", lambda kind: [kept]
        )
    return paths


@pytest.mark.django_db
def test_files_move_too(files, context, now):
    assert files_by_key() == {1: 2}
    turn(now, "SM4-GCM")
    assert reseal_all(context)["files"] == 2
    assert files_by_key() == {2: 2}
    for path in files:
        with open_sealed(path, purpose=path.name) as plain:
            assert plain.read() == path.name.encode()
    assert reseal_all(context)["files"] == 0


@pytest.mark.django_db
def test_broken_file_is_counted_and_left(files, context, now):
    whole = files[0].read_bytes()
    files[0].write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    before = files[0].read_bytes()
    turn(now)
    result = reseal_all(context)
    assert (result["files"], result["broken_files"]) == (1, 1)
    assert files[0].read_bytes() == before
    with pytest.raises(KeyUsed) as refusal:
        drop(1, now + timedelta(hours=2))
    assert refusal.value.values["files"] == 1


@pytest.mark.django_db
def test_deleted_file_does_not_come_back(files, key_ring, monkeypatch):
    ring.add_key(key_ring)
    files[0].unlink()
    assert not reseal_file(files[0], purpose="a")
    assert not files[0].exists()

    def delete_and_open(path, *, purpose):
        plain = open_sealed(path, purpose=purpose)
        path.unlink()
        return plain

    monkeypatch.setattr(
        "jiangxin.foundation.sealing.files.open_sealed", delete_and_open
    )
    assert not reseal_file(files[1], purpose="b")
    assert not files[1].exists()


def test_file_of_another_kind_has_no_key(tmp_path):
    path = tmp_path / "plain"
    path.write_text("plain")
    assert key_of_file(path) is None


@pytest.mark.django_db
def test_key_goes_when_it_seals_nothing(make_people, context, now):
    make_people(1)
    turn(now)
    reseal_all(context)
    drop(1, now + timedelta(hours=1))
    assert ring.current().keys.keys() == {2}
    assert Person.objects.get().phone == "phone 0"
    kinds = [events_of(f"key:{key}").first().kind for key in (1, 2)]
    assert kinds == ["sealing.key_retired", "sealing.key_added"]


@pytest.mark.django_db
def test_key_stays_while_anything_needs_it(make_people, now):
    make_people(1)
    with pytest.raises(KeyActive):
        drop(1, now)
    with pytest.raises(KeyUnknown):
        drop(9, now)
    turn(now)
    with pytest.raises(KeyTooFresh):
        drop(1, now + timedelta(minutes=59))
    with pytest.raises(KeyUsed) as refusal:
        drop(1, now + timedelta(hours=1))
    assert refusal.value.values["values"] == 2
    with pytest.raises(KeyUsed):
        drop(1, now, is_platform_stopped=True)
    assert ring.current().keys.keys() == {1, 2}


def test_active_key_is_never_dropped(key_ring):
    ring.current()
    for key_id in (1, 9):
        with pytest.raises(KeyRingProblem, match="active, or not there"):
            ring.drop_key(key_ring, key_id)


def test_process_opens_at_once_what_another_sealed_with_a_newer_key(key_ring):
    ring.current()
    before = ring._held[key_ring]
    ring.add_key(key_ring)
    sealed = seal("text", aad=PLACE)
    ring._held[key_ring] = before  # as another process has it
    assert sealed[0] == 2
    assert unseal(sealed, aad=PLACE) == "text"


def test_process_seals_with_a_newer_key_within_a_second(key_ring, monkeypatch):
    ring.current()
    before = ring._held[key_ring]
    ring.add_key(key_ring)
    ring._held[key_ring] = before
    assert seal("text", aad=PLACE)[0] == 1
    monkeypatch.setattr(ring, "SECONDS_BETWEEN_LOOKS", 0)
    assert seal("text", aad=PLACE)[0] == 2


def test_ring_that_did_not_change_is_not_read_again(key_ring, monkeypatch):
    held = ring.current()
    monkeypatch.setattr(ring, "SECONDS_BETWEEN_LOOKS", 0)
    assert ring.current() is held


def test_ring_that_is_away_for_a_moment_is_still_held(key_ring, monkeypatch):
    held = ring.current()
    monkeypatch.setattr(ring, "SECONDS_BETWEEN_LOOKS", 0)
    key_ring.rename(key_ring.with_suffix(".away"))
    assert ring.current() is held


def test_keys_added_by_two_processes_at_once_are_both_kept(key_ring):
    ring.current()
    program = "import sys; ring.add_key(Path(sys.argv[1]))"
    code = f"from pathlib import Path; from jiangxin.foundation.sealing import ring; {program}"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(key_ring)], env=os.environ)
        for _each in range(3)
    ]
    assert [process.wait() for process in started] == [0, 0, 0]
    assert json.loads(key_ring.read_text())["keys"].keys() == {"1", "2", "3", "4"}


def test_first_key_is_of_the_cipher_of_the_settings(key_ring, settings):
    settings.JIANGXIN_CIPHER = "SM4-GCM"
    assert ring.current().active.suite_name == "SM4-GCM"


@pytest.mark.django_db(transaction=True)
def test_commands_turn_the_key_and_tell_how_far_it_is(make_people, key_ring):
    def told(*words):
        out = StringIO()
        call_command(*words, stdout=out)
        return out.getvalue()

    make_people(2)
    assert "2" in told("sealing_rotate", "--suite", "SM4-GCM")
    assert "SM4-GCM" in told("sealing_status")
    with pytest.raises(CommandError):
        told("sealing_retire", "1")
    worker.work(until_idle=True)
    assert values_by_key() == {2: 4}
    told("sealing_reseal")
    told("sealing_retire", "1", "--platform-stopped")
    assert ring.current().keys.keys() == {2}
