"""Every event arrives and verifies, whatever happens on the way."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from io import StringIO
from itertools import product
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import translation

from jiangxin.foundation.logs import operations
from jiangxin.foundation.logs.models import LogTarget
from jiangxin.foundation.logs.operations import (
    LogBusy,
    ShippedByAnother,
    TargetUnreachable,
    ship,
)
from jiangxin.foundation.logs.settled import settled_up_to
from jiangxin.foundation.logs.targets import UnknownLogTarget
from jiangxin.foundation.logs.verification import verify_lines
from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.kernel.access.models import SignInRecord
from tests.foundation.logs.receiver import tcp_receiver, udp_receiver
from tests.foundation.sealing.test_rotation_under_load import address as database

ROOT = Path(__file__).parents[3]


def wait_for(count, messages):
    give_up_at = time.monotonic() + 10
    while len(messages) < count:
        assert time.monotonic() < give_up_at, f"{len(messages)} of {count} came"
        time.sleep(0.02)


def lines_of(messages):
    """Return the JSON after the seven fields of RFC 5424's head."""
    return [each.split(b" ", 7)[7].decode() for each in messages]


def everything():
    return {
        *(("trail", pk) for pk in TrailEvent.objects.values_list("pk", flat=True)),
        *(("sign_in", pk) for pk in SignInRecord.objects.values_list("pk", flat=True)),
    }


def keys(lines):
    return [(each["log"], each["id"]) for each in map(json.loads, lines)]


def check_all(lines, *, is_once):
    assert set(keys(lines)) == everything()
    assert len(lines) == len(everything()) or not is_once
    report = verify_lines(lines)
    assert report.is_sound
    assert report.event_count == TrailEvent.objects.count()


@pytest.mark.django_db
def test_a_file_has_one_event_a_line_under_stable_names(happen, tmp_path, now):
    happen()
    file = tmp_path / "logs.jsonl"
    assert ship(str(file), now=now).events == {"trail": 12, "sign_in": 5}
    lines = file.read_text("utf-8").splitlines()
    check_all(lines, is_once=True)
    first, last = json.loads(lines[0]), json.loads(lines[-1])
    assert list(first) == [
        "log",
        "id",
        "at",
        "subject",
        "sequence",
        "kind",
        "payload",
        "actor_label",
        "actor_account_id",
        "previous_hash",
        "hash",
    ]
    assert first["at"] == "2026-11-23T01:30:00.000000+00:00"
    assert list(last) == ["log", "id", "at", "act", "account_id", "address", "device"]
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_each_target_gets_only_what_it_has_not(happen, tmp_path, now):
    one, other = str(tmp_path / "one"), str(tmp_path / "folder" / "other")
    happen()
    ship(one, now=now)
    happen(sign_ins=1)
    assert ship(one, now=now).events == {"trail": 12, "sign_in": 1}
    assert ship(one, now=now).events == {"trail": 0, "sign_in": 0}
    assert ship(other, now=now).events == {"trail": 24, "sign_in": 6}
    for file in (one, other):
        check_all(Path(file).read_text("utf-8").splitlines(), is_once=True)
    assert LogTarget.objects.get(address=one).shipped_at == now


@pytest.mark.django_db
def test_a_file_that_was_put_aside_goes_on_in_a_new_one(happen, tmp_path, now):
    file, aside = tmp_path / "logs", tmp_path / "logs.1"
    happen()
    ship(str(file), now=now)
    file.rename(aside)
    happen(people=1, times=1, sign_ins=0)
    ship(str(file), now=now)
    lines = [*aside.read_text().splitlines(), *file.read_text().splitlines()]
    check_all(lines, is_once=True)
    assert verify_lines(file.read_text().splitlines()).is_sound


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("receiver", "people"),
    [
        (udp_receiver, 1),  # what comes quicker than it is read may be lost
        (tcp_receiver, 20),
    ],
)
def test_a_syslog_server_gets_every_event(happen, receiver, people, now):
    happen(people=people, times=40, sign_ins=30)
    with receiver() as (got, address):
        ship(address, now=now)
        wait_for(40 * people + 30, got.messages)
    check_all(lines_of(got.messages), is_once=True)
    head = got.messages[0].split(b" ", 7)[:7]
    host = socket.gethostname().encode()
    moment = b"2026-11-23T01:30:00.000000Z"
    assert head == [b"<110>1", moment, host, b"jiangxin", b"-", b"trail", b"-"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        *product(["file", "udp", "tcp"], ["before_note", "after_note"]),
        ("file", "in_writing"),  # a message is sent whole or not at all
    ],
)
def test_nothing_is_left_out_when_the_shipping_is_killed(
    happen, tmp_path, now, kind, moment
):
    happen(people=5, times=10, sign_ins=25)
    if kind == "file":
        file = tmp_path / "logs"
        kill(str(file), moment)
        ship(str(file), now=now)
        check_all(file.read_text("utf-8").splitlines(), is_once=True)
        return
    with {"udp": udp_receiver, "tcp": tcp_receiver}[kind]() as (got, address):
        kill(address, moment)
        twice = 10 if moment == "before_note" else 0
        wait_for(30, got.messages)
        ship(address, now=now)
        wait_for(75 + twice, got.messages)
    assert len(got.messages) == 75 + twice
    check_all(lines_of(got.messages), is_once=not twice)


