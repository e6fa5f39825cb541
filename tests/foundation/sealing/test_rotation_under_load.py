"""Keys are changed while other processes write and read, and nothing is unreadable."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.jobs import worker
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.sealing.rotation import retire, rotate, values_by_key
from jiangxin.kernel.register.models import Person
from tests.foundation.jobs.processes import wait_until

ROOT = Path(__file__).parents[3]


def address():
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:{given['NAME']}"
    return (
        f"postgresql://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    )


@pytest.fixture
def others(key_ring, tmp_path):
    """Start processes that work on the same database, and say how they fared."""
    folder = tmp_path / "others"
    folder.mkdir()
    stop = folder / "stop"
    started = []

    def start(*spans):
        for first, last in spans:
            program = [sys.executable, "-m", "tests.foundation.sealing.another_process"]
            process = subprocess.Popen(
                [*program, str(first), str(last), str(folder)],
                cwd=ROOT,
                env={
                    **os.environ,
                    "JIANGXIN_DATABASE": address(),
                    "JIANGXIN_KEY_RING": str(key_ring),
                    "DJANGO_SETTINGS_MODULE": "jiangxin.project.settings",
                    "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            started.append(process)
        for process in started:
            assert process.stdout.readline() == "ready\n", process.stderr.read()

    def go_on():
        """Wait until each has written and read all of its people twice more."""
        before = {path: path.stat().st_size for path in folder.iterdir()}
        assert len(before) == len(started)
        wait_until(
            lambda: (
                any(process.poll() is not None for process in started)
                or all(path.stat().st_size >= was + 2 for path, was in before.items())
            )
        )

    def finish():
        stop.touch()
        told = [process.communicate(timeout=60) for process in started]
        assert [error for _out, error in told if error] == []
        assert [process.returncode for process in started] == [0] * len(started)

    yield start, go_on, finish
    stop.touch()
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_keys_change_under_load_with_nothing_unreadable(
    make_people, others, key_ring, now
):
    start, go_on, finish = others
    people = make_people(1200)
    first, last = people[0].pk, people[-1].pk
    middle = first + 600
    start((first, middle - 1), (middle, last))
    for suite in ("SM4-GCM", "AES-256-GCM"):
        rotate(suite_name=suite, actor=SYSTEM, now=now)
        worker.work(until_idle=True)
        go_on()
    finish()
    assert [job.state for job in Job.objects.all()] == ["done", "done"]
    assert all(not job.result["left"] for job in Job.objects.all())
    assert values_by_key() == {3: 2400}
    for key_id in (1, 2):
        retire(key_id, actor=SYSTEM, now=now + timedelta(hours=2))
    numbers = Person.objects.order_by("pk").values_list("id_number", flat=True)
    assert list(numbers) == [f"number {serial}" for serial in range(1200)]
