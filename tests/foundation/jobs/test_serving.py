import os
import signal
import socket
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jiangxin.foundation.jobs import readiness
from tests.foundation.jobs.processes import wait_until

MOST_SECONDS_TO_STOP = 10


def children_of(process_id):
    listed = Path(f"/proc/{process_id}/task/{process_id}/children")
    return [int(number) for number in listed.read_text().split()]


def is_there(process_id):
    """Ended processes that nobody has asked after are not there any more."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def worker_of(process_id):
    for child in children_of(process_id):
        with suppress(OSError):  # it may end while we look
            if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                return child
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status


def stop(process):
    """Tell it to stop and return how long that took, in seconds."""
    family = [
        member
        for child in children_of(process.pid)
        for member in (child, *children_of(child))
    ]
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    seconds = time.monotonic() - began
    assert [member for member in family if is_there(member)] == []
    return seconds


@pytest.fixture
def demonstration(platform, tmp_path):
    platform.environment["JIANGXIN_DEMONSTRATION"] = "1"
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "sign-in.txt").write_text("clerk / a long password\n")
    return platform


def test_serving_answers_replaces_a_dead_worker_and_stops_in_time(demonstration):
    port = free_port()
    with demonstration.running("serve", "--port", str(port)) as process:
        lines = []
        while "a long password" not in "".join(lines):
            lines.append(process.stdout.readline())
            assert process.poll() is None, "".join(lines)
        assert f"http://127.0.0.1:{port}/" in "".join(lines)
        assert status_of(port) == 200
        worker = worker_of(process.pid)
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: worker_of(process.pid) not in {worker, None})
        assert stop(process) < MOST_SECONDS_TO_STOP


def test_serving_can_be_stopped_while_it_starts(platform):
    with platform.running("serve", "--port", str(free_port())) as process:
        wait_until(lambda: len(children_of(process.pid)) == 2)
        assert stop(process) < MOST_SECONDS_TO_STOP


def test_a_port_that_is_taken_is_refused(db, monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match="--port"):
            call_command("serve", "--port", str(port))


def test_static_files_are_collected_once(settings, tmp_path, monkeypatch):
    calls = []

    def collect(name, **options):
        calls.append(name)

    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(readiness, "call_command", collect)
    assert readiness.collect_static_files()
    assert not readiness.collect_static_files()
    monkeypatch.setattr(readiness, "_digest", lambda: "something changed")
    assert readiness.collect_static_files()
    assert calls == ["collectstatic", "collectstatic"]