def kill(target, moment):
    done = subprocess.run(
        [sys.executable, "-m", "tests.foundation.logs.killed_shipper", target, moment],
        cwd=ROOT,
        env={
            **os.environ,
            "JIANGXIN_DATABASE": database(),
            "DJANGO_SETTINGS_MODULE": "jiangxin.project.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def hang_up(server):
    server.accept()[0].close()


@pytest.mark.django_db
def test_a_server_that_is_away_gets_it_all_later(happen, now):
    happen()
    with tcp_receiver() as (_got, address):
        pass
    with pytest.raises(TargetUnreachable, match=r"logs\.target_unreachable"):
        ship(address, now=now)
    assert LogTarget.objects.get().reached == {}
    port = int(address.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)) as server:
        threading.Thread(target=hang_up, args=[server]).start()
        with pytest.raises(TargetUnreachable):  # hung up on us without reading
            ship(address, now=now)
    assert LogTarget.objects.get().reached == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["http://host/", "syslog://", "syslog://host:no", "syslog+tcp://h:99999"]
)
def test_what_is_no_target_is_refused(address, now):
    with pytest.raises(UnknownLogTarget):
        ship(address, now=now)


@pytest.mark.django_db
def test_two_who_ship_to_one_target_notice_each_other(happen, tmp_path, now):
    happen()
    file = str(tmp_path / "logs")

    def other():
        LogTarget.objects.update(batches=99)

    with pytest.raises(ShippedByAnother):
        ship(file, now=now, after_batch=other)


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_a_number_that_is_committed_late_is_waited_for(
    happen, tmp_path, now, monkeypatch
):
    """A lower number that appears after a higher one was shipped would never go."""
    happen()
    has_written, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            SignInRecord.objects.create(act="failed", at=now)
            has_written.set()
            may_commit.wait(20)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    has_written.wait(20)
    SignInRecord.objects.create(act="failed", at=now)
    assert settled_up_to(SignInRecord, wait=0.3) is None
    with monkeypatch.context() as patched:
        patched.setattr(operations, "settled_up_to", partial(settled_up_to, wait=0.3))
        with pytest.raises(LogBusy):
            ship(str(tmp_path / "logs"), now=now)
    threading.Timer(0.5, may_commit.set).start()
    ship(str(tmp_path / "logs"), now=now)
    writer.join()
    check_all((tmp_path / "logs").read_text("utf-8").splitlines(), is_once=True)


@pytest.mark.django_db
def test_the_command_ships_and_the_receiver_checks(happen, tmp_path, capsys):
    happen()
    file = tmp_path / "logs"
    said = StringIO()
    with translation.override("en"):
        call_command("logs_ship", "--to", str(file), stderr=said)
        assert said.getvalue() == (
            "trail: 12 events shipped\nsign_in: 5 events shipped\n"
        )
        call_command("logs_ship", "--to", "-", stderr=StringIO())
        assert capsys.readouterr().out == file.read_text("utf-8")
        call_command("logs_verify", str(file))
        assert "12 events of 3 subjects, 0 breaks." in capsys.readouterr().out
        with pytest.raises(CommandError, match="cannot be shipped to"):
            call_command("logs_ship", "--to", "http://host/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "problem"),
    [
        (lambda lines: [*lines[:4], *lines[5:]], "missing"),
        (lambda lines: [line.replace("第1次", "第9次") for line in lines], "changed"),
        (lambda lines: [*lines, lines[5].replace("第1次", "第9次")], "missing"),
    ],
)
def test_the_receiver_sees_what_was_changed(
    happen, tmp_path, now, capsys, what, problem
):
    happen()
    file = tmp_path / "logs"
    ship(str(file), now=now)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(what(lines)), "utf-8")
    with translation.override("en"), pytest.raises(CommandError, match="tampered"):
        call_command("logs_verify", str(file))
    assert problem in capsys.readouterr().out


def test_a_file_of_something_else_is_refused(tmp_path):
    file = tmp_path / "logs"
    for content in ("no json", '{"log": "trail"}', '{"log": "trail", "id": 1}', "[]"):
        file.write_text(content)
        with pytest.raises(CommandError):
            call_command("logs_verify", str(file))
